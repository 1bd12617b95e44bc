import type { StandardsView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { formatAmount, nothing } from '../model/values.ts';

/** The counts that every percentage below rests on. */
export function CountsStrip({ view }: { view: StandardsView }): ReactNode {
  const { t } = useTranslation('kpi');
  const { counts, uniqueCustomers } = view;
  const share = (part: number, whole: number): string | undefined =>
    whole === 0 ? undefined : t('counts.share', { share: formatAmount((part / whole) * 100) });
  const figures = [
    { key: 'contacts', value: counts.contacts },
    { key: 'answered', value: counts.answered, note: share(counts.answered, counts.contacts) },
    { key: 'abandoned', value: counts.abandoned, note: share(counts.abandoned, counts.contacts) },
    { key: 'blocked', value: counts.blocked, note: share(counts.blocked, counts.contacts) },
    ...(counts.selfServed > 0 ? [{ key: 'selfServed', value: counts.selfServed }] : []),
    {
      key: 'customers',
      value: uniqueCustomers,
      note:
        uniqueCustomers === null || uniqueCustomers === 0
          ? undefined
          : t('counts.perCustomer', {
              count: Math.round((counts.contacts / uniqueCustomers) * 100) / 100,
            }),
    },
  ];
  return (
    <dl className="yd-kpi-counts">
      {figures.map(({ key, value, note }) => (
        <div key={key}>
          <dt>{t(`counts.${key}`)}</dt>
          <dd className="yd-figures">
            <strong>{value === null ? nothing : formatNumber(value)}</strong>
            {note && <span>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
