import { common, union, without } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { HALF_HOUR_MS, stepOf } from './steps.ts';

/** What is known of one agent's time; intervals may overlap and stand in any order. */
export type AgentLog = {
  presence: readonly { fromMs: number; untilMs: number | null; state: string }[];
  /** With a contact. */
  busy: readonly Interval[];
  wrap: readonly Interval[];
  shifts: readonly Interval[];
};

/** How an agent spent one half hour of the local clock, in milliseconds. */
export type AgentTimeRow = {
  stepAt: number;
  /** In any state but offline. */
  signedInMs: number;
  readyMs: number;
  /** Signed in and with at least one contact. */
  busyMs: number;
  /** Signed in, wrapping up and with no contact. */
  wrapMs: number;
  /** Ready with neither. */
  idleMs: number;
  scheduledMs: number;
  /** Inside the shift and ready, busy or wrapping up. */
  adherentMs: number;
};

type Measure = Exclude<keyof AgentTimeRow, 'stepAt'>;

function measures(log: AgentLog, { from, until }: { from: number; until: number }) {
  const window: Interval[] = [[from, until]];
  const inWindow = (intervals: readonly Interval[]) => common(union(intervals), window);
  const inState = (fits: (state: string) => boolean) =>
    inWindow(
      log.presence
        .filter(({ state }) => fits(state))
        .map(({ fromMs, untilMs }) => [fromMs, untilMs ?? until] as const),
    );
  const signedIn = inState((state) => state !== 'offline');
  const ready = inState((state) => state === 'ready');
  const busy = common(union(log.busy), signedIn);
  const wrap = without(common(union(log.wrap), signedIn), busy);
  const working = union([...busy, ...wrap]);
  const scheduled = inWindow(log.shifts);
  return {
    signedInMs: signedIn,
    readyMs: ready,
    busyMs: busy,
    wrapMs: wrap,
    idleMs: without(ready, working),
    scheduledMs: scheduled,
    adherentMs: common(scheduled, union([...ready, ...working])),
  } satisfies Record<Measure, Interval[]>;
}

const emptyRow = (stepAt: number): AgentTimeRow => ({
  stepAt,
  signedInMs: 0,
  readyMs: 0,
  busyMs: 0,
  wrapMs: 0,
  idleMs: 0,
  scheduledMs: 0,
  adherentMs: 0,
});

/**
 * How an agent spent the half hours of a window, only those with any figure, in order. Intervals are split at the
 * borders of the steps. What was done for contacts while signed out (a conversation left open over night) is no
 * working time.
 */
export function agentTime(
  zone: string,
  log: AgentLog,
  window: { from: number; until: number },
): AgentTimeRow[] {
  const rows = new Map<number, AgentTimeRow>();
  for (const [name, intervals] of Object.entries(measures(log, window)) as [
    Measure,
    Interval[],
  ][]) {
    for (const [from, until] of intervals) {
      let at = from;
      while (at < until) {
        const stepAt = stepOf(zone, at);
        const end = Math.min(until, Math.max(stepAt + HALF_HOUR_MS, at + 1));
        const row = rows.get(stepAt) ?? emptyRow(stepAt);
        row[name] += end - at;
        rows.set(stepAt, row);
        at = end;
      }
    }
  }
  return [...rows.values()].toSorted((a, b) => a.stepAt - b.stepAt);
}
