import type { Period } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../lib/language.ts';
import { PeriodsField } from './periods-field.tsx';

type Week = readonly (readonly Period[])[];
const work: Period = { from: 540, to: 1080 };
const presets: Record<'workdays' | 'everyDay' | 'always', (day: number) => Period[]> = {
  workdays: (day) => (day < 5 ? [work] : []),
  everyDay: () => [{ from: 540, to: 1260 }],
  always: () => [{ from: 0, to: 1440 }],
};
const presetNames = ['workdays', 'everyDay', 'always'] as const;

/** Names of the days, Monday first; 5 January 1970 was a Monday. */
function dayNames(): string[] {
  const format = new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(1970, 0, 5 + day))));
}

/** A week of opening hours, several periods a day. A field of a form. */
export function WeekField({
  value = [],
  onChange,
}: {
  value?: Week;
  onChange?: (value: Period[][]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const week = Array.from({ length: 7 }, (_, day) => [...(value[day] ?? [])]);
  const set = (day: number, periods: Period[]): void =>
    onChange?.(week.map((old, index) => (index === day ? periods : old)));
  const monday = week[0] ?? [];
  return (
    <div className="yd-week">
      <div className="yd-tags">
        {presetNames.map((name) => (
          <Button
            key={name}
            size="small"
            onClick={() => onChange?.(week.map((_, day) => presets[name](day)))}
          >
            {t(`hours.preset.${name}`)}
          </Button>
        ))}
        <Button
          size="small"
          disabled={monday.length === 0}
          onClick={() =>
            onChange?.(week.map((old, day) => (day < 5 ? monday.map((one) => ({ ...one })) : old)))
          }
        >
          {t('hours.copyMonday')}
        </Button>
      </div>
      {dayNames().map((name, day) => (
        <div key={name} className="yd-day">
          <span>{name}</span>
          <PeriodsField
            label={name}
            value={week[day] ?? []}
            onChange={(periods) => set(day, periods)}
          />
        </div>
      ))}
    </div>
  );
}
