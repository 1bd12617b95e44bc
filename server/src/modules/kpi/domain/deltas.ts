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

function addWaits<W extends Waits>(waits: W, of: Row, sign: 1 | -1): W {
  if (of.answeredEdge !== null) waits.answered = addEdge(waits.answered, of.answeredEdge, sign);
  if (of.abandonedEdge !== null) waits.abandoned = addEdge(waits.abandoned, of.abandonedEdge, sign);
  return waits;
}

function addRow(known: Waits & { sums: number[] }, row: Row, sign: 1 | -1): void {
  addInto(known.sums, row.sums, sign);
  addWaits(known, row, sign);
}

/** The numbers themselves for a row that begins with them: most rows of an import are never added to again. */
const signed = (sums: readonly number[], sign: 1 | -1): number[] =>
  sign === 1 ? sums.slice() : sums.map((value) => 0 - value);

/** What a row begins with. */
const begun = (row: Row, sign: 1 | -1) => ({
  sums: signed(row.sums, sign),
  ...addWaits<Waits>({ answered: null, abandoned: null }, row, sign),
});

function addHalfHour({ halfHours }: Deltas, row: HalfHourRow, sign: 1 | -1): void {
  const { stepAt, queue, channel, type } = row;
  const key = `${stepAt}|${queue}|${channel}|${type}`;
  const known = halfHours.get(key);
  if (known) addRow(known, row, sign);
  else halfHours.set(key, { stepAt, queue, channel, type, ...begun(row, sign) });
}

function addDay({ days }: Deltas, row: DayRow, sign: 1 | -1): void {
  const { day, queue, channel, topic, type, tier } = row;
  const key = `${day}|${queue}|${channel}|${topic}|${type}|${tier}`;
  const known = days.get(key);
  if (known) addRow(known, row, sign);
  else days.set(key, { day, queue, channel, topic, type, tier, ...begun(row, sign) });
}

function addAgentDay({ agentDays }: Deltas, row: AgentDayRow, sign: 1 | -1): void {
  const { day, agent, queue, channel, topic, type, sums } = row;
  const key = `${day}|${agent}|${queue}|${channel}|${topic}|${type}`;
  const known = agentDays.get(key);
  if (known) addInto(known.sums, sums, sign);
  else agentDays.set(key, { day, agent, queue, channel, topic, type, sums: signed(sums, sign) });
}

/** Adds what a fact counts for, or with -1 takes it away. */
export function addContributions(deltas: Deltas, more: Contributions, sign: 1 | -1): void {
  if (sign < 0) deltas.takesAway = true;
  addHalfHour(deltas, more.halfHour, sign);
  addDay(deltas, more.day, sign);
  for (const part of more.agentDays) addAgentDay(deltas, part, sign);
}

/** Counts by edge as the tables keep them: how many waited at most so long. Null: all zero. */
export function cumulative(counts: readonly number[] | null): number[] | null {
  if (!counts) return null;
  let sum = 0;
  return counts.map((count) => (sum += count));
}

function partsOf<D>(rows: Map<string, D>, size: number): Map<string, D>[] {
  if (rows.size <= size) return rows.size === 0 ? [] : [rows];
  const parts: Map<string, D>[] = [];
  let part = new Map<string, D>();
  rows.forEach((row, key) => {
    if (part.size === 0) parts.push(part);
    part.set(key, row);
    if (part.size === size) part = new Map();
  });
  return parts;
}

/** The same deltas in pieces of at most so many rows. */
export function* inPieces(deltas: Deltas, size: number): Generator<Deltas> {
  const { halfHours, days, agentDays, takesAway } = deltas;
  const none = (): Deltas => ({ ...newDeltas(), takesAway });
  for (const part of partsOf(halfHours, size)) yield { ...none(), halfHours: part };
  for (const part of partsOf(days, size)) yield { ...none(), days: part };
  for (const part of partsOf(agentDays, size)) yield { ...none(), agentDays: part };
}
