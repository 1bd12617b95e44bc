import { clockChangeBetween, offsetAt } from './local-time.ts';

/** No zone has changed its clocks twice in a week since 1995, nor is one known that will. */
const WEEK_MS = 7 * 86_400_000;

/** Offsets of one zone, remembered by week of UTC: asking the runtime costs a thousand times as much. */
export type ZoneClock = {
  /** How far the local clock is ahead of UTC at an instant, in milliseconds. */
  offsetAt(at: number): number;
};

/** A week of UTC: the offset before and from `change` on; without a change in it, `change` is its end. */
type OffsetWeek = { week: number; change: number; before: number; after: number };

const clocks = new Map<string, ZoneClock>();

function offsetWeek(zone: string, week: number): OffsetWeek {
  const [from, to] = [week * WEEK_MS, (week + 1) * WEEK_MS];
  const before = offsetAt(zone, from);
  const change = clockChangeBetween(zone, from, to);
  return change === null
    ? { week, change: to, before, after: before }
    : { week, change, before, after: offsetAt(zone, to) };
}

function newClock(zone: string): ZoneClock {
  const weeks = new Map<number, OffsetWeek>();
  let last = offsetWeek(zone, 0);
  return {
    offsetAt(at) {
      const week = Math.floor(at / WEEK_MS);
      if (week !== last.week) {
        let found = weeks.get(week);
        if (!found) {
          found = offsetWeek(zone, week);
          weeks.set(week, found);
        }
        last = found;
      }
      return at < last.change ? last.before : last.after;
    },
  };
}

/** The clock of an IANA zone, the same one each time. Throws a RangeError for a zone the runtime does not know. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) return known;
  const made = newClock(zone);
  clocks.set(zone, made);
  return made;
}
