import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { instants, MOST_ROWS, within } from './slice.ts';
import type { Steps } from './slice.ts';

export type TimeQuery = {
  /** Those that tell of time at all: fewer are read faster. */
  batches: number[];
  /** Null: everybody. */
  agents: number[] | null;
  group: 'none' | 'agent' | 'batch';
  steps: Steps;
  /** Begin of each day, in epoch milliseconds; none for steps within a day. */
  days: number[];
};
export type TimeRow = {
  step: number;
  key: string;
  signedInMs: number;
  readyMs: number;
  busyMs: number;
  wrapClockMs: number;
  idleMs: number;
  scheduledMs: number;
  adherentMs: number;
  peopleScheduled: number;
  peopleWorked: number;
};

const keys = { none: `''`, agent: 't.agent::text', batch: 't.batch_id::text' } as const;

const sumColumns = [
  'signed_in_ms',
  'ready_ms',
  'busy_ms',
  'wrap_ms',
  'idle_ms',
  'scheduled_ms',
  'adherent_ms',
];

/** Half hours of agents; where several logs tell of the same one, its shift counts once. */
function halfHours({ batches, agents, group, steps }: TimeQuery): RawBuilder<unknown> {
  const rows = sql`
    from kpi_agent_time t
    where ${within('t.step_at', steps)} and t.batch_id = any(${batches}::int[])
      and (${agents}::int[] is null or t.agent = any(${agents}::int[]))`;
  const key = sql.raw(keys[group]);
  if (batches.length < 2 || group === 'batch') {
    return sql`select step_at, ${key} as key, agent, ${sql.raw(sumColumns.join(', '))} ${rows}`;
  }
  return sql`
    select step_at, ${key} as key, agent, sum(signed_in_ms) as signed_in_ms, sum(ready_ms) as ready_ms,
      sum(busy_ms) as busy_ms, sum(wrap_ms) as wrap_ms, sum(idle_ms) as idle_ms, max(scheduled_ms) as scheduled_ms,
      least(sum(adherent_ms), max(scheduled_ms)) as adherent_ms
    ${rows} group by 1, 2, 3`;
}

/** How agents spent their time, by step and group. Somebody is scheduled, or worked, once a day or shorter step. */
export async function selectTimeSums(ctx: Ctx, query: TimeQuery): Promise<TimeRow[]> {
  const { steps, days } = query;
  // A number for each day (or shorter step), and the first number of each step: a search in a list costs less than
  // the calendar of a time zone for each row.
  const units = days.length > 0 ? days : steps.starts;
  const firsts = steps.starts.map((start) => units.indexOf(start) + 1);
  const sums = sql.raw(sumColumns.map((name) => `sum(${name}) as ${name}`).join(', '));
  const { rows } = await sql<TimeRow>`
    select width_bucket(unit, ${firsts}::int[]) as step, key, sum(signed_in_ms)::float8 as "signedInMs",
      sum(ready_ms)::float8 as "readyMs", sum(busy_ms)::float8 as "busyMs", sum(wrap_ms)::float8 as "wrapClockMs",
      sum(idle_ms)::float8 as "idleMs", sum(scheduled_ms)::float8 as "scheduledMs",
      sum(adherent_ms)::float8 as "adherentMs", count(*) filter (where scheduled_ms > 0)::float8 as "peopleScheduled",
      count(*) filter (where scheduled_ms > 0 and signed_in_ms > 0)::float8 as "peopleWorked"
    from (
      select width_bucket(step_at, ${instants(units)}::timestamptz[]) as unit, key, agent, ${sums}
      from (${halfHours(query)}) half_hour
      group by 1, 2, 3
    ) spent
    group by 1, 2 limit ${MOST_ROWS + 1}
  `.execute(ctx.db);
  return rows;
}
