import type { ScheduleRhythm } from '@yingda/contract';
import { clockChangeBetween } from '../../../kernel/local-time.ts';
import { zoneClock } from '../../../kernel/zone-clock.ts';

export type Rhythm = {
  rhythm: ScheduleRhythm;
  /** Weekly: 1 Monday to 7 Sunday. Monthly: the day, cut at the last one of the month. */
  day: number;
  /** Minutes since local midnight. */
  minute: number;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longer than any month. */
const MOST_DAYS = 63;

/**
 * The instant at which the local clock reads this minute of this day (counted from 1970): the first of two where the
 * clock is put back, and the moment of the change where it skips the minute.
 */
function instantOf(zone: string, day: number, minute: number): number {
  const reading = day * DAY_MS + minute * MINUTE_MS;
  const clock = zoneClock(zone);
  const [before, after] = [clock.offsetAt(reading - DAY_MS), clock.offsetAt(reading + DAY_MS)];
  const fits = [reading - before, reading - after]
    .toSorted((a, b) => a - b)
    .find((at) => at + clock.offsetAt(at) === reading);
  return fits ?? clockChangeBetween(zone, reading - DAY_MS, reading + DAY_MS) ?? reading - before;
}

function isDay({ rhythm, day }: Rhythm, at: number): boolean {
  if (rhythm === 'daily') return true;
  const date = new Date(at * DAY_MS);
  if (rhythm === 'weekly') return (date.getUTCDay() + 6) % 7 === day - 1;
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.getUTCDate() === Math.min(day, last);
}

/** When it is due next, after the instant `after` (epoch milliseconds), by the clocks of the zone. */
export function nextDue(rhythm: Rhythm, zone: string, after: number): number {
  const today = Math.floor((after + zoneClock(zone).offsetAt(after)) / DAY_MS);
  for (let day = today; day < today + MOST_DAYS; day++) {
    if (!isDay(rhythm, day)) continue;
    const due = instantOf(zone, day, rhythm.minute);
    if (due > after) return due;
  }
  throw new Error(`no day for ${rhythm.rhythm} ${rhythm.day}`);
}

/** The local date of an instant, `2026-11-23`. */
export function localDate(zone: string, at: number): string {
  return new Date(at + zoneClock(zone).offsetAt(at)).toISOString().slice(0, 10);
}

/** The local clock's reading, `2026-11-23 09:30`. */
export function localTime(zone: string, at: number): string {
  return new Date(at + zoneClock(zone).offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');
}

/** With the distance to UTC, for programs: `2026-11-23T09:30+08:00`. */
export function localStamp(zone: string, at: number): string {
  const offset = zoneClock(zone).offsetAt(at);
  const minutes = Math.abs(Math.round(offset / MINUTE_MS));
  const two = (n: number) => String(n).padStart(2, '0');
  const distance = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${localTime(zone, at).replace(' ', 'T')}${distance}`;
}
