import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import type { Period } from '@yingda/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockText, nextPeriod, periodsFault, readClock } from './clock.ts';

function ClockField({
  minutes,
  label,
  isBad,
  onChange,
}: {
  minutes: number;
  label: string;
  isBad: boolean;
  onChange: (minutes: number) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    const read = typed === null ? null : readClock(typed);
    if (read !== null && read !== minutes) onChange(read);
    setTyped(null);
  };
  return (
    <Input
      className={isBad ? 'yd-clock yd-clock-bad yd-figures' : 'yd-clock yd-figures'}
      status={isBad ? 'error' : ''}
      size="small"
      aria-label={label}
      maxLength={6}
      value={typed ?? clockText(minutes)}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onPressEnter={(event) => {
        event.preventDefault();
        leave();
      }}
    />
  );
}

/** The periods of one day; none means closed. */
export function PeriodsField({
  label,
  value,
  onChange,
}: {
  /** The day, for screen readers. */
  label: string;
  value: readonly Period[];
  onChange: (value: Period[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const fault = periodsFault(value);
  const set = (at: number, change: Partial<Period>): void =>
    onChange(value.map((period, index) => (index === at ? { ...period, ...change } : period)));
  return (
    <div className="yd-periods">
      {value.length === 0 && <span className="yd-soft">{t('hours.dayOff')}</span>}
      {value.map(({ from, to }, at) => (
        // Periods have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={at} className="yd-period">
          <ClockField
            label={t('hours.fromOf', { day: label })}
            isBad={fault !== null}
            minutes={from}
            onChange={(minutes) => set(at, { from: minutes })}
          />
          –
          <ClockField
            label={t('hours.toOf', { day: label })}
            isBad={fault !== null}
            minutes={to}
            onChange={(minutes) => set(at, { to: minutes })}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('hours.removePeriod', { day: label })}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      {value.length < 12 && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={t('hours.addPeriod', { day: label })}
          onClick={() => onChange([...value, nextPeriod(value)])}
        />
      )}
      {fault && (
        <span className="yd-period-fault" role="alert">
          {t(`problems:faults.${fault}`)}
        </span>
      )}
    </div>
  );
}
