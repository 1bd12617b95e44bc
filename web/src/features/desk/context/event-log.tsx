import type { ContactEventView } from '@yingda/contract';
import { listContactEvents } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatExact, formatStamp } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useNames } from '../data/people.ts';

function who(event: ContactEventView, names: ReturnType<typeof useNames>): string | null {
  if (event.agentId !== null) return names.person(event.agentId);
  return event.queueId === null ? null : names.queue(event.queueId);
}

function Entry({
  event,
  before,
}: {
  event: ContactEventView;
  before: ContactEventView | undefined;
}): ReactNode {
  const { t } = useTranslation('desk');
  const names = useNames();
  const name = who(event, names);
  const sinceMs = before ? Date.parse(event.at) - Date.parse(before.at) : 0;
  return (
    <li className={`yd-log-entry is-${event.type}`}>
      <span className="yd-log-what">
        {t(`contactEvent.${event.type}`)}
        {name !== null && <span className="yd-soft"> · {name}</span>}
        {event.byBot && <span className="yd-soft"> · {t('contactEvent.bot')}</span>}
      </span>
      <span className="yd-log-when yd-figures" title={formatExact(event.at)}>
        {sinceMs >= 1000 && <span className="yd-log-since">+{formatDuration(sinceMs)}</span>}
        {formatStamp(event.at)}
      </span>
    </li>
  );
}

/** Who did what when, from the log that every figure is computed from. */
export function EventLog({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('desk');
  const query = useCall(listContactEvents, { params: { id } }, { staleTime: 5000 });
  return (
    <Loaded query={query} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="yd-soft">{t('context.noEvents')}</p>
        ) : (
          <ol className="yd-log">
            {items.map((event, index) => (
              <Entry key={event.id} event={event} before={items[index - 1]} />
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
