import { getKpiSettings, listMembers } from '@yingda/contract';
import type { MemberKind } from '@yingda/contract';
import { useCall } from '../../../lib/query.ts';
import { localDate } from '../../../lib/zone.ts';
import { browserZone } from '../../../lib/format.ts';

export interface Centre {
  currency: string;
  zone: string;
  /** Today where the centre is. */
  today: string;
}

/** In what the centre counts: its currency, its time zone, its today. */
export function useCentre(): Centre {
  const { data } = useCall(getKpiSettings);
  const zone = data?.timeZone ?? browserZone();
  return { currency: data?.currency ?? 'CNY', zone, today: localDate(zone) };
}

export interface Members {
  options: { value: number; label: string }[];
  of: (id: number | null) => string | null;
}

/** Queues, agents, topics or types that reports know, to choose from. */
export function useMembers(kind: MemberKind): Members {
  const items = useCall(listMembers, { query: { kind } }).data?.items ?? [];
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return {
    options: items.map(({ id, name }) => ({ value: id, label: name })),
    of: (id) => (id === null ? null : (names.get(id) ?? `#${id}`)),
  };
}
