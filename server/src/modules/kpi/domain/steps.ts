import type { ReportPeriod, ReportStep } from '@yingda/contract';
import { zoneClock } from '../../../kernel/zone-clock.ts';

export const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;

const dates = new Map<number, string>();

/** `2026-11-23` of a number of days since 1970. */
function dateText(day: number): string {
  const known = dates.get(day);
  if (known) return known;
  const made = new Date(day * DAY_MS).toISOString().slice(0, 10);
  dates.set(day, made);
  return made;
}

const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** Days that a period lasts, both of its dates included. */
export const daysIn = ({ from, to }: ReportPeriod): number => dayNumber(to) - dayNumber(from) + 1;

/** Start of the half hour of the local clock in which an instant falls, in epoch milliseconds. */
export function stepOf(zone: string, at: number): number {
  const offset = zoneClock(zone).offsetAt(at);
  return Math.floor((at + offset) / HALF_HOUR_MS) * HALF_HOUR_MS - offset;
}

/** Local date of an instant. */
export function dayOf(zone: string, at: number): string {
  return dateText(Math.floor((at + zoneClock(zone).offsetAt(at)) / DAY_MS));
}

/** First instant of a local day; where the clock change skips midnight, the change. */
function startOfDay(zone: string, day: number): number {
  const { offsetAt } = zoneClock(zone);
  const reading = day * DAY_MS;
  const early = reading - offsetAt(reading - DAY_MS);
  const late = reading - offsetAt(reading + DAY_MS);
  if (early === late) return early;
  // Midnight as the clock reads it before the change, else after it, else (skipped) the change itself.
  if (offsetAt(early) === reading - early) return early;
  if (offsetAt(late) === reading - late) return late;
  let [before, after] = [late, early];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle) < reading) before = middle;
    else after = middle;
  }
  return after;
}

/** First instant of a local date, in epoch milliseconds. */
export const startOf = (zone: string, date: string): number => startOfDay(zone, dayNumber(date));

/** Whether a longer step begins on this day. */
function begins(step: ReportStep, day: number): boolean {
  const date = new Date(day * DAY_MS);
  const isFirst = date.getUTCDate() === 1;
  if (step === 'week') return date.getUTCDay() === 1;
  if (step === 'month') return isFirst;
  if (step === 'quarter') return isFirst && date.getUTCMonth() % 3 === 0;
  return isFirst && date.getUTCMonth() === 0;
}

function* halfHours(zone: string, from: number, end: number): Generator<number> {
  let at = from;
  while (at < end) {
    yield at;
    const next = stepOf(zone, at + HALF_HOUR_MS);
    at = next > at ? next : at + HALF_HOUR_MS;
  }
}

function hourStarts(zone: string, from: number, end: number): number[] {
  const HOUR_MS = 2 * HALF_HOUR_MS;
  const { offsetAt } = zoneClock(zone);
  let hour = -1;
  return [...halfHours(zone, from, end)].filter((at) => {
    const reading = at + offsetAt(at);
    const own = Math.floor(reading / HOUR_MS);
    // An hour that the clock reads twice is two hours.
    const isNew = own !== hour || reading % HOUR_MS === 0;
    hour = own;
    return isNew;
  });
}

/**
 * Begin of each step of a period and the end of the last, in epoch milliseconds. The first step begins with the
 * period, even in mid-week; weeks begin on Monday. A day with a clock change has 23 or 25 hours.
 */
export function stepsBetween(
  zone: string,
  { from, to }: ReportPeriod,
  step: ReportStep,
): { starts: number[]; end: number } {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const [start, end] = [startOfDay(zone, first), startOfDay(zone, last + 1)];
  if (step === 'half_hour') return { starts: [...halfHours(zone, start, end)], end };
  if (step === 'hour') return { starts: hourStarts(zone, start, end), end };
  const starts: number[] = [];
  for (let day = first; day <= last; day += 1) {
    if (day === first || step === 'day' || begins(step, day)) starts.push(startOfDay(zone, day));
  }
  return { starts, end };
}

const monthOf = (day: number): number => {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
/** Days since 1970 of the first of a month counted from year 0. */
const firstOf = (month: number): number =>
  Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);

/** Number of whole months of the calendar that a period is; 0 when it is none. */
function wholeMonths(first: number, last: number): number {
  const [from, until] = [monthOf(first), monthOf(last + 1)];
  return first === firstOf(from) && last + 1 === firstOf(until) ? until - from : 0;
}

/** The period before: as many whole months before whole months, else as many days. */
export function previousPeriod({ from, to }: ReportPeriod): ReportPeriod {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const months = wholeMonths(first, last);
  const before = months > 0 ? firstOf(monthOf(first) - months) : first - (last - first + 1);
  return { from: dateText(before), to: dateText(first - 1) };
}

/** The same date a year before; of 29 February the day before. */
function yearBefore(day: number): number {
  const date = new Date(day * DAY_MS);
  const month = monthOf(day) - 12;
  return Math.min(firstOf(month) + date.getUTCDate() - 1, firstOf(month + 1) - 1);
}

/** The same period last year: whole weeks 52 weeks before, so that weekdays meet; else the same dates. */
export function sameLastYear({ from, to }: ReportPeriod): ReportPeriod {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const months = wholeMonths(first, last);
  if (months > 0) {
    const start = monthOf(first) - 12;
    return { from: dateText(firstOf(start)), to: dateText(firstOf(start + months) - 1) };
  }
  if (begins('week', first) && (last - first + 1) % 7 === 0) {
    return { from: dateText(first - 364), to: dateText(last - 364) };
  }
  return { from: dateText(yearBefore(first)), to: dateText(yearBefore(last)) };
}
