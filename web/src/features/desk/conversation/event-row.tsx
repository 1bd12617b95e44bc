import type { MessageView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatExact, formatTime } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { useNames } from '../data/people.ts';

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What happened between the messages, told in the reader's language. */
export function EventRow({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const names = useNames();
  const [part] = message.parts;
  if (part?.type !== 'event') return null;
  const { event, data } = part;
  const person = (id: string | null): string =>
    id === null ? '' : id === me.id ? t('event.you') : names.person(id);
  const agentId = asText(data.agentId);
  const queueId = asText(data.queueId);
  const until = asText(data.until);
  const by = message.author.id ? person(message.author.id) : message.author.name;
  const target = agentId ? person(agentId) : queueId ? names.queue(queueId) : '';
  const isOwn = agentId !== null && agentId === message.author.id;
  const key = [
    `event.${event}`,
    event === 'snoozed' && until === null ? 'UntilReply' : '',
    event === 'assigned' && (by === '' || isOwn) ? 'Self' : '',
    by === '' && event !== 'assigned' ? 'Alone' : '',
  ].join('');
  return (
    <div className="yd-event" title={formatExact(message.createdAt)}>
      <span>
        {t(key, {
          by,
          target,
          until: until ? formatDateTime(until) : '',
          customer: message.author.name,
        })}
      </span>
      <time className="yd-figures" dateTime={message.createdAt}>
        {formatTime(message.createdAt)}
      </time>
    </div>
  );
}
