import { waitEdgesSeconds } from '@yingda/contract';
import type { AgentDayRow, Contributions, DayRow, HalfHourRow } from './contributions.ts';

/** What is to be added to rows of the sums. Waits are counts by the first edge not exceeded, not yet cumulative. */
type Waits = { answered: number[] | null; abandoned: number[] | null };
type Changed<R> = Omit<R, 'sums' | 'answeredEdge' | 'abandonedEdge'> & { sums: number[] };
export type HalfHourDelta = Changed<HalfHourRow> & Waits;
export type DayDelta = Changed<DayRow> & Waits;
export type AgentDayDelta = Changed<AgentDayRow>;

/** Changes of sums, gathered before they are written: one row of a table once. */
export type Deltas = {
  halfHours: Map<string, HalfHourDelta>;
  days: Map<string, DayDelta>;
  agentDays: Map<string, AgentDayDelta>;
  /** Something was taken away: rows may have become empty. */
  takesAway: boolean;
};

export const newDeltas = (): Deltas => ({
  halfHours: new Map(),
  days: new Map(),
  agentDays: new Map(),
  takesAway: false,
});

/** How many rows of sums the deltas are for. */
export const sizeOf = ({ halfHours, days, agentDays }: Deltas): number =>
  halfHours.size + days.size + agentDays.size;

function addInto(into: number[], more: readonly number[], sign: 1 | -1): void {
  for (let at = 0; at < more.length; at += 1) {
    const value = more[at];
    if (value) into[at] = (into[at] ?? 0) + sign * value;
  }
}

function addEdge(waits: number[] | null, edge: number | null, sign: 1 | -1): number[] | null {
  if (edge === null || edge >= waitEdgesSeconds.length) return waits;
  const counts = waits ?? waitEdgesSeconds.map(() => 0);
  counts[edge] = (counts[edge] ?? 0) + sign;
  return counts;
}

type Row = { sums: readonly number[]; answeredEdge: number | null; abandonedEdge: number | null };

function addRow<D extends { sums: number[] } & Waits>(
  rows: Map<string, D>,
  key: string,
  { of, sign, make }: { of: Row; sign: 1 | -1; make: () => D },
): void {
  let delta = rows.get(key);
  if (!delta) {
    delta = make();
    rows.set(key, delta);
  }
  addInto(delta.sums, of.sums, sign);
  delta.answered = addEdge(delta.answered, of.answeredEdge, sign);
  delta.abandoned = addEdge(delta.abandoned, of.abandonedEdge, sign);
}

const zeros = ({ length }: readonly number[]): number[] => Array.from<number>({ length }).fill(0);

/** Adds what a fact counts for, or with -1 takes it away. */
export function addContributions(deltas: Deltas, more: Contributions, sign: 1 | -1): void {
  if (sign < 0) deltas.takesAway = true;
  const { halfHour, day, agentDays } = more;
  addRow(
    deltas.halfHours,
    `${halfHour.stepAt}|${halfHour.queue}|${halfHour.channel}|${halfHour.type}`,
    {
      of: halfHour,
      sign,
      make: () => ({
        stepAt: halfHour.stepAt,
        queue: halfHour.queue,
        channel: halfHour.channel,
        type: halfHour.type,
        sums: zeros(halfHour.sums),
        answered: null,
        abandoned: null,
      }),
    },
  );
  addRow(
    deltas.days,
    `${day.day}|${day.queue}|${day.channel}|${day.topic}|${day.type}|${day.tier}`,
    {
      of: day,
      sign,
      make: () => ({
        day: day.day,
        queue: day.queue,
        channel: day.channel,
        topic: day.topic,
        type: day.type,
        tier: day.tier,
        sums: zeros(day.sums),
        answered: null,
        abandoned: null,
      }),
    },
  );
  for (const part of agentDays) {
    const key = `${part.day}|${part.agent}|${part.queue}|${part.channel}|${part.topic}|${part.type}`;
    const delta = deltas.agentDays.get(key);
    if (delta) addInto(delta.sums, part.sums, sign);
    else {
      const sums = zeros(part.sums);
      addInto(sums, part.sums, sign);
      deltas.agentDays.set(key, { ...part, sums });
    }
  }
}

/** Counts by edge as the tables keep them: how many waited at most so long. Null: all zero. */
export function cumulative(counts: readonly number[] | null): number[] | null {
  if (!counts) return null;
  let sum = 0;
  return counts.map((count) => (sum += count));
}

function* partsOf<D>(rows: Map<string, D>, size: number): Generator<Map<string, D>> {
  const all = [...rows];
  for (let at = 0; at < all.length; at += size) yield new Map(all.slice(at, at + size));
}

/** The same deltas in pieces of at most so many rows. */
export function* inPieces(deltas: Deltas, size: number): Generator<Deltas> {
  const { halfHours, days, agentDays, takesAway } = deltas;
  const none = (): Deltas => ({ ...newDeltas(), takesAway });
  for (const part of partsOf(halfHours, size)) yield { ...none(), halfHours: part };
  for (const part of partsOf(days, size)) yield { ...none(), days: part };
  for (const part of partsOf(agentDays, size)) yield { ...none(), agentDays: part };
}
