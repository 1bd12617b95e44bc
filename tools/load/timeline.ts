import type { Random } from './random.ts';

const HOUR = 3_600_000;
/** The centre lives in Shanghai: eight hours before UTC, without daylight saving. */
const ZONE = 8 * HOUR;

/** How busy each hour of the day is, from midnight. */
const dayCurve = [
  2, 1, 1, 1, 1, 2, 4, 9, 22, 40, 46, 42, 30, 33, 40, 42, 40, 36, 28, 26, 27, 22, 12, 5,
];
/** From Sunday. */
const weekCurve = [0.7, 1.1, 1.05, 1, 1, 1.05, 0.8];

function weightOf(at: number, progress: number): number {
  const local = new Date(at + ZONE);
  const day = weekCurve[local.getUTCDay()] ?? 1;
  const hour = dayCurve[local.getUTCHours()] ?? 1;
  // Twice as many at the end as at the beginning: the business grows.
  return day * hour * (1 + progress);
}

/**
 * `count` instants in order between two others (ms), as contacts arrive: by day, not by night, on weekdays more than
 * on Sundays, and a little more each month.
 */
export function* arrivals(
  count: number,
  { from, until }: { from: number; until: number },
  random: Random,
): Generator<number> {
  const hours = Math.ceil((until - from) / HOUR);
  const startOf = (hour: number): number => from + hour * HOUR;
  let total = 0;
  for (let hour = 0; hour < hours; hour += 1) total += weightOf(startOf(hour), hour / hours);
  let passed = 0;
  let made = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    passed += weightOf(startOf(hour), hour / hours);
    const due = hour === hours - 1 ? count : Math.floor((count * passed) / total);
    const length = Math.min(HOUR, until - startOf(hour));
    const here = due - made;
    for (let at = 0; at < here; at += 1)
      yield Math.floor(startOf(hour) + ((at + random.next()) / here) * length);
    made = due;
  }
}

/** The first instant of the month (UTC) that lies so many months before. */
export function monthsBefore(until: number, months: number): number {
  const date = new Date(until);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate());
}
