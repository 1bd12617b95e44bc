import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Need } from '../domain/needs.ts';
import { agentSums, contactSums, edgePlace } from '../domain/sums.ts';
import { bySeconds, groupKey, MOST_ROWS, sliced, stepNumber, within } from './slice.ts';
import type { SumsQuery, SumsRow } from './slice.ts';

/** The tables of sums: which time a row is of, and what its places are called. */
export type SumsTable =
  | 'half_hour'
  | 'centre_half_hour'
  | 'day'
  | 'queue_day'
  | 'topic_day'
  | 'month'
  | 'agent_day'
  | 'agent_month';
type Table = { name: string; time: string; places: readonly string[] };
const tables: Record<SumsTable, Table> = {
  half_hour: { name: 'kpi_half_hour', time: 't.step_at', places: contactSums },
  centre_half_hour: { name: 'kpi_centre_half_hour', time: 't.step_at', places: contactSums },
  day: { name: 'kpi_day', time: 't.day', places: contactSums },
  queue_day: { name: 'kpi_queue_day', time: 't.day', places: contactSums },
  topic_day: { name: 'kpi_topic_day', time: 't.day', places: contactSums },
  month: { name: 'kpi_month', time: 't.month', places: contactSums },
  agent_day: { name: 'kpi_agent_day', time: 't.day', places: agentSums },
  agent_month: { name: 'kpi_agent_month', time: 't.month', places: agentSums },
};

/** Whether a table holds sums of this name. */
export function holds(table: SumsTable, need: Need): boolean {
  const hasWaits = tables[table].places === contactSums;
  if (need === 'withinServiceLevel' || need === 'shortAbandoned') return hasWaits;
  return tables[table].places.includes(need);
}

// Whole numbers up to 2^53 add up exactly as float8, in two thirds of the time, and in groups that fit into memory.
function aggregate(table: SumsTable, need: Need, query: SumsQuery): RawBuilder<unknown> {
  const { limits, steps } = query;
  if (need === 'shortAbandoned') {
    if (limits.shortSeconds === 0) return sql`0::float8`;
    return sql`sum(t.waits_abandoned[${sql.lit(edgePlace(limits.shortSeconds))}]::float8)`;
  }
  if (need === 'withinServiceLevel') {
    const place = bySeconds(limits, {
      column: tables[table].time,
      zone: steps.zone,
      valueOf: edgePlace,
    });
    return sql`sum(t.waits_answered[${place}]::float8)`;
  }
  const place = tables[table].places.indexOf(need) + 1;
  return sql`sum(t.sums[${sql.lit(place)}]::float8)`;
}

/** Sums by step and group out of a table of sums; only the places that are needed are read. */
export async function selectSums(ctx: Ctx, table: SumsTable, query: SumsQuery): Promise<SumsRow[]> {
  const { name, time } = tables[table];
  const figures = query.needs.map(
    (need) => sql`${aggregate(table, need, query)} as ${sql.id(need)}`,
  );
  const { rows } = await sql<SumsRow>`
    select ${stepNumber(time, query.steps)} as step, ${groupKey(query.group)} as key,
      ${sql.join([sql`1 as some`, ...figures])}
    from ${sql.raw(name)} t
    where ${within(time, query.steps)} ${sliced(query.slice)}
    group by 1, 2 limit ${MOST_ROWS + 1}
  `.execute(ctx.db);
  return rows;
}
