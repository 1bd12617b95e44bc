import type { StepClock } from '@yingda/contract';
import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { minutesOf, splitMinutes, units } from '../../model/duration.ts';
import type { Unit } from '../../model/duration.ts';

/** A span of time: a number and its unit, kept in minutes. */
export function SpanField({
  label,
  minutes,
  calendar,
  least,
  most,
  onChange,
}: {
  label: string;
  minutes: number;
  calendar: StepClock['calendar'];
  least: number;
  most: number;
  onChange: (minutes: number) => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  const split = splitMinutes(minutes, calendar);
  // 60 minutes that somebody types as minutes do not jump to one hour meanwhile.
  const [chosen, setChosen] = useState<Unit>(split.unit);
  const fits = minutes % minutesOf(chosen, calendar) === 0;
  const unit = fits ? chosen : split.unit;
  const each = minutesOf(unit, calendar);
  const set = (amount: number, next: Unit): void => {
    setChosen(next);
    const wanted = Math.round(amount) * minutesOf(next, calendar);
    onChange(Math.min(most, Math.max(least, wanted)));
  };
  return (
    <Space.Compact className="yd-flow-span">
      <InputNumber
        aria-label={label}
        min={Math.ceil(least / each)}
        max={Math.floor(most / each)}
        precision={0}
        controls={false}
        value={minutes / each}
        onChange={(amount) => {
          if (amount !== null) set(amount, unit);
        }}
      />
      <Select
        aria-label={`${label} ${t('unit.title')}`}
        popupMatchSelectWidth={false}
        value={unit}
        options={units.map((one) => ({
          value: one,
          label: t(`unit.${one === 'day' && calendar === 'flat' ? 'flatDay' : one}`),
        }))}
        onChange={(next: Unit) => set(minutes / each, next)}
      />
    </Space.Compact>
  );
}
