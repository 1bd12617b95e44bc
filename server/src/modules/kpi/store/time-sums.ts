import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { MOST_ROWS, stepNumber, within } from './slice.ts';
import type { Steps } from './slice.ts';

export type TimeQuery = {
  batches: number[];
  /** Null: everybody. */
  agents: number[] | null;
  group: 'none' | 'agent' | 'batch';
  steps: Steps;
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

/**
 * How agents spent their time, by step and group. Somebody is scheduled, or worked, once a day or shorter step; a shift
 * counts once, however many logs tell of the time.
 */
export async function selectTimeSums(ctx: Ctx, query: TimeQuery): Promise<TimeRow[]> {
  const { batches, agents, group, steps } = query;
  const { rows } = await sql<TimeRow>`
    select step, key, sum(signed_in)::float8 as "signedInMs", sum(ready)::float8 as "readyMs",
      sum(busy)::float8 as "busyMs", sum(wrap)::float8 as "wrapClockMs", sum(idle)::float8 as "idleMs",
      sum(scheduled)::float8 as "scheduledMs", sum(adherent)::float8 as "adherentMs",
      count(*) filter (where scheduled > 0)::float8 as "peopleScheduled",
      count(*) filter (where scheduled > 0 and signed_in > 0)::float8 as "peopleWorked"
    from (
      select step, key, agent, day, sum(signed_in) as signed_in, sum(ready) as ready, sum(busy) as busy,
        sum(wrap) as wrap, sum(idle) as idle, sum(scheduled) as scheduled, sum(adherent) as adherent
      from (
        select ${stepNumber('t.step_at', steps)} as step, ${sql.raw(keys[group])} as key, agent,
          (t.step_at at time zone ${steps.zone})::date as day, sum(signed_in_ms) as signed_in, sum(ready_ms) as ready,
          sum(busy_ms) as busy, sum(wrap_ms) as wrap, sum(idle_ms) as idle, max(scheduled_ms) as scheduled,
          least(sum(adherent_ms), max(scheduled_ms)) as adherent
        from kpi_agent_time t
        where ${within('t.step_at', steps)} and t.batch_id = any(${batches}::int[])
          and (${agents}::int[] is null or t.agent = any(${agents}::int[]))
        group by 1, 2, 3, 4, t.step_at
      ) half_hours
      group by 1, 2, 3, 4
    ) spent
    group by 1, 2 limit ${MOST_ROWS + 1}
  `.execute(ctx.db);
  return rows;
}
