import {
  LockOutlined,
  MessageOutlined,
  PaperClipOutlined,
  SendOutlined,
  SmileOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { maxMessageLength } from '@yingda/contract';
import { Button } from 'antd';
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useNames } from '../data/people.ts';
import { useDeskSession, useDraft } from '../data/session.ts';
import { expandCanned } from '../model/canned.ts';
import { charactersLeft, type Editing, enterMeans, inserted, replaced } from '../model/editing.ts';
import { AttachedList } from './attached-list.tsx';
import { attach } from './attachments.ts';
import { EmojiDialog } from './emoji-dialog.tsx';
import { type Suggestion, Suggestions } from './suggestions.tsx';
import { useSending } from './use-sending.ts';
import { useSuggestions } from './use-suggestions.ts';
import { useTyping } from './use-typing.ts';
import './composer.css';

/** What keys and commands of the page do to the composer. */
export interface ComposerHandle {
  write: (kind: 'message' | 'note') => void;
  /** Puts a text to be written anew into the field. */
  rewrite: (text: string, kind: 'message' | 'note') => void;
  openCanned: () => void;
}

interface ComposerProps {
  conversation: ConversationSummary;
  /** Only notes may be written, for example while the conversation is resolved. */
  notesOnly: boolean;
  ref: Ref<ComposerHandle>;
}

const highestPx = 260;
/** From here on the limit is shown. */
const nearLimit = 500;

function useCannedValues(conversation: ConversationSummary) {
  const me = useMe();
  const names = useNames();
  const team = names.team(conversation.teamId);
  return {
    'customer.name': conversation.customer.name,
    'agent.name': me.name,
    'team.name': team,
    'conversation.number': String(conversation.number),
    'organisation.name': me.organisationName,
  };
}

/** The text field's content with its caret; the caret is set again after the page put something in. */
function useEditing(conversation: ConversationSummary, notesOnly: boolean) {
  const { id } = conversation;
  const { drafts } = useDeskSession();
  const draft = useDraft(id);
  const kind = notesOnly ? 'note' : draft.kind;
  const text = draft[kind];
  const field = useRef<HTMLTextAreaElement>(null);
  const [selection, setSelection] = useState({ start: 0, end: 0 });
  const wanted = useRef<number | null>(null);
  const editing: Editing = { text, ...selection };
  const set = (next: Editing): void => {
    wanted.current = next.start;
    setSelection({ start: next.start, end: next.end });
    drafts.change(id, { ...drafts.get(id), kind, [kind]: next.text });
  };
  const setKind = (next: 'message' | 'note'): void => {
    const now = drafts.get(id);
    if (now.kind !== next) drafts.change(id, { ...now, kind: next });
    const end = now[next].length;
    setSelection({ start: end, end });
    wanted.current = end;
  };
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = '0';
    element.style.height = `${Math.min(highestPx, Math.max(44, element.scrollHeight))}px`;
    if (wanted.current === null) return;
    element.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [text, kind]);
  const track = (): void => {
    const element = field.current;
    if (element) setSelection({ start: element.selectionStart, end: element.selectionEnd });
  };
  const type = (element: HTMLTextAreaElement): void => {
    setSelection({ start: element.selectionStart, end: element.selectionEnd });
    drafts.change(id, { ...drafts.get(id), kind, [kind]: element.value });
  };
  return { field, editing, kind, text, set, setKind, track, type };
}

function KindSwitch({
  kind,
  notesOnly,
  onChange,
}: {
  kind: 'message' | 'note';
  notesOnly: boolean;
  onChange: (kind: 'message' | 'note') => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <div className="yd-kinds" role="group" aria-label={t('composer.kind')}>
      {!notesOnly && (
        <button type="button" aria-pressed={kind === 'message'} onClick={() => onChange('message')}>
          <MessageOutlined aria-hidden /> {t('composer.reply')}
        </button>
      )}
      <button
        type="button"
        className="is-note"
        aria-pressed={kind === 'note'}
        onClick={() => onChange('note')}
      >
        <LockOutlined aria-hidden /> {t('composer.note')}
      </button>
    </div>
  );
}

