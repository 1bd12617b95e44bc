import { CalendarOutlined } from '@ant-design/icons';
import type { Period } from '@yingda/contract';
import { Button, Form } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../lib/language.ts';
import { Menu } from '../../../ui/menu.tsx';
import { toast } from '../../../ui/toast.tsx';
import { chineseCalendar, readChineseDays, withHolidays, years } from './holidays.ts';
import type { HolidayCalendar } from './holidays.ts';
import { readIcs } from './ics.ts';
import type { Special } from './special-days-field.tsx';

const today = (): string => new Date().toISOString().slice(0, 10);
const thisYear = (): number => Number(today().slice(0, 4));

function readFile(name: string, text: string): Promise<HolidayCalendar> {
  if (name.toLowerCase().endsWith('.json')) {
    return Promise.resolve(readChineseDays(JSON.parse(text), currentLanguage()));
  }
  return readIcs(text, today());
}

/** Fills special days in: from the official calendar of China, or from a calendar file. */
export function AddHolidays({
  days,
  onChange,
}: {
  days: readonly Special[];
  onChange: (days: Special[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const [known, setKnown] = useState<number[]>([]);
  const picker = useRef<HTMLInputElement>(null);
  const week = Form.useWatch<Period[][] | undefined>('week') ?? [];
  // What is worked on a made-up day: as on the first weekday that has hours.
  const workPeriods = week.find((periods) => periods.length > 0) ?? [{ from: 540, to: 1080 }];

  const put = (calendar: HolidayCalendar, year: number | null): void => {
    const next = withHolidays(days, calendar, { year, from: today(), workPeriods });
    const count = year === null ? next.length - days.length : undefined;
    onChange(next);
    toast.success(
      year === null ? t('hours.holidaysRead', { count }) : t('hours.holidaysAdded', { year }),
    );
  };
  const add = async (key: string): Promise<void> => {
    if (key === 'file') picker.current?.click();
    else put(await chineseCalendar(currentLanguage()), Number(key));
  };
  const read = async (file: File): Promise<void> => {
    try {
      put(await readFile(file.name, await file.text()), null);
    } catch {
      toast.error(t('hours.calendarUnreadable', { name: file.name }));
    }
  };
  const learn = async (): Promise<void> => {
    if (known.length > 0) return;
    const all = years(await chineseCalendar(currentLanguage()));
    setKnown(all.filter((year) => year >= thisYear()));
  };
  return (
    <>
      <Menu
        items={[
          { heading: t('hours.chinaHolidays') },
          ...known.map((year) => ({ key: String(year), label: t('hours.yearOf', { year }) })),
          ...(known.includes(thisYear() + 1)
            ? []
            : [
                {
                  key: 'later',
                  label: t('hours.yearNotYet', { year: thisYear() + 1 }),
                  disabled: true,
                },
              ]),
          'rule' as const,
          { key: 'file', label: t('hours.calendarFile') },
        ]}
        onChoose={(key) => void add(key)}
      >
        <Button
          type="dashed"
          icon={<CalendarOutlined />}
          onFocus={() => void learn()}
          onMouseEnter={() => void learn()}
        >
          {t('hours.addHolidays')}
        </Button>
      </Menu>
      <input
        ref={picker}
        type="file"
        accept=".ics,.json,text/calendar"
        hidden
        aria-label={t('hours.calendarFile')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void read(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
