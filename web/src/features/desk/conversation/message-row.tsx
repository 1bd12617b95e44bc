import { CopyOutlined, LockOutlined, RollbackOutlined } from '@ant-design/icons';
import type { MessageView } from '@yingda/contract';
import { retractMessage, retractWithinMs } from '@yingda/contract';
import { Button } from 'antd';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatExact, formatTime } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useNow } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { type DeskSession, useDeskSession } from '../data/session.ts';
import { Parts } from './message-parts.tsx';
import './message-row.css';

/** The text of a message, as one copies it. */
export function textOfMessage(message: MessageView): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

/** Texts this person took back in this tab, to be written anew. */
const takenBack = new Map<string, string>();

/** Takes an own message back; its text can be edited anew. */
export async function takeBack(message: MessageView, { cache }: DeskSession): Promise<boolean> {
  try {
    const text = textOfMessage(message);
    const answer = await call(retractMessage, {
      params: { id: message.conversationId, messageId: message.id },
    });
    if (text !== '') takenBack.set(message.id, text);
    cache.putMessage(answer);
    return true;
  } catch (error) {
    toast.problem(error);
    return false;
  }
}

function Retracted({
  message,
  onRewrite,
}: {
  message: MessageView;
  onRewrite: (text: string, kind: 'message' | 'note') => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const text = takenBack.get(message.id);
  const isOwn = message.author.id === me.id;
  return (
    <div className="yd-event">
      <span>
        {isOwn ? t('message.retractedByMe') : t('message.retracted', { name: message.author.name })}
      </span>
      {isOwn && text !== undefined && (
        <Button
          size="small"
          type="link"
          onClick={() => onRewrite(text, message.kind === 'note' ? 'note' : 'message')}
        >
          {t('message.rewrite')}
        </Button>
      )}
    </div>
  );
}

function Retract({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation('desk');
  const session = useDeskSession();
  const now = useNow(5000);
  if (now - Date.parse(message.createdAt) > retractWithinMs - 2000) return null;
  return (
    <Button
      size="small"
      type="text"
      icon={<RollbackOutlined />}
      title={t('message.retract')}
      aria-label={t('message.retract')}
      onClick={() => void takeBack(message, session)}
    />
  );
}

function Tools({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const text = textOfMessage(message);
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => toast.success(t('common:copied')),
      () => toast.error(t('common:copyFailed')),
    );
  return (
    <span className="yd-tools">
      {text !== '' && (
        <Button
          size="small"
          type="text"
          className="yd-copy"
          icon={<CopyOutlined />}
          title={t('common:copy')}
          aria-label={t('common:copy')}
          onClick={copy}
        />
      )}
      {message.author.id === me.id && <Retract message={message} />}
    </span>
  );
}

interface MessageRowProps {
  message: MessageView;
  first: boolean;
  /** "Read" stands under this message. */
  isReadMark: boolean;
  isTarget: boolean;
  colleagueNames: readonly string[];
  onRewrite: (text: string, kind: 'message' | 'note') => void;
}

/** One message: the customer on the left, the company on the right, notes across in their own colour. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps): ReactNode {
  const { message, first, isReadMark, isTarget, colleagueNames } = props;
  const { t } = useTranslation('desk');
  const me = useMe();
  if (message.retractedAt) return <Retracted message={message} onRewrite={props.onRewrite} />;
  const isNote = message.kind === 'note';
  const side = message.author.kind === 'customer' ? 'is-theirs' : 'is-ours';
  const name = message.author.id === me.id ? t('header.me') : message.author.name;
  return (
    <article
      className={`yd-message ${side} ${isNote ? 'is-note' : ''} ${first ? 'is-first' : ''} ${isTarget ? 'is-target' : ''}`}
      data-seq={message.seq}
    >
      {first ? <Avatar name={message.author.name} px={28} /> : <span className="yd-message-gap" />}
      <div className="yd-message-main">
        {first && (
          <div className="yd-message-by">
            <span>{name}</span>
            {isNote && (
              <span className="yd-note-mark">
                <LockOutlined aria-hidden /> {t('message.note')}
              </span>
            )}
            <time
              className="yd-figures"
              dateTime={message.createdAt}
              title={formatExact(message.createdAt)}
            >
              {formatTime(message.createdAt)}
            </time>
          </div>
        )}
        <div className="yd-bubble-line">
          <div className="yd-bubble">
            <Parts parts={message.parts} names={isNote ? colleagueNames : noNames} />
          </div>
          <Tools message={message} />
        </div>
        {isReadMark && <div className="yd-read">{t('message.read')}</div>}
      </div>
    </article>
  );
});

const noNames: readonly string[] = [];
