import { zoneClock } from '../../../kernel/zone-clock.ts';
import type { Hours } from './opening-hours.ts';

/**
 * A calendar as arithmetic sees it: on which stretches of time somebody works. Made once from `Hours` and kept, as it
 * remembers what it has worked out. All times are epoch milliseconds.
 */
export type WorkingCalendar = {
  /** The instant at which `ms` (≥ 0) of working time have passed since `from`; null when that never comes. */
  add(from: number, ms: number): number | null;
  /** Working time from one instant to another; negative when the second is the earlier one. */
  between(from: number, to: number): number;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days whose stretches are worked out together. */
const BLOCK_DAYS = 32;
const BLOCK_MS = BLOCK_DAYS * DAY_MS;
/** Nobody has a deadline further away; a calendar without working days must not be searched for ever. */
const HORIZON_MS = 60 * 366 * DAY_MS;
/** No zone changes its clocks and takes that back within so long. */
const LOOK_MS = DAY_MS / 4;

/** Stretches `[from, to)` in order and apart from each other, flat: from, to, from, to … and their sum. */
type Block = { edges: number[]; total: number };
type Minutes = { from: number; to: number };

const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

function minutesByDay({ week, specialDays }: Hours): (day: number) => readonly Minutes[] {
  const inOrder = (periods: readonly Minutes[]) => periods.toSorted((a, b) => a.from - b.from);
  const usual = week.map(inOrder);
  const special = new Map(
    specialDays.map(({ date, periods }) => [
      Date.parse(`${date}T00:00:00Z`) / DAY_MS,
      inOrder(periods),
    ]),
  );
  return (day) => special.get(day) ?? usual[weekdayOf(day)] ?? [];
}

/**
 * The part of a stretch of local time that lies where the clock shows one offset. A clock set forward makes hours that
 * do not exist: they are worked by nobody. One set back makes hours that pass twice: they are worked twice.
 */
function addStretch(edges: number[], from: number, to: number): void {
  if (from >= to) return;
  const last = edges.length - 1;
  if (last > 0 && (edges[last] ?? 0) === from) edges[last] = to;
  else edges.push(from, to);
}

/** Where the offset changes between two instants, in order: [until, offset] pairs that cover them. */
function offsetsBetween(offsetAt: (at: number) => number, from: number, to: number) {
  const parts: { until: number; offset: number }[] = [];
  let offset = offsetAt(from);
  for (let at = from; at < to; at += LOOK_MS) {
    const end = Math.min(at + LOOK_MS, to);
    const next = offsetAt(end - 1);
    if (next === offset) continue;
    let [same, changed] = [at, end - 1];
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (offsetAt(middle) === offset) same = middle;
      else changed = middle;
    }
    parts.push({ until: changed, offset });
    offset = next;
  }
  parts.push({ until: to, offset });
  return parts;
}

function blockOf(
  minutesOf: (day: number) => readonly Minutes[],
  offsetAt: (at: number) => number,
  index: number,
): Block {
  const [start, end] = [index * BLOCK_MS, (index + 1) * BLOCK_MS];
  const edges: number[] = [];
  let from = start;
  for (const { until, offset } of offsetsBetween(offsetAt, start, end)) {
    const [firstDay, lastDay] = [
      Math.floor((from + offset) / DAY_MS),
      Math.floor((until - 1 + offset) / DAY_MS),
    ];
    for (let day = firstDay; day <= lastDay; day++) {
      const midnight = day * DAY_MS - offset;
      for (const period of minutesOf(day)) {
        addStretch(
          edges,
          Math.max(from, midnight + period.from * MINUTE_MS),
          Math.min(until, midnight + period.to * MINUTE_MS),
        );
      }
    }
    from = until;
  }
  let total = 0;
  for (let at = 0; at < edges.length; at += 2) total += (edges[at + 1] ?? 0) - (edges[at] ?? 0);
  return { edges, total };
}

/** Working time of a block before an instant. */
function elapsed({ edges }: Block, until: number): number {
  let sum = 0;
  for (let at = 0; at < edges.length; at += 2) {
    const [from = 0, to = 0] = [edges[at], edges[at + 1]];
    if (from >= until) break;
    sum += Math.min(to, until) - from;
  }
  return sum;
}

/** The first instant of a block by which it has seen `ms` of working time. */
function instantOf({ edges }: Block, ms: number): number {
  let rest = ms;
  for (let at = 0; at < edges.length; at += 2) {
    const [from = 0, to = 0] = [edges[at], edges[at + 1]];
    if (rest <= to - from) return from + rest;
    rest -= to - from;
  }
  throw new Error('the block holds less');
}

/** Makes the arithmetic of a calendar. Throws a RangeError for a zone nobody knows. */
export function workingCalendar(hours: Hours): WorkingCalendar {
  const { offsetAt } = zoneClock(hours.timeZone);
  const minutesOf = minutesByDay(hours);
  const blocks = new Map<number, Block>();
  const block = (index: number): Block => {
    const known = blocks.get(index);
    if (known) return known;
    const made = blockOf(minutesOf, offsetAt, index);
    blocks.set(index, made);
    return made;
  };
  const indexOf = (at: number): number => Math.floor(at / BLOCK_MS);
  const forward = (from: number, to: number): number => {
    const [first, last] = [indexOf(from), indexOf(to)];
    let sum = -elapsed(block(first), from);
    for (let index = first; index < last; index++) sum += block(index).total;
    return sum + elapsed(block(last), to);
  };
  return {
    between: (from, to) => (from <= to ? forward(from, to) : 0 - forward(to, from)),
    add(from, ms) {
      if (ms <= 0) return from;
      const last = indexOf(from + HORIZON_MS);
      let rest = ms + elapsed(block(indexOf(from)), from);
      for (let index = indexOf(from); index <= last; index++) {
        const { total } = block(index);
        if (rest <= total) return instantOf(block(index), rest);
        rest -= total;
      }
      return null;
    },
  };
}

/** A deadline that can stand still: what is left, and since when it runs (null: it is paused). */
export type Clock = { leftMs: number; runningSince: number | null };

export const startClock = (leftMs: number, now: number): Clock => ({ leftMs, runningSince: now });

/** What is left at an instant; negative once it is late. */
export function leftAt(calendar: WorkingCalendar, clock: Clock, now: number): number {
  const { leftMs, runningSince } = clock;
  return runningSince === null ? leftMs : leftMs - calendar.between(runningSince, now);
}

/** The clock stands still; it keeps what is left. A paused one stays as it is. */
export function pauseClock(calendar: WorkingCalendar, clock: Clock, now: number): Clock {
  return { leftMs: leftAt(calendar, clock, now), runningSince: null };
}

/** The clock goes on with what was left. A running one stays as it is. */
export function resumeClock(clock: Clock, now: number): Clock {
  return clock.runningSince === null ? { ...clock, runningSince: now } : clock;
}

/** When a running clock is due; null for a paused one, or when its calendar never gets there. */
export function dueAt(calendar: WorkingCalendar, { leftMs, runningSince }: Clock): number | null {
  return runningSince === null ? null : calendar.add(runningSince, leftMs);
}
