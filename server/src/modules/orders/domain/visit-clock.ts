import type { ClockState, Rung, StepClock } from '@yingda/contract';

/** Working time as clocks reckons it; epoch milliseconds. */
export type Calendar = {
  add(from: number, ms: number): number | null;
  between(from: number, to: number): number;
};
/** Hours of the day and night. */
export const flatCalendar: Calendar = {
  add: (from, ms) => from + Math.max(ms, 0),
  between: (from, to) => to - from,
};

/**
 * The clock of one stay in a step. `leftMs` of working time were left when it was set running at `runningSince` (null:
 * it stands still), `workedMs` had passed by then; `fired`: how many of its alarms, in their order, have been given.
 * Without `allowedMs` it only counts.
 */
export type VisitClock = {
  allowedMs: number | null;
  leftMs: number | null;
  runningSince: number | null;
  workedMs: number;
  fired: number;
  dueAt: number | null;
  state: ClockState;
};

/** A moment of a clock at which somebody is told. `offsetMs`: working time after the deadline, negative before it. */
export type StepAlarm = {
  offsetMs: number;
  kind: 'warned' | 'late' | 'escalated';
  /** Warnings and escalations are numbered from 1 in the order in which they come. */
  level: number;
  to: Rung[];
};

const MINUTE_MS = 60_000;

/** Warnings, the deadline itself, escalations: in the order in which they come. */
export function alarmsOf(clock: StepClock | null): StepAlarm[] {
  if (!clock) return [];
  const warnings = clock.warnings
    .toSorted((a, b) => b.minutes - a.minutes)
    .map(({ minutes, to }, index) => ({
      offsetMs: 0 - minutes * MINUTE_MS,
      kind: 'warned' as const,
      level: index + 1,
      to,
    }));
  const escalations = clock.escalations
    .toSorted((a, b) => a.minutes - b.minutes)
    .map(({ minutes, to }, index) => ({
      offsetMs: minutes * MINUTE_MS,
      kind: 'escalated' as const,
      level: index + 1,
      to,
    }));
  return [...warnings, { offsetMs: 0, kind: 'late', level: 0, to: [] }, ...escalations];
}

function running(alarms: readonly StepAlarm[], fired: number): ClockState {
  const given = alarms.slice(0, fired);
  if (given.some(({ kind }) => kind === 'late')) return 'late';
  return given.length > 0 ? 'warned' : 'running';
}

export function startVisit(clock: StepClock | null, calendar: Calendar, now: number): VisitClock {
  const allowedMs = clock ? clock.minutes * MINUTE_MS : null;
  return {
    allowedMs,
    leftMs: allowedMs,
    runningSince: now,
    workedMs: 0,
    fired: 0,
    dueAt: allowedMs === null ? null : calendar.add(now, allowedMs),
    state: clock ? 'running' : 'none',
  };
}

/** Working time of the stay until now. */
export function workedBy(visit: VisitClock, calendar: Calendar, now: number): number {
  const { runningSince, workedMs } = visit;
  return runningSince === null ? workedMs : workedMs + calendar.between(runningSince, now);
}

function still(visit: VisitClock, calendar: Calendar, now: number): VisitClock {
  if (visit.runningSince === null) return visit;
  const passed = calendar.between(visit.runningSince, now);
  return {
    ...visit,
    leftMs: visit.leftMs === null ? null : visit.leftMs - passed,
    workedMs: visit.workedMs + passed,
    runningSince: null,
  };
}

/** The clock stands still and keeps what is left. */
export function pauseVisit(visit: VisitClock, calendar: Calendar, now: number): VisitClock {
  return { ...still(visit, calendar, now), dueAt: null, state: 'paused' };
}

type Reckoning = { alarms: readonly StepAlarm[]; calendar: Calendar };

/** The clock goes on with what was left. */
export function resumeVisit(
  visit: VisitClock,
  { alarms, calendar }: Reckoning,
  now: number,
): VisitClock {
  const { leftMs, fired } = visit;
  return {
    ...visit,
    runningSince: now,
    dueAt: leftMs === null ? null : calendar.add(now, leftMs),
    state: leftMs === null ? 'none' : running(alarms, fired),
  };
}

/** The step is left: the deadline was met, or missed. `dueAt` stays as it was. */
export function endVisit(visit: VisitClock, calendar: Calendar, now: number): VisitClock {
  const { leftMs, dueAt } = visit;
  const ended = still(visit, calendar, now);
  if (leftMs === null) return { ...ended, state: 'none' };
  // By the deadline as it was told, so that what people saw and what is counted are the same.
  const late = dueAt === null ? (ended.leftMs ?? 0) < 0 : now > dueAt;
  return { ...ended, state: late ? 'missed' : 'met' };
}

/** When an alarm is due; null while the clock stands still or when its time never comes. */
export function alarmAt(visit: VisitClock, alarm: StepAlarm, calendar: Calendar): number | null {
  const { leftMs, runningSince } = visit;
  if (leftMs === null || runningSince === null) return null;
  return calendar.add(runningSince, Math.max(leftMs + alarm.offsetMs, 0));
}

/** The first alarm not yet given, and when. */
export function nextAlarm(
  visit: VisitClock,
  { alarms, calendar }: Reckoning,
): { alarm: StepAlarm; at: number } | null {
  const alarm = alarms[visit.fired];
  const at = alarm ? alarmAt(visit, alarm, calendar) : null;
  return alarm && at !== null ? { alarm, at } : null;
}

/** Gives every alarm that is due by now. */
export function fireAlarms(
  visit: VisitClock,
  reckoning: Reckoning,
  now: number,
): { visit: VisitClock; given: { alarm: StepAlarm; at: number }[] } {
  const given: { alarm: StepAlarm; at: number }[] = [];
  let after = visit;
  for (;;) {
    const next = nextAlarm(after, reckoning);
    if (!next || next.at > now) break;
    given.push(next);
    const fired = after.fired + 1;
    after = { ...after, fired, state: running(reckoning.alarms, fired) };
  }
  return { visit: after, given };
}

/**
 * The clock under a calendar that became another: as if it had been so since the clock was last set running. Alarms
 * that were given and lie in the future now will be given again; those that lie in the past now, at once.
 */
export function rebaseVisit(visit: VisitClock, reckoning: Reckoning, now: number): VisitClock {
  const { leftMs, runningSince } = visit;
  if (leftMs === null || runningSince === null) return visit;
  const { alarms, calendar } = reckoning;
  const past = alarms.filter((alarm) => {
    const at = alarmAt(visit, alarm, calendar);
    return at !== null && at <= now;
  });
  const fired = Math.min(visit.fired, past.length);
  return {
    ...visit,
    fired,
    dueAt: calendar.add(runningSince, Math.max(leftMs, 0)),
    state: running(alarms, fired),
  };
}
