import type { Planned } from './plan.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Shanghai's clock, which knows no summer time. */
const ZONE = 8 * HOUR;
const OPEN = 9;
const SHUT = 20;

const startOfDay = (ms: number): number => Math.floor((ms + ZONE) / DAY) * DAY - ZONE;

export function recordedAt(recorded: Planned['recorded'], now: number): number {
  if ('minutesAgo' in recorded) return now - recorded.minutesAgo * MINUTE;
  const [days, hour, minute] = recorded;
  return startOfDay(now) - days * DAY + hour * HOUR + minute * MINUTE;
}

/** The same or, at night, a while after the shop opens. */
function awake(ms: number, place: number): number {
  const start = startOfDay(ms);
  const hour = (ms - start) / HOUR;
  const late = (5 + ((place * 7) % 40)) * MINUTE;
  if (hour < OPEN) return start + OPEN * HOUR + late;
  return hour < SHUT ? ms : start + DAY + OPEN * HOUR + late;
}

/**
 * When each step begins: the first when the order was recorded, the others so many hours (by the clock on the wall)
 * after the one before, by day, and none later than now. `place` makes orders differ.
 */
export function timesOf(
  first: number,
  hours: readonly number[],
  { now, place }: { now: number; place: number },
): Date[] {
  const times = [first];
  hours.forEach((gap, index) => {
    const before = times.at(-1) ?? first;
    const varied = gap * (0.8 + (((place + index) * 13) % 9) / 20);
    // Steps at once follow each other at once; what takes a day goes on by day.
    const wanted = gap < 1 ? before + varied * HOUR : awake(before + varied * HOUR, place + index);
    const rest = hours.length - index;
    times.push(wanted < now ? wanted : before + (now - before) / (rest + 1));
  });
  return times.map((ms) => new Date(ms));
}
