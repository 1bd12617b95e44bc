import type { RegisterKey, RegisterSummary } from '@yingda/contract';
import { registerColumns } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../../../lib/format.ts';
import { formatMoney } from '../../../lib/money.ts';
import { cellText } from '../model/cells.ts';
import type { CellWords } from '../model/cells.ts';

const shown = 5;

/** A small column for each day: how much came when. */
function Days({ days }: { days: RegisterSummary['days'] }): ReactNode {
  const { t } = useTranslation('registers');
  const most = Math.max(1, ...days.map(({ count }) => count));
  if (days.length < 2) return null;
  return (
    <ul className="yd-register-days" aria-label={t('summary.days')}>
      {days.map(({ date, count }) => {
        const text = t('summary.day', { date: formatDate(`${date}T12:00:00Z`, 'UTC'), count });
        return (
          <li key={date} title={text} style={{ height: `${Math.max(2, (count / most) * 100)}%` }}>
            <span className="yd-hidden">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Group({
  register,
  group: { column: key, items },
  words,
}: {
  register: RegisterKey;
  group: RegisterSummary['groups'][number];
  words: CellWords;
}): ReactNode {
  const { t } = useTranslation(['registers', 'register-texts']);
  const column = registerColumns[register].find((one) => one.key === key);
  const most = Math.max(1, ...items.map(({ count }) => count));
  if (!column || items.length === 0) return null;
  return (
    <section className="yd-register-group">
      <h3>{t(`register-texts:columns.${key}`)}</h3>
      <ul>
        {items.slice(0, shown).map(({ value, count, amount }) => (
          <li key={value}>
            <span className="yd-ellipsis">
              {cellText(column, value, words) || t('registers:summary.none')}
            </span>
            <span className="yd-register-bar" aria-hidden>
              <i style={{ width: `${(count / most) * 100}%` }} />
            </span>
            <span className="yd-figures">
              {formatNumber(count)}
              {amount !== null && ` · ${formatMoney(amount, words.currency)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The statistics over a register: how many, how much, when, of what. */
export function SummaryStrip({
  register,
  summary,
  words,
}: {
  register: RegisterKey;
  summary: RegisterSummary;
  words: CellWords;
}): ReactNode {
  const { t } = useTranslation('registers');
  const { count, amount, currency, days, groups } = summary;
  if (count === 0) return null;
  return (
    <section className="yd-register-summary" aria-label={t('summary.title')}>
      <div className="yd-register-total">
        <strong className="yd-figures">{t('summary.lines', { count })}</strong>
        {amount !== null && (
          <span className="yd-figures" title={t('summary.amount')}>
            {formatMoney(amount, currency)}
          </span>
        )}
        <Days days={days} />
      </div>
      {groups.map((group) => (
        <Group key={group.column} register={register} group={group} words={words} />
      ))}
    </section>
  );
}
