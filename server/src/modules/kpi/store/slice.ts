import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Need } from '../domain/needs.ts';
import type { SecondsRule } from '../domain/seconds.ts';
import { startOf } from '../domain/steps.ts';

/** Which contacts are meant; null: any. */
export type Slice = {
  batches: number[];
  queues: number[] | null;
  agents: number[] | null;
  topics: number[] | null;
  types: number[] | null;
  channel: string | null;
  tier: string | null;
};

/** By what sums are split: a column of the tables. */
export type GroupColumn =
  | 'none'
  | 'queue'
  | 'agent'
  | 'channel'
  | 'topic'
  | 'type'
  | 'tier'
  | 'batch';

/** When a wait was short enough. */
export type Limits = {
  rules: SecondsRule[];
  seconds: number;
  /** 0: nobody who gives up counts as a short abandon. */
  shortSeconds: number;
};

/** A stretch of time cut into steps; starts in epoch milliseconds and, for tables of days, as local dates. */
export type Steps = { zone: string; starts: number[]; end: number; days: string[]; endDay: string };

export type SumsQuery = {
  slice: Slice;
  group: GroupColumn;
  steps: Steps;
  needs: readonly Need[];
  limits: Limits;
};

/** One group in one step (counted from 1). */
export type SumsRow = { step: number; key: string } & Partial<Record<Need, number>>;

/** Most rows of an answer: what goes beyond would never fit a report. */
export const MOST_ROWS = 100_000;

type Fragment = RawBuilder<unknown>;

const groupColumns: Record<Exclude<GroupColumn, 'none'>, string> = {
  queue: 't.queue',
  agent: 't.agent',
  channel: 't.channel',
  topic: 't.topic',
  type: 't.type',
  tier: 't.tier',
  batch: 't.batch_id',
};
export const groupKey = (group: GroupColumn): Fragment =>
  group === 'none' ? sql`''` : sql`${sql.raw(groupColumns[group])}::text`;

export const instants = (all: number[]): string[] => all.map((at) => new Date(at).toISOString());

/** Whether a table keeps the time of its rows as local dates. */
const isDate = (column: string): boolean => column === 't.day' || column === 't.month';

/** Which step a row belongs to, counted from 1. */
export function stepNumber(column: string, steps: Steps): Fragment {
  if (steps.starts.length === 1) return sql`1`;
  return isDate(column)
    ? sql`width_bucket(${sql.raw(column)}, ${steps.days}::date[])`
    : sql`width_bucket(${sql.raw(column)}, ${instants(steps.starts)}::timestamptz[])`;
}

/** Rows of the whole stretch. */
export function within(column: string, { starts, end, days, endDay }: Steps): Fragment {
  const [first = 0] = starts;
  const at = sql.raw(column);
  if (isDate(column)) return sql`${at} >= ${days[0]}::date and ${at} < ${endDay}::date`;
  return sql`${at} >= ${new Date(first)} and ${at} < ${new Date(end)}`;
}

const among = (column: string, ids: number[] | null): Fragment =>
  ids === null ? sql`` : sql`and ${sql.raw(column)} = any(${ids}::int[])`;
const is = (column: string, value: string | null): Fragment =>
  value === null ? sql`` : sql`and ${sql.raw(column)} = ${value}`;

/** The conditions of a slice, each after `and`; a table without a column is asked only without it. */
export function sliced(slice: Slice): Fragment {
  return sql`and t.batch_id = any(${slice.batches}::int[])
    ${among('t.queue', slice.queues)} ${among('t.agent', slice.agents)} ${among('t.topic', slice.topics)}
    ${among('t.type', slice.types)} ${is('t.channel', slice.channel)} ${is('t.tier', slice.tier)}`;
}

/**
 * A value that depends on the seconds of the service level: of the first rule that fits the row, else of the
 * settings. `column`: the time of the row.
 */
export function bySeconds(
  { rules, seconds }: Limits,
  { column, zone, valueOf }: { column: string; zone: string; valueOf: (seconds: number) => number },
): Fragment {
  const standard = sql.lit(valueOf(seconds));
  if (rules.length === 0) return standard;
  const cases = rules.map(({ queue, type, from, seconds: own }) => {
    const since = isDate(column)
      ? sql`${sql.raw(column)} >= ${from}::date`
      : sql`${sql.raw(column)} >= ${from === null ? null : new Date(startOf(zone, from))}::timestamptz`;
    const conditions = [
      ...(queue === null ? [] : [sql`t.queue = ${sql.lit(queue)}`]),
      ...(type === null ? [] : [sql`t.type = ${sql.lit(type)}`]),
      ...(from === null ? [] : [since]),
    ];
    const fits = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
    return sql`when ${fits} then ${sql.lit(valueOf(own))}`;
  });
  return sql`case ${sql.join(cases, sql` `)} else ${standard} end`;
}
