import type { CategoryView, FlowView } from '@yingda/contract';
import { listCategories, listColleagues, listTeams } from '@yingda/contract';
import { useMemo } from 'react';
import { useCall } from '../../../lib/query.ts';

/** A flow with all its versions, newest first. */
export interface FlowFamily {
  key: string;
  draft: FlowView | null;
  published: FlowView | null;
  versions: FlowView[];
  /** What it is called now: by its published version, else by its draft. */
  shown: FlowView;
}

/** Flows by their keys; one that was never published comes last. */
export function familiesOf(flows: readonly FlowView[]): FlowFamily[] {
  return [...Map.groupBy(flows, ({ key }) => key)]
    .flatMap(([key, versions]): FlowFamily[] => {
      const [latest] = versions;
      if (!latest) return [];
      const draft = versions.find(({ state }) => state === 'draft') ?? null;
      const published = versions.find(({ state }) => state === 'published') ?? null;
      return [{ key, draft, published, versions, shown: published ?? latest }];
    })
    .toSorted((a, b) => Number(a.published === null) - Number(b.published === null));
}

/** Open orders on all versions of a flow. */
export const openOrdersOf = ({ versions }: FlowFamily): number =>
  versions.reduce((sum, { openOrders }) => sum + openOrders, 0);

const rarely = { staleTime: 5 * 60_000 };
const none: never[] = [];

/** Categories in use, by the flow they take. */
export function useCategoriesByFlow(): Map<string, CategoryView[]> {
  const { data } = useCall(listCategories, undefined, rarely);
  return useMemo(
    () =>
      Map.groupBy(
        (data?.items ?? none).filter(({ retired }) => !retired),
        ({ flowKey }) => flowKey,
      ),
    [data],
  );
}

export interface Choice {
  value: string;
  label: string;
}
export interface Names {
  choices: Choice[];
  of: (id: string) => string | undefined;
}

function namesOf(items: readonly { id: string; name: string }[]): Names {
  const byId = new Map(items.map(({ id, name }) => [id, name]));
  return {
    choices: items.map(({ id, name }) => ({ value: id, label: name })),
    of: (id) => byId.get(id),
  };
}

export function useTeamNames(): Names {
  const { data } = useCall(listTeams, undefined, rarely);
  return useMemo(() => namesOf(data?.items ?? none), [data]);
}

/** Colleagues who can still sign in. */
export function usePeopleNames(): Names {
  const { data } = useCall(listColleagues, undefined, rarely);
  return useMemo(() => namesOf((data?.items ?? none).filter(({ active }) => active)), [data]);
}
