import type { ReportPeriod } from '@yingda/contract';
import { daysIn } from './steps.ts';

const DAY_MS = 86_400_000;
const FIRST = '1900-01-01';
const LAST = '2199-12-31';
const MOST_DAYS = 30 * 366;

/** The date so many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether a date is one that figures can be of. */
export function isUsableDay(day: string): boolean {
  return day >= FIRST && day <= LAST;
}

/** Whether an instant is one that figures can be of. */
export function isUsableInstant(at: string): boolean {
  return isUsableDay(at.slice(0, 10));
}

/** Whether a report can be of this period: not reversed, of 30 years at most, in the centuries of telephones. */
export function isUsablePeriod(period: ReportPeriod): boolean {
  if (!isUsableDay(period.from) || !isUsableDay(period.to)) return false;
  const days = daysIn(period);
  return days >= 1 && days <= MOST_DAYS;
}
