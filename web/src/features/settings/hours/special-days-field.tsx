import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Period } from '@yingda/contract';
import { Button, Input, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddHolidays } from './add-holidays.tsx';
import { PeriodsField } from './periods-field.tsx';

export interface Special {
  date: string;
  name: string;
  periods: Period[];
}

/** The day after the latest one, or today: what is likely entered next. */
function nextDate(days: readonly Special[]): string {
  const latest = days
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
  const after = latest ? new Date(`${latest}T00:00:00Z`) : new Date();
  if (latest) after.setUTCDate(after.getUTCDate() + 1);
  return after.toISOString().slice(0, 10);
}

function Row({
  day,
  onChange,
  onRemove,
}: {
  day: Special;
  onChange: (day: Special) => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const isOpen = day.periods.length > 0;
  return (
    <li className="yd-special">
      <Input
        type="date"
        className="yd-special-date"
        aria-label={t('hours.date')}
        value={day.date}
        onChange={(event) => onChange({ ...day, date: event.target.value })}
      />
      <Input
        className="yd-special-name"
        aria-label={t('hours.dayName')}
        placeholder={t('hours.dayNameExample')}
        maxLength={80}
        value={day.name}
        onChange={(event) => onChange({ ...day, name: event.target.value })}
      />
      <Segmented<'off' | 'on'>
        aria-label={t('hours.kind')}
        value={isOpen ? 'on' : 'off'}
        options={[
          { value: 'off', label: t('hours.dayOff') },
          { value: 'on', label: t('hours.workDay') },
        ]}
        onChange={(kind) =>
          onChange({ ...day, periods: kind === 'off' ? [] : [{ from: 540, to: 1080 }] })
        }
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('hours.removeDay', { day: day.name || day.date })}
        onClick={onRemove}
      />
      {isOpen && (
        <PeriodsField
          label={day.name || day.date}
          value={day.periods}
          onChange={(periods) => onChange({ ...day, periods })}
        />
      )}
    </li>
  );
}

/** Days that differ from their weekday: holidays, and working days made up for them. A field of a form. */
export function SpecialDaysField({
  value = [],
  onChange,
}: {
  value?: readonly Special[];
  onChange?: (value: Special[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <>
      <ul className="yd-specials">
        {value.map((day, at) => (
          // Days are edited in place; their date is no identity while it is being typed.
          // oxlint-disable-next-line react/no-array-index-key
          <Row
            key={at}
            day={day}
            onChange={(next) => onChange?.(value.map((old, index) => (index === at ? next : old)))}
            onRemove={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        ))}
      </ul>
      <div className="yd-special-deeds">
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => onChange?.([...value, { date: nextDate(value), name: '', periods: [] }])}
        >
          {t('hours.addDay')}
        </Button>
        <AddHolidays days={value} onChange={(days) => onChange?.(days)} />
      </div>
    </>
  );
}
