import type { FlowDefinition, Wording } from '@yingda/contract';
import { useCallback, useState } from 'react';
import type { Draft } from '../model/edit.ts';
import { changed, historyOf, redone, undone } from '../model/history.ts';
import type { History } from '../model/history.ts';

type DefinitionChange = (before: FlowDefinition) => FlowDefinition;

export interface DraftState {
  draft: Draft;
  /** Whether it differs from what was last saved. */
  isDirty: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** Changes the flow; changes with one key follow each other as one deed for undoing. */
  change: (make: DefinitionChange, key?: string) => void;
  rename: (name: Wording) => void;
  undo: () => void;
  redo: () => void;
  /** What the server keeps now. */
  settle: (saved: Draft) => void;
  /** Begins anew with what the server keeps. */
  restart: (saved: Draft) => void;
  /** Goes on with what the server keeps; what was drawn here comes back by undoing. */
  adopt: (saved: Draft) => void;
}

/** The flow that is being drawn, with what was before. */
export function useDraft(first: Draft): DraftState {
  const [history, setHistory] = useState<History<Draft>>(() => historyOf(first));
  const [saved, setSaved] = useState(first);
  const { present: draft, past, future } = history;
  const change = useCallback((make: DefinitionChange, key?: string): void => {
    setHistory((all) => {
      const definition = make(all.present.definition);
      if (definition === all.present.definition) return all;
      return changed(all, { ...all.present, definition }, key ?? null);
    });
  }, []);
  const rename = useCallback(
    (name: Wording): void =>
      setHistory((all) => changed(all, { ...all.present, name }, 'name of the flow')),
    [],
  );
  const restart = useCallback((given: Draft): void => {
    setHistory(historyOf(given));
    setSaved(given);
  }, []);
  const adopt = useCallback((given: Draft): void => {
    setHistory((all) => changed(all, given));
    setSaved(given);
  }, []);
  return {
    draft,
    isDirty: draft !== saved && JSON.stringify(draft) !== JSON.stringify(saved),
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    change,
    rename,
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
    settle: setSaved,
    restart,
    adopt,
  };
}
