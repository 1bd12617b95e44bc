import { clockChangeBetween, offsetAt } from './local-time.ts';

const DAY_MS = 86_400_000;

/** Offsets of one zone, remembered by day of UTC: asking the runtime costs a thousand times as much. */
export type ZoneClock = {
  /** How far the local clock is ahead of UTC at an instant, in milliseconds. */
  offsetAt(at: number): number;
};

/** A day of UTC: the offset before and from `change` on; without a change in it, `change` is its end. */
type OffsetDay = { day: number; change: number; before: number; after: number };

const clocks = new Map<string, ZoneClock>();

function offsetDay(zone: string, day: number): OffsetDay {
  const [from, to] = [day * DAY_MS, (day + 1) * DAY_MS];
  const before = offsetAt(zone, from);
  const change = clockChangeBetween(zone, from, to);
  return change === null
    ? { day, change: to, before, after: before }
    : { day, change, before, after: offsetAt(zone, to) };
}

function newClock(zone: string): ZoneClock {
  const days = new Map<number, OffsetDay>();
  let last = offsetDay(zone, 0);
  return {
    offsetAt(at) {
      const day = Math.floor(at / DAY_MS);
      if (day !== last.day) {
        let found = days.get(day);
        if (!found) {
          found = offsetDay(zone, day);
          days.set(day, found);
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
