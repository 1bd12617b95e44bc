import type { MessageView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatExact, formatTime } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { useNames } from '../data/people.ts';

type Told = Extract<MessageView['parts'][number], { type: 'event' }>;

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Which sentence tells it: somebody did it, it happened by itself, or somebody did it to themselves. */
function sentenceOf({ event, data }: Told, by: string, isOwn: boolean): string {
  if (event === 'assigned') return by === '' || isOwn ? 'assignedSelf' : 'assigned';
  const name = event === 'snoozed' && asText(data.until) === null ? 'snoozedUntilReply' : event;
  return by === '' ? `${name}Alone` : name;
}

function useSentence(message: MessageView, part: Told): string {
  const { t } = useTranslation('desk');
  const me = useMe();
  const names = useNames();
  const { author } = message;
  const person = (id: string): string => (id === me.id ? t('event.you') : names.person(id));
  const agentId = asText(part.data.agentId);
  const queueId = asText(part.data.queueId);
  const until = asText(part.data.until);
  const by = author.id === null ? author.name : person(author.id);
  const queue = queueId === null ? '' : names.queue(queueId);
  const words = t(`event.${sentenceOf(part, by, agentId !== null && agentId === author.id)}`, {
    by,
    target: agentId === null ? queue : person(agentId),
    until: until === null ? '' : formatDateTime(until),
    customer: author.name,
  });
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function Sentence({ message, part }: { message: MessageView; part: Told }): ReactNode {
  const words = useSentence(message, part);
  return (
    <div className="yd-event" title={formatExact(message.createdAt)}>
      <span>{words}</span>
      <time className="yd-figures" dateTime={message.createdAt}>
        {formatTime(message.createdAt)}
      </time>
    </div>
  );
}

/** What happened between the messages, told in the reader's language. */
export function EventRow({ message }: { message: MessageView }): ReactNode {
  const [part] = message.parts;
  return part?.type === 'event' ? <Sentence message={message} part={part} /> : null;
}
