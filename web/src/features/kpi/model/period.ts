import type { ReportPeriod, ReportStep } from '@yingda/contract';
import { addDays } from '../../../lib/zone.ts';

const dayMs = 86_400_000;

/** Dates are counted as days of UTC: no clock change can make one of them 23 hours long. */
const epochOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (epoch: number): string => new Date(epoch).toISOString().slice(0, 10);

/** Days of the period, both ends included. */
export const daysIn = ({ from, to }: ReportPeriod): number =>
  Math.round((epochOf(to) - epochOf(from)) / dayMs) + 1;

/** First day of the month `months` after the one of the date. */
function monthStart(date: string, months = 0): string {
  const at = new Date(epochOf(date));
  return dateOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}

const untilBefore = (from: string, next: string): ReportPeriod => ({ from, to: addDays(next, -1) });

const isMonthStart = (date: string): boolean => date.endsWith('-01');

/** Whole months when the period is made of whole months, else 0. */
function wholeMonths({ from, to }: ReportPeriod): number {
  const next = addDays(to, 1);
  if (!isMonthStart(from) || !isMonthStart(next)) return 0;
  const [a, b] = [new Date(epochOf(from)), new Date(epochOf(next))];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** The period of the same length before (`-1`) or after (`1`); whole months move by whole months. */
export function shifted(period: ReportPeriod, by: 1 | -1): ReportPeriod {
  const months = wholeMonths(period);
  if (months > 0) {
    const from = monthStart(period.from, by * months);
    return untilBefore(from, monthStart(from, months));
  }
  const days = daysIn(period) * by;
  return { from: addDays(period.from, days), to: addDays(period.to, days) };
}

const perDay: Record<ReportStep, number> = {
  half_hour: 48,
  hour: 24,
  day: 1,
  week: 1 / 7,
  month: 1 / 30,
  quarter: 1 / 91,
  year: 1 / 365,
};
/** More points than this no chart shows and no table is read through. */
export const maxSteps = 1500;

/** Roughly how many steps a period has. */
export const stepsIn = (period: ReportPeriod, step: ReportStep): number =>
  Math.ceil(daysIn(period) * perDay[step]);

/** The step that gives a chart some ten to some forty points. */
export function usualStep(period: ReportPeriod): ReportStep {
  const days = daysIn(period);
  if (days <= 1) return 'half_hour';
  if (days <= 3) return 'hour';
  if (days <= 45) return 'day';
  if (days <= 190) return 'week';
  return days <= 1100 ? 'month' : 'quarter';
}

/** A date that exists, as the address gives it. */
export function asDate(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const epoch = epochOf(value);
  return Number.isNaN(epoch) || dateOf(epoch) !== value ? undefined : value;
}
