import { listCanned } from '@yingda/contract';
import { useMemo, useState } from 'react';
import { useCall } from '../../../lib/query.ts';
import { useMe } from '../../../lib/me.ts';
import { useColleagues } from '../data/people.ts';
import { findCanned } from '../model/canned.ts';
import { type Editing, type Trigger, triggerAt } from '../model/editing.ts';
import type { Suggestion } from './suggestions.tsx';

const most = 50;

export interface Suggested {
  trigger: Trigger | null;
  items: readonly Suggestion[];
  chosen: number;
  choose: (index: number) => void;
  /** Closes the list until something else is typed. */
  dismiss: () => void;
}

/** What fits the word before the caret: canned replies after `/`, in notes colleagues after `@`. */
export function useSuggestions(editing: Editing, isNote: boolean): Suggested {
  const me = useMe();
  const colleagues = useColleagues();
  const canned = useCall(listCanned, undefined, { staleTime: 5 * 60_000 }).data?.items;
  const [chosen, setChosen] = useState({ word: '', index: 0 });
  const [dismissed, setDismissed] = useState('');
  const found = triggerAt(editing);
  const word = found ? `${found.from} ${found.sign}${found.typed}` : '';
  const trigger = found && word !== dismissed ? found : null;
  const { sign, typed = '' } = trigger ?? {};
  const items = useMemo<Suggestion[]>(() => {
    if (sign === '/') {
      const replies = findCanned(canned ?? [], typed).slice(0, most);
      return replies.map((reply) => ({ kind: 'canned', id: reply.id, reply }));
    }
    if (sign !== '@' || !isNote) return [];
    const name = typed.toLowerCase();
    return colleagues
      .filter((person) => person.active && person.id !== me.id)
      .filter((person) => person.name.toLowerCase().includes(name))
      .slice(0, most)
      .map((person) => ({ kind: 'colleague', id: person.id, person }));
  }, [sign, typed, isNote, canned, colleagues, me.id]);
  return {
    trigger: items.length > 0 ? trigger : null,
    items,
    chosen: chosen.word === word ? Math.min(chosen.index, items.length - 1) : 0,
    choose: (index) => setChosen({ word, index }),
    dismiss: () => setDismissed(word),
  };
}
