import { MessageOutlined } from '@ant-design/icons';
import type { ContactFactView, NamedContactEvent } from '@yingda/contract';
import { getCountedContact } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatDateSecond,
  formatDuration,
  formatExact,
  formatSecond,
} from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { OutcomeMark } from '../../../ui/marks.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { formatValue } from '../model/values.ts';

const parts = [
  { key: 'waitTime', of: 'waitSeconds' },
  { key: 'talk', of: 'talkSeconds' },
  { key: 'hold', of: 'holdSeconds' },
  { key: 'wrap', of: 'wrapUpSeconds' },
] as const satisfies readonly { key: string; of: keyof ContactFactView }[];

const seconds = (value: number): string => formatValue(value, 'seconds', 'CNY');

/** How the time of the contact was spent, in proportion. */
function TimeBar({ contact }: { contact: ContactFactView }): ReactNode {
  const { t } = useTranslation('kpi');
  const spent = parts.filter(({ of }) => contact[of] > 0);
  if (spent.length === 0) return null;
  return (
    <div className="yd-drill-time">
      <div className="yd-drill-time-bar" aria-hidden>
        {spent.map(({ key, of }) => (
          <span key={key} className={`is-${key}`} style={{ flexGrow: contact[of] }} />
        ))}
      </div>
      <ul className="yd-figures">
        {spent.map(({ key, of }) => (
          <li key={key}>
            <i className={`is-${key}`} aria-hidden />
            {t(`drill.${key}`)} <strong>{seconds(contact[of])}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Facts({ contact, zone }: { contact: ContactFactView; zone: string }): ReactNode {
  const { t } = useTranslation(['kpi', 'marks']);
  const facts: [string, string | null][] = [
    ['arrived', formatDateSecond(contact.arrivedAt, zone)],
    ['queue', contact.queue],
    ['agent', contact.agent],
    ['channel', t(`marks:channel.${contact.channel}`)],
    ['topic', contact.topic],
    ['type', contact.type],
    ['tier', contact.tier && t(`marks:tier.${contact.tier}`)],
    ['transferred', contact.isTransferred ? t('common:yes') : null],
    ['source', contact.source],
  ];
  return (
    <dl className="yd-drill-facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([key, value]) => (
          <div key={key}>
            <dt>{t(`drill.${key}`)}</dt>
            <dd className="yd-figures">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What the log says beside queue and agent, as it says it: a number called, a reason. */
function detailOf({ data }: NamedContactEvent): string {
  return Object.values(data)
    .filter((value) => typeof value === 'string' && value !== '' && !/^[0-9a-f-]{36}$/.test(value))
    .slice(0, 2)
    .join(' · ');
}

function EventLine({
  events,
  zone,
}: {
  events: readonly NamedContactEvent[];
  zone: string;
}): ReactNode {
  const { t } = useTranslation('kpi');
  if (events.length === 0) return <p className="yd-soft">{t('drill.noEvents')}</p>;
  return (
    <ol className="yd-drill-events">
      {events.map((event, index) => {
        const before = events[index - 1];
        const sinceMs = before ? Date.parse(event.at) - Date.parse(before.at) : 0;
        const names = [event.queueName, event.agentName, detailOf(event)].filter(Boolean);
        return (
          <li key={event.id} className={`is-${event.type}`}>
            <time className="yd-figures" dateTime={event.at} title={formatExact(event.at, zone)}>
              {formatSecond(event.at, zone)}
            </time>
            <span className="yd-drill-events-dot" aria-hidden />
            <span className="yd-drill-events-text">
              {t(`event.${event.type}`)}
              {names.length > 0 && <span className="yd-soft"> · {names.join(' · ')}</span>}
              {event.byBot && <span className="yd-soft"> · {t('drill.bot')}</span>}
            </span>
            {sinceMs >= 1000 && (
              <span className="yd-drill-events-since yd-figures">+{formatDuration(sinceMs)}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** One contact: what it counts for, and everything that happened in it. */
export function ContactDetail({ id, zone }: { id: string; zone: string }): ReactNode {
  const { t } = useTranslation('kpi');
  const query = useCall(getCountedContact, { params: { id } });
  return (
    <Loaded query={query} rows={8}>
      {({ contact, events }) => (
        <div className="yd-drill-contact">
          <div className="yd-drill-contact-head">
            <h3>{t('drill.facts')}</h3>
            <OutcomeMark outcome={contact.outcome} />
            <span className="yd-bar-space" />
            {contact.conversationId !== null && (
              <Link
                to="/desk/$conversationId"
                params={{ conversationId: contact.conversationId }}
                search={{ view: 'all' }}
              >
                <Button icon={<MessageOutlined />} tabIndex={-1}>
                  {t('drill.conversation')}
                </Button>
              </Link>
            )}
          </div>
          <TimeBar contact={contact} />
          <Facts contact={contact} zone={zone} />
          <h3>
            {t('drill.events')}
            <small>{t('drill.eventsZone', { zone })}</small>
          </h3>
          <EventLine events={events} zone={zone} />
        </div>
      )}
    </Loaded>
  );
}
