import type { ConversationSummary } from '@yingda/contract';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { expandCanned } from '../model/canned.ts';
import { enterMeans, inserted, replaced } from '../model/editing.ts';
import { attach } from './attachments.ts';
import type { Suggestion } from './suggestions.tsx';
import { type EditingField, useCannedValues, useEditing } from './use-editing.ts';
import { type Sending, useSending } from './use-sending.ts';
import { type Suggested, useSuggestions } from './use-suggestions.ts';
import { useTyping } from './use-typing.ts';

export interface ComposerState {
  editing: EditingField;
  suggested: Suggested;
  sending: Sending;
  typing: ReturnType<typeof useTyping>;
  isNote: boolean;
  pick: (item: Suggestion) => void;
  send: () => void;
  insert: (sign: string) => void;
  openCanned: () => void;
  press: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  paste: (event: ClipboardEvent) => void;
}

/** Keys of the open list; true when the key was one of them. */
function pressInList(
  event: KeyboardEvent,
  { trigger, items, chosen, choose, dismiss }: Suggested,
  pick: (item: Suggestion) => void,
): boolean {
  if (!trigger) return false;
  const item = items[chosen];
  const picks = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey;
  if (event.key === 'ArrowDown') choose((chosen + 1) % items.length);
  else if (event.key === 'ArrowUp') choose((chosen - 1 + items.length) % items.length);
  else if (event.key === 'Escape') dismiss();
  else if (picks && item) pick(item);
  else return false;
  return true;
}

/** Everything the composer does. */
export function useComposer(conversation: ConversationSummary, notesOnly: boolean): ComposerState {
  const { id } = conversation;
  const editing = useEditing(conversation, notesOnly);
  const { text, kind, set, focus } = editing;
  const isNote = kind === 'note';
  const values = useCannedValues(conversation);
  const suggested = useSuggestions(editing.editing, isNote);
  const sending = useSending(conversation, { text, kind });
  const typing = useTyping(id);
  const pick = (item: Suggestion): void => {
    if (!suggested.trigger) return;
    const words =
      item.kind === 'canned' ? expandCanned(item.reply.text, values) : `@${item.person.name} `;
    set(replaced(editing.editing, suggested.trigger.from, words));
    focus();
  };
  const insert = (sign: string): void => {
    set(inserted(editing.editing, sign));
    focus();
  };
  const send = (): void => {
    sending.send();
    typing.stopped();
    focus();
  };
  return {
    editing,
    suggested,
    sending,
    typing,
    isNote,
    pick,
    send,
    insert,
    openCanned: () => {
      const { start } = editing.editing;
      insert(start === 0 || text[start - 1] === '\n' ? '/' : '\n/');
    },
    press: (event) => {
      // While an input method composes, every key is the input method's.
      if (event.nativeEvent.isComposing || event.keyCode === 229) return;
      if (pressInList(event, suggested, pick)) event.preventDefault();
      else if (enterMeans(event.nativeEvent) === 'send') {
        event.preventDefault();
        send();
      } else if (event.key === 'Escape') {
        event.preventDefault();
        document.getElementById('yd-timeline')?.focus();
      }
    },
    paste: (event) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      attach(id, files);
    },
  };
}
