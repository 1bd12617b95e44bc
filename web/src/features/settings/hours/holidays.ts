import type { Period } from '@yingda/contract';
import type { Special } from './special-days-field.tsx';

/** Days off and days made up for them, as published; what is worked on the latter is the organisation's choice. */
export interface HolidayCalendar {
  off: ReadonlyMap<string, string>;
  work: ReadonlyMap<string, string>;
}

export const years = ({ off }: HolidayCalendar): number[] =>
  [...new Set([...off.keys()].map((date) => Number(date.slice(0, 4))))].toSorted((a, b) => a - b);

type Named = Record<string, string>;

/** Names come as `National Day,国庆节,3`. */
const namedBy = (days: Named, language: string): Map<string, string> =>
  new Map(
    Object.entries(days).map(([date, names]) => {
      const [english = '', chinese = ''] = names.split(',');
      return [date, language === 'en' ? english : chinese];
    }),
  );

/** The official calendar of China with its make-up working days (调休), as the package `chinese-days` keeps it. */
export async function chineseCalendar(language: string): Promise<HolidayCalendar> {
  const { default: data } = await import('chinese-days/dist/chinese-days.json');
  return readChineseDays(data, language);
}

/** The same from a newer file of that package: the State Council publishes the next year in November. */
export function readChineseDays(
  data: { holidays: Named; workdays: Named },
  language: string,
): HolidayCalendar {
  return { off: namedBy(data.holidays, language), work: namedBy(data.workdays, language) };
}

/**
 * The days of a calendar (of one year, or all) put into a list of special days: those there already keep their place
 * and take the calendar's word. Make-up days get `workPeriods`. Days before `from` stay as they are: clocks and reports
 * of the past have reckoned with them.
 */
export function withHolidays(
  days: readonly Special[],
  { off, work }: HolidayCalendar,
  { year, from, workPeriods }: { year: number | null; from: string; workPeriods: Period[] },
): Special[] {
  const wanted = (date: string): boolean =>
    date >= from && (year === null || date.startsWith(`${year}-`));
  const byDate = new Map(days.map((day) => [day.date, day]));
  for (const [date, name] of off) {
    if (wanted(date)) byDate.set(date, { date, name: name.slice(0, 80), periods: [] });
  }
  for (const [date, name] of work) {
    if (wanted(date)) byDate.set(date, { date, name: name.slice(0, 80), periods: workPeriods });
  }
  return [...byDate.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}
