import { discardFlow, listFlows, publishFlow, saveFlow } from '@yingda/contract';
import type { FlowSeen, FlowView } from '@yingda/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isProblem } from '../../../lib/api.ts';
import { refresh } from '../../../lib/query.ts';
import { toast } from '../../../ui/toast.tsx';
import type { FlowFamily } from '../data/flows.ts';
import type { Draft } from '../model/edit.ts';
import { useDraft } from './use-draft.ts';
import type { DraftState } from './use-draft.ts';

/** What one goes on drawing: the draft, or the published version until there is one. */
export const workingOf = ({ draft, shown }: FlowFamily): FlowView => draft ?? shown;

export const draftOf = ({ name, definition }: Draft): Draft => ({ name, definition });
const textOf = (flow: Draft): string => JSON.stringify(draftOf(flow));
const seenIn = ({ id, revision }: FlowView): FlowSeen => ({ id, revision });
const isSame = (one: FlowSeen, other: FlowSeen | null): boolean =>
  one.id === other?.id && one.revision === other.revision;

/** From what of the server this draft goes on; right after saving, what was before is still shown for a moment. */
interface Known {
  seen: FlowSeen;
  passing: FlowSeen | null;
}

export interface Saving extends DraftState {
  busy: boolean;
  error: unknown;
  save: () => Promise<boolean>;
  publish: () => Promise<boolean>;
  discard: () => Promise<void>;
  /** A colleague saved meanwhile while something here is not saved: one of the two must be chosen. */
  meanwhile: { theirs: FlowView; takeTheirs: () => void; keepMine: () => void } | null;
}

/** Sees what a colleague saved: followed while nothing is drawn here, else to be decided. */
function useKnown(server: FlowView, { state, busy }: { state: DraftState; busy: boolean }) {
  const { draft, isDirty, restart, adopt } = state;
  const now = seenIn(server);
  const [known, setKnown] = useState<Known>({ seen: now, passing: null });
  const isOther = !busy && !isSame(now, known.seen) && !isSame(now, known.passing);
  const know = (passing: FlowSeen | null = null, seen = now): void => setKnown({ seen, passing });
  if (isOther && (!isDirty || textOf(server) === textOf(draft))) {
    // Nothing here is lost by following.
    restart(draftOf(server));
    know();
  }
  if (known.passing !== null && isSame(now, known.seen)) know();
  const meanwhile =
    isOther && isDirty
      ? {
          theirs: server,
          takeTheirs: () => {
            adopt(draftOf(server));
            know();
          },
          keepMine: () => know(),
        }
      : null;
  return { seen: known.seen, meanwhile, passTo: (saved: FlowView) => know(now, seenIn(saved)) };
}

/** The draft of a flow and its way to the server and back. */
export function useSaving(family: FlowFamily): Saving {
  const { t } = useTranslation('flows');
  const params = { key: family.key };
  const server = workingOf(family);
  const state = useDraft(draftOf(server));
  const { draft, isDirty, settle, restart } = state;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { seen, meanwhile, passTo } = useKnown(server, { state, busy });

  const run = async (deed: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await deed();
      await refresh(listFlows);
      return true;
    } catch (problem) {
      setError(problem);
      // What the colleague did is shown beside what was drawn here.
      if (isProblem(problem, 'order.flow_changed_meanwhile')) await refresh(listFlows);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const store = async (): Promise<FlowSeen> => {
    const saved = await call(saveFlow, { params, body: { ...draft, seen } });
    passTo(saved);
    settle(draft);
    return seenIn(saved);
  };
  return {
    ...state,
    busy,
    error,
    save: async () => {
      const isDone = await run(async () => void (await store()));
      if (isDone) toast.success(t('saved'));
      return isDone;
    },
    publish: () =>
      run(async () => {
        const looked = isDirty || family.draft === null ? await store() : seen;
        const { version } = await call(publishFlow, { params, body: { seen: looked } });
        toast.success(t('published', { version }));
      }),
    discard: async () => {
      await call(discardFlow, { params, query: seen });
      if (family.published) {
        restart(draftOf(family.published));
        passTo(family.published);
      }
      await refresh(listFlows);
      toast.success(t('discarded'));
    },
    meanwhile,
  };
}