function Tools({
  id,
  onEmoji,
  onCanned,
}: {
  id: string;
  onEmoji: (sign: string) => void;
  onCanned: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const picker = useRef<HTMLInputElement>(null);
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <div className="yd-composer-tools">
      <Button
        type="text"
        icon={<SmileOutlined />}
        title={t('composer.emoji')}
        aria-label={t('composer.emoji')}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Button
        type="text"
        icon={<PaperClipOutlined />}
        title={t('composer.attach')}
        aria-label={t('composer.attach')}
        onClick={() => picker.current?.click()}
      />
      <Button
        type="text"
        icon={<ThunderboltOutlined />}
        title={t('composer.cannedHint')}
        aria-label={t('composer.cannedHint')}
        onClick={onCanned}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('composer.attach')}
        onChange={(event) => {
          attach(id, [...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {anchor && <EmojiDialog anchor={anchor} onPick={onEmoji} onClose={() => setAnchor(null)} />}
    </div>
  );
}

/** Where answers and notes are written. */
export function Composer({ conversation, notesOnly, ref }: ComposerProps): ReactNode {
  const { id, customer } = conversation;
  const { t } = useTranslation('desk');
  const listId = useId();
  const { field, editing, kind, text, set, setKind, track, type } = useEditing(
    conversation,
    notesOnly,
  );
  const isNote = kind === 'note';
  const values = useCannedValues(conversation);
  const suggested = useSuggestions(editing, isNote);
  const sending = useSending(conversation, { text, kind });
  const typing = useTyping(id);
  const left = charactersLeft(text, maxMessageLength);

  const focus = (): void => field.current?.focus();
  const openCanned = (): void => {
    const isLineStart = editing.start === 0 || text[editing.start - 1] === '\n';
    set(inserted(editing, isLineStart ? '/' : '\n/'));
    focus();
  };
  useImperativeHandle(ref, () => ({
    write: (next) => {
      setKind(next);
      focus();
    },
    rewrite: (again, next) => {
      setKind(next);
      set({ text: again, start: again.length, end: again.length });
      focus();
    },
    openCanned,
  }));
  const pick = (item: Suggestion): void => {
    if (!suggested.trigger) return;
    const insert =
      item.kind === 'canned' ? expandCanned(item.reply.text, values) : `@${item.person.name} `;
    set(replaced(editing, suggested.trigger.from, insert));
    focus();
  };
  const send = (): void => {
    sending.send();
    typing.stopped();
    focus();
  };
  /** Keys of the open list; true when the key was one of them. */
  const pressInList = (event: KeyboardEvent): boolean => {
    if (!suggested.trigger) return false;
    const { items, chosen, choose, dismiss } = suggested;
    const item = items[chosen];
    if (event.key === 'ArrowDown') choose((chosen + 1) % items.length);
    else if (event.key === 'ArrowUp') choose((chosen - 1 + items.length) % items.length);
    else if (event.key === 'Escape') dismiss();
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && item) pick(item);
    else return false;
    return true;
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes, every key is the input method's.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (pressInList(event)) event.preventDefault();
    else if (enterMeans(event.nativeEvent) === 'send') {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      document.getElementById('yd-timeline')?.focus();
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attach(id, files);
  };
  return (
    <section className={`yd-composer ${isNote ? 'is-note' : ''}`} aria-label={t('composer.title')}>
      {suggested.trigger && (
        <Suggestions
          listId={listId}
          items={suggested.items}
          chosen={suggested.chosen}
          sign={suggested.trigger.sign}
          onHover={suggested.choose}
          onPick={pick}
        />
      )}
      <div className="yd-composer-head">
        <KindSwitch
          kind={kind}
          notesOnly={notesOnly}
          onChange={(next) => {
            setKind(next);
            focus();
          }}
        />
        {sending.justSent && (
          <span className="yd-just-sent">
            {t(sending.justSent.kind === 'note' ? 'composer.noteSaved' : 'composer.sent')}
            <Button size="small" type="link" onClick={sending.undo}>
              {t('undo')}
            </Button>
          </span>
        )}
      </div>
      <textarea
        ref={field}
        id="yd-composer-field"
        rows={1}
        value={text}
        aria-label={
          isNote ? t('composer.noteLabel') : t('composer.replyLabel', { name: customer.name })
        }
        aria-autocomplete="list"
        aria-controls={suggested.trigger ? listId : undefined}
        aria-activedescendant={suggested.trigger ? `${listId}-${suggested.chosen}` : undefined}
        placeholder={
          isNote
            ? t('composer.notePlaceholder')
            : t('composer.replyPlaceholder', { name: customer.name })
        }
        onChange={(event) => {
          type(event.target);
          if (!isNote) typing.typed();
        }}
        onSelect={track}
        onKeyDown={press}
        onPaste={paste}
        onBlur={typing.stopped}
      />
      <AttachedList id={id} />
      <div className="yd-composer-foot">
        <Tools
          id={id}
          onCanned={openCanned}
          onEmoji={(sign) => {
            set(inserted(editing, sign));
            focus();
          }}
        />
        <span className="yd-composer-hint">
          {left < nearLimit ? (
            <span className={left < 0 ? 'yd-too-long' : ''} role="status">
              {left < 0
                ? t('composer.tooLong', { count: -left })
                : t('composer.left', { count: left })}
            </span>
          ) : (
            t('composer.keys')
          )}
        </span>
        <Button
          type="primary"
          className={isNote ? 'yd-send-note' : ''}
          icon={<SendOutlined />}
          disabled={!sending.maySend}
          onClick={send}
        >
          {t(isNote ? 'composer.saveNote' : 'composer.send')}
        </Button>
      </div>
    </section>
  );
}
