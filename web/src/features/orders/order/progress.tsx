import type { OrderView, StepVisit } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDayTime, formatDuration, formatExact, formatStamp } from '../../../lib/format.ts';
import { say } from '../data/orders.ts';
import { progressOf } from '../model/progress.ts';
import { Due } from '../parts/due.tsx';
import './progress.css';

function Visit({ visit, order }: { visit: StepVisit; order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const isCurrent = visit.leftAt === null && order.status === 'open';
  const step = order.definition.steps.find(({ key }) => key === visit.stepKey);
  const isFlat = step?.clock?.calendar === 'flat';
  const worked = visit.workedMs >= 60_000 ? Math.floor(visit.workedMs / 60_000) * 60_000 : 0;
  return (
    <>
      <span className="yd-progress-line">
        {visit.ownerName !== '' && <span className="yd-progress-owner">{visit.ownerName}</span>}
        <time
          className="yd-figures"
          dateTime={visit.enteredAt}
          title={formatExact(visit.enteredAt)}
        >
          {formatStamp(visit.enteredAt)}
        </time>
        {worked > 0 && (
          <span className="yd-figures">
            {t(isFlat ? 'progress.took' : 'progress.worked', {
              span: formatDuration(worked, { inHours: !isFlat }),
            })}
          </span>
        )}
      </span>
      {visit.clock !== 'none' && (
        <span className="yd-progress-line">
          <Due order={visit} />
          {isCurrent && visit.dueAt !== null && (
            <span className="yd-figures">
              {t('progress.until', { at: formatDayTime(visit.dueAt) })}
            </span>
          )}
        </span>
      )}
    </>
  );
}

/** Each step the order has been in with its clock, and those that most likely follow. */
export function Progress({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const items = progressOf(order);
  return (
    <section className="yd-side-part" aria-label={t('progress.title')}>
      <h2>{t('progress.title')}</h2>
      {order.pausedFor !== null && (
        <p className="yd-progress-paused">{t(`pausedFor.${order.pausedFor}`)}</p>
      )}
      <ol className="yd-progress">
        {items.map((item) => {
          const isCurrent = item.kind === 'visit' && item.isCurrent;
          const mark = item.kind === 'to_come' ? 'to-come' : isCurrent ? 'current' : 'done';
          return (
            <li
              key={`${item.kind} ${item.id}`}
              className={`is-${mark}`}
              aria-current={isCurrent ? 'step' : undefined}
            >
              <span className="yd-progress-name">{say(item.name)}</span>
              {item.kind === 'visit' && <Visit visit={item.visit} order={order} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
