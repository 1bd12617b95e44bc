import { SendOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { Button } from 'antd';
import { useId, useImperativeHandle } from 'react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutgoing } from '../data/session.ts';
import { AttachedList } from './attached-list.tsx';
import { Hint, KindSwitch, Tools } from './composer-parts.tsx';
import { Suggestions } from './suggestions.tsx';
import { type ComposerState, useComposer } from './use-composer.ts';
import './composer.css';

/** What keys and commands of the page do to the composer. */
export interface ComposerHandle {
  write: (kind: 'message' | 'note') => void;
  /** Puts a text to be written anew into the field. */
  rewrite: (text: string, kind: 'message' | 'note') => void;
}

interface ComposerProps {
  conversation: ConversationSummary;
  /** Only notes may be written, for example while the conversation is resolved. */
  notesOnly: boolean;
  ref: Ref<ComposerHandle>;
}

function Head({
  id,
  state,
  notesOnly,
}: {
  id: string;
  state: ComposerState;
  notesOnly: boolean;
}): ReactNode {
  const { t } = useTranslation('desk');
  const { editing, sending } = state;
  const outgoing = useOutgoing(id);
  const { justSent } = sending;
  const isWaiting = outgoing.some(({ clientKey }) => clientKey === justSent?.clientKey);
  const sentWords = justSent?.kind === 'note' ? 'composer.noteSaved' : 'composer.sent';
  return (
    <div className="yd-composer-head">
      <KindSwitch
        kind={editing.kind}
        notesOnly={notesOnly}
        onChange={(next) => {
          editing.setKind(next);
          editing.focus();
        }}
      />
      {justSent && (
        <span className="yd-just-sent">
          {t(isWaiting ? 'composer.queued' : sentWords)}
          <Button size="small" type="link" onClick={sending.undo}>
            {t('undo')}
          </Button>
        </span>
      )}
    </div>
  );
}

function Field({
  state,
  name,
  listId,
}: {
  state: ComposerState;
  name: string;
  listId: string;
}): ReactNode {
  const { t } = useTranslation('desk');
  const { editing, suggested, typing, isNote } = state;
  return (
    <textarea
      ref={editing.field}
      id="yd-composer-field"
      rows={1}
      value={editing.text}
      aria-label={isNote ? t('composer.noteLabel') : t('composer.replyLabel', { name })}
      aria-autocomplete="list"
      aria-controls={suggested.trigger ? listId : undefined}
      aria-activedescendant={suggested.trigger ? `${listId}-${suggested.chosen}` : undefined}
      placeholder={
        isNote ? t('composer.notePlaceholder') : t('composer.replyPlaceholder', { name })
      }
      onChange={(event) => {
        editing.type(event.target);
        if (!isNote) typing.typed();
      }}
      onSelect={editing.track}
      onKeyDown={state.press}
      onPaste={state.paste}
      onBlur={typing.stopped}
    />
  );
}

/** Where answers and notes are written. */
export function Composer({ conversation, notesOnly, ref }: ComposerProps): ReactNode {
  const { id, customer } = conversation;
  const { t } = useTranslation('desk');
  const listId = useId();
  const state = useComposer(conversation, notesOnly);
  const { editing, suggested, isNote } = state;
  useImperativeHandle(ref, () => ({
    write: (kind) => {
      editing.setKind(kind);
      editing.focus();
    },
    rewrite: (text, kind) => {
      editing.set({ text, start: text.length, end: text.length }, kind);
      editing.focus();
    },
  }));
  return (
    <section className={`yd-composer ${isNote ? 'is-note' : ''}`} aria-label={t('composer.title')}>
      {suggested.trigger && (
        <Suggestions
          listId={listId}
          items={suggested.items}
          chosen={suggested.chosen}
          sign={suggested.trigger.sign}
          onHover={suggested.choose}
          onPick={state.pick}
        />
      )}
      <Head id={id} state={state} notesOnly={notesOnly} />
      <Field state={state} name={customer.name} listId={listId} />
      <AttachedList id={id} />
      <div className="yd-composer-foot">
        <Tools id={id} onCanned={state.openCanned} onEmoji={state.insert} />
        <Hint text={editing.text} isNote={isNote} />
        <Button
          type="primary"
          className={isNote ? 'yd-send-note' : ''}
          icon={<SendOutlined />}
          disabled={!state.sending.maySend}
          onClick={state.send}
        >
          {t(isNote ? 'composer.saveNote' : 'composer.send')}
        </Button>
      </div>
    </section>
  );
}
