import { discardFlow, listFlows, publishFlow, saveFlow } from '@yingda/contract';
import type { FlowView } from '@yingda/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
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

/** What of the server is known here; right after saving, what it said before is still shown for a moment. */
interface Known {
  text: string;
  passing: string | null;
}

export interface Saving extends DraftState {
  busy: boolean;
  error: unknown;
  save: () => Promise<boolean>;
  publish: () => Promise<boolean>;
  discard: () => Promise<void>;
  /** A colleague saved meanwhile while something here is not saved: one of the two must be chosen. */
  meanwhile: { takeTheirs: () => void; keepMine: () => void } | null;
}

/** The draft of a flow and its way to the server and back. */
export function useSaving(family: FlowFamily): Saving {
  const { t } = useTranslation('flows');
  const { key } = family;
  const server = workingOf(family);
  const serverText = textOf(server);
  const state = useDraft(draftOf(server));
  const { draft, isDirty, settle, restart } = state;
  // What of the server this draft began with or was last saved as.
  const [known, setKnown] = useState<Known>({ text: serverText, passing: null });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isOther = !busy && serverText !== known.text && serverText !== known.passing;
  const know = (text: string): void => setKnown({ text, passing: null });
  const takeTheirs = (): void => {
    restart(draftOf(server));
    know(serverText);
  };
  // Nothing here is lost by following what a colleague saved.
  if (isOther && !isDirty) takeTheirs();
  if (serverText === known.text && known.passing !== null) know(serverText);

  const run = async (deed: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await deed();
      await refresh(listFlows);
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const store = async (): Promise<void> => {
    const saved = await call(saveFlow, { params: { key }, body: draft });
    setKnown({ text: textOf(saved), passing: serverText });
    settle(draft);
  };
  return {
    ...state,
    busy,
    error,
    save: async () => {
      const isDone = await run(store);
      if (isDone) toast.success(t('saved'));
      return isDone;
    },
    publish: () =>
      run(async () => {
        if (isDirty || family.draft === null) await store();
        const { version } = await call(publishFlow, { params: { key } });
        toast.success(t('published', { version }));
      }),
    discard: async () => {
      await call(discardFlow, { params: { key } });
      if (family.published) {
        restart(draftOf(family.published));
        setKnown({ text: textOf(family.published), passing: serverText });
      }
      await refresh(listFlows);
      toast.success(t('discarded'));
    },
    meanwhile: isOther && isDirty ? { takeTheirs, keepMine: () => know(serverText) } : null,
  };
}
