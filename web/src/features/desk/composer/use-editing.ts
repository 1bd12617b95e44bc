import type { ConversationSummary } from '@yingda/contract';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useMe } from '../../../lib/me.ts';
import { useNames } from '../data/people.ts';
import { useDeskSession, useDraft } from '../data/session.ts';
import type { CannedValues } from '../model/canned.ts';
import type { Editing } from '../model/editing.ts';

type Kind = 'message' | 'note';

const lowestPx = 44;
const highestPx = 260;

/** Newer browsers let a field grow with its text by style; measuring costs a layout per keystroke elsewhere. */
const growsByItself = CSS.supports('field-sizing', 'content');

/** What the variables of canned replies stand for in a conversation. */
export function useCannedValues(conversation: ConversationSummary): CannedValues {
  const me = useMe();
  const names = useNames();
  return {
    'customer.name': conversation.customer.name,
    'agent.name': me.name,
    'team.name': names.team(conversation.teamId),
    'conversation.number': String(conversation.number),
    'organisation.name': me.organisationName,
  };
}

export interface EditingField {
  field: RefObject<HTMLTextAreaElement | null>;
  editing: Editing;
  kind: Kind;
  text: string;
  /** Puts in a text with its caret. */
  set: (next: Editing, kind?: Kind) => void;
  setKind: (next: Kind) => void;
  /** Where the caret is now. */
  track: () => void;
  /** Takes over what was typed. */
  type: (element: HTMLTextAreaElement) => void;
  focus: () => void;
}

/** The text field's content with its caret, kept as draft; the caret is set again after the page put something in. */
export function useEditing({ id }: ConversationSummary, notesOnly: boolean): EditingField {
  const { drafts } = useDeskSession();
  const draft = useDraft(id);
  const kind = notesOnly ? 'note' : draft.kind;
  const text = draft[kind];
  const field = useRef<HTMLTextAreaElement>(null);
  const [selection, setSelection] = useState({ start: text.length, end: text.length });
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    if (!growsByItself) {
      element.style.height = '0';
      element.style.height = `${Math.min(highestPx, Math.max(lowestPx, element.scrollHeight))}px`;
    }
    if (wanted.current === null) return;
    element.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [text, kind]);
  const select = (start: number, end: number): void => setSelection({ start, end });
  return {
    field,
    editing: { text, ...selection },
    kind,
    text,
    set: (next, nextKind = kind) => {
      wanted.current = next.start;
      select(next.start, next.end);
      drafts.change(id, { ...drafts.get(id), kind: nextKind, [nextKind]: next.text });
    },
    setKind: (next) => {
      if (next === kind) return;
      const now = drafts.get(id);
      drafts.change(id, { ...now, kind: next });
      const end = now[next].length;
      select(end, end);
      wanted.current = end;
    },
    track: () => {
      if (field.current) select(field.current.selectionStart, field.current.selectionEnd);
    },
    type: (element) => {
      // The browser has put the caret where it belongs.
      wanted.current = null;
      select(element.selectionStart, element.selectionEnd);
      drafts.change(id, { ...drafts.get(id), kind, [kind]: element.value });
    },
    focus: () => field.current?.focus(),
  };
}
