import type { Fault, Period } from '@yingda/contract';
import { clockChangeBetween, isTimeZone, localTime, offsetAt } from '../../../kernel/local-time.ts';

/** When somebody is there. Periods are minutes since local midnight, `to` exclusive. */
export type Hours = {
  timeZone: string;
  /** Seven lists, Monday first. */
  week: Period[][];
  /** Days (`2026-10-01`) that differ from their weekday: no periods for a holiday, some for a make-up working day. */
  specialDays: { date: string; name: string; periods: Period[] }[];
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A week, and a day for the zones. */
const WEEK_DAYS = 8;
const WINDOW_DAYS = 4;
/** Nobody plans further, and a calendar that never changes must not be searched for ever. */
const HORIZON_DAYS = 1_100;

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

function periodsOf({ week, specialDays }: Hours, day: number): Period[] {
  const date = dateOf(day);
  const special = specialDays.find((one) => one.date === date);
  return special?.periods ?? week[weekdayOf(day)] ?? [];
}

/** Whether it is open at an instant. A period to 1440 lasts to midnight; the next day's may go on from there. */
export function isOpen(hours: Hours, at: Date): boolean {
  return isOpenAt(hours, at.getTime());
}

function isOpenAt(hours: Hours, at: number): boolean {
  const { day, minute } = localTime(hours.timeZone, at);
  return periodsOf(hours, day).some(({ from, to }) => from <= minute && minute < to);
}

/**
 * Every instant around a local day at which it might open or close: the ends of its periods by each offset the day
 * has (twice where the clock was set back), and the clock change itself.
 */
function candidatesOf(hours: Hours, day: number): number[] {
  const { timeZone } = hours;
  const roughly = day * DAY_MS - offsetAt(timeZone, day * DAY_MS);
  const [before, after] = [roughly - DAY_MS / 4, roughly + 1.25 * DAY_MS];
  const offsets = new Set([offsetAt(timeZone, before), offsetAt(timeZone, after)]);
  const edges = periodsOf(hours, day).flatMap(({ from, to }) => [from, to]);
  const instants = [...offsets].flatMap((offset) =>
    edges.map((minute) => day * DAY_MS + minute * MINUTE_MS - offset),
  );
  const change = clockChangeBetween(timeZone, before, after);
  return change === null ? instants : [...instants, change];
}

/** The instants of `WINDOW_DAYS` from a UTC day on at which it might open or close, in order. */
function candidatesWithin(hours: Hours, firstDay: number): number[] {
  const [start, end] = [firstDay * DAY_MS, (firstDay + WINDOW_DAYS) * DAY_MS];
  const instants: number[] = [];
  // Local days are up to 26 hours away from those of UTC.
  for (let day = firstDay - 2; day <= firstDay + WINDOW_DAYS + 1; day++) {
    instants.push(...candidatesOf(hours, day));
  }
  return instants
    .filter((instant) => start <= instant && instant < end)
    .sort((one, other) => one - other);
}

/** The first instant after `at` from which `isOpen` is different; null when none is in sight (three years). */
export function nextChange(hours: Hours, at: Date): Date | null {
  const start = at.getTime();
  const open = isOpenAt(hours, start);
  const today = Math.floor(start / DAY_MS);
  const last = Math.max(today, ...hours.specialDays.map(({ date }) => dayNumber(date)));
  const end = Math.min(last, today + HORIZON_DAYS) + WEEK_DAYS;
  for (let day = today; day <= end; day += WINDOW_DAYS) {
    const found = candidatesWithin(hours, day).find(
      (instant) => instant > start && isOpenAt(hours, instant) !== open,
    );
    if (found !== undefined) return new Date(found);
  }
  return null;
}

function periodFaults(periods: Period[], path: string): Fault[] {
  const faults = periods.flatMap(({ from, to }, index) =>
    from < to ? [] : [{ path: `${path}.${index}`, kind: 'period_order' }],
  );
  const sorted = periods.toSorted((one, other) => one.from - other.from);
  const overlap = sorted.some(({ from }, index) => from < (sorted[index - 1]?.to ?? 0));
  return overlap ? [...faults, { path, kind: 'period_overlap' }] : faults;
}

/** What is wrong with a calendar; empty when nothing is. */
export function hoursFaults({ timeZone, week, specialDays }: Hours): Fault[] {
  const faults: Fault[] = isTimeZone(timeZone)
    ? []
    : [{ path: 'timeZone', kind: 'time_zone_unknown' }];
  week.forEach((periods, day) => faults.push(...periodFaults(periods, `week.${day}`)));
  const seen = new Set<string>();
  specialDays.forEach(({ date, periods }, index) => {
    if (seen.has(date)) faults.push({ path: `specialDays.${index}.date`, kind: 'date_twice' });
    seen.add(date);
    faults.push(...periodFaults(periods, `specialDays.${index}.periods`));
  });
  return faults;
}
