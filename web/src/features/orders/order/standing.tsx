import { ExclamationCircleFilled, PhoneOutlined } from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDayTime, formatDuration } from '../../../lib/format.ts';
import { useNow } from '../../../ui/time.tsx';
import { latenessOf } from '../model/lateness.ts';
import type { Lateness } from '../model/lateness.ts';
import { Chase } from './chase.tsx';
import './standing.css';

function Holding({ order, late }: { order: OrderView; late: Lateness }): ReactNode {
  const { t } = useTranslation('orders');
  const values = { name: order.ownerName, at: formatDayTime(late.heldSince) };
  if (late.isUntaken) return t('late.untaken', values);
  return t(late.isTakenLate ? 'late.takenLate' : 'late.held', values);
}

/** Why the order is late: who holds it since when, how long it might have taken, who was told. */
function Late({ order, late }: { order: OrderView; late: Lateness }): ReactNode {
  const { t } = useTranslation('orders');
  const { minutes, told, times } = late;
  return (
    <section className="yd-standing is-late" aria-label={t('late.title')}>
      <h2>
        <ExclamationCircleFilled aria-hidden /> {t('late.title')}
      </h2>
      <ul>
        <li>
          <Holding order={order} late={late} />
        </li>
        {minutes !== null && (
          <li>
            {t(late.isFlat ? 'late.limitFlat' : 'late.limit', {
              span: formatDuration(minutes * 60_000, { inHours: !late.isFlat }),
              at: formatDayTime(late.dueAt),
            })}
          </li>
        )}
        {times > 1 && <li>{t('late.again', { count: times })}</li>}
        {told.length > 0 && (
          <li>
            {t('late.told', {
              whom: told
                .map(({ at, to }) =>
                  t('late.toldOne', {
                    to: to.map((rung) => t(`rung.${rung}`)).join(t('comma')),
                    at: formatDayTime(at),
                  }),
                )
                .join(t('comma')),
            })}
          </li>
        )}
      </ul>
      {late.isToChase && <Chase order={order} />}
    </section>
  );
}

/** Whom to call, and what to tell them. */
function Call({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const { phones, result } = order.form;
  return (
    <section className="yd-standing is-call" aria-label={t('call.title')}>
      <h2>
        <PhoneOutlined aria-hidden /> {t('call.who', { name: order.customerName || '—' })}
        {phones.map((phone) => (
          <a key={phone} className="yd-figures" href={`tel:${phone.replaceAll(/[^\d+*#]/g, '')}`}>
            {phone}
          </a>
        ))}
      </h2>
      {result !== '' && <p>{t('call.tell', { result })}</p>}
      <p className="yd-soft">{t('call.then')}</p>
    </section>
  );
}

/** What one should know before anything else: that it is late and why, or that somebody is to be called. */
export function Standing({ order }: { order: OrderView }): ReactNode {
  const late = latenessOf(order, useNow(10_000));
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  const isCall = order.status === 'open' && step?.kind === 'callback';
  return (
    <>
      {late && <Late order={order} late={late} />}
      {isCall && <Call order={order} />}
    </>
  );
}
