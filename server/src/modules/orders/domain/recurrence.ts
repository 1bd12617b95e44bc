import type { Recurrence } from '@yingda/contract';

const DAY_MS = 86_400_000;

/** `2026-01-31` and a number of months: the same day, or the last one of a shorter month. */
function monthsLater(day: Date, months: number): Date {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day.getUTCDate(), last)));
}

/** The dates of a recurrence, each counted from the first: `2026-01-31`, `2026-02-28`, `2026-03-31` … */
export function dateOf({ every, interval, from }: Recurrence, index: number): string {
  const first = new Date(`${from}T00:00:00Z`);
  const count = index * interval;
  const day =
    every === 'month'
      ? monthsLater(first, count)
      : new Date(first.getTime() + count * (every === 'week' ? 7 : 1) * DAY_MS);
  return day.toISOString().slice(0, 10);
}

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

/**
 * The first time of a recurrence after `now`; `instantOf` says when a local date and minute is. Found by halving, as the
 * first day may lie years back.
 */
export function nextOccurrence(
  recurrence: Recurrence,
  now: number,
  instantOf: (date: string, minute: number) => number,
): number {
  const minute = minuteOf(recurrence.at);
  const at = (index: number) => instantOf(dateOf(recurrence, index), minute);
  if (at(0) > now) return at(0);
  let [past, future] = [0, 1];
  while (at(future) <= now) [past, future] = [future, future * 2];
  while (future - past > 1) {
    const middle = Math.floor((past + future) / 2);
    if (at(middle) <= now) past = middle;
    else future = middle;
  }
  return at(future);
}
