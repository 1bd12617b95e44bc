import type { ImportQueueTotals } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';

const own = [
  'entered',
  'answered',
  'completed',
  'transferred',
  'abandoned',
  'timedOut',
  'leftByKey',
  'leftEmpty',
  'refused',
] as const;
const asterisks = ['asteriskCompleted', 'asteriskAbandoned'] as const;

/** The figures of each queue as the log has them, beside what Asterisk's own `queue show` says. */
export function QueueTotals({ queues }: { queues: readonly ImportQueueTotals[] }): ReactNode {
  const { t } = useTranslation('imports');
  if (queues.length === 0) return null;
  const names = [...own, ...asterisks];
  return (
    <section className="yd-part">
      <header>
        <h2>{t('queues.title')}</h2>
      </header>
      <p className="yd-queues-hint yd-soft">{t('queues.hint')}</p>
      {/* A wide table scrolls by itself; the keyboard must reach it to do so. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className="yd-table-box yd-scroll"
        role="region"
        tabIndex={0}
        aria-label={t('queues.title')}
      >
        <table className="yd-table yd-queue-totals">
          <thead>
            <tr>
              <th scope="col">{t('queues.queue')}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {t(`queues.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {queues.map((totals) => (
              <tr key={totals.queue}>
                <th scope="row">{totals.queue}</th>
                {names.map((name) => (
                  <td key={name} className="yd-figures">
                    {formatNumber(totals[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
