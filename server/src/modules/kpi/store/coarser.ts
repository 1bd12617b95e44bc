import { waitEdgesSeconds } from '@yingda/contract';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import { agentSums, contactSums } from '../domain/sums.ts';

type Db = Kysely<DB>;

/** A month by its first day, the first day of the next, and the instants of both. */
export type MonthSpan = { month: string; next: string; fromMs: number; untilMs: number };

/** Each place of an array summed over rows. */
const totals = (column: string, places: readonly unknown[], type: string): RawBuilder<unknown> =>
  sql.raw(
    `array[${places.map((_, at) => `coalesce(sum(${column}[${at + 1}]), 0)`).join(', ')}]::${type}[] as ${column}`,
  );
const contactTotals = sql.join([
  totals('sums', contactSums, 'bigint'),
  totals('waits_answered', waitEdgesSeconds, 'integer'),
  totals('waits_abandoned', waitEdgesSeconds, 'integer'),
]);

async function removeMonth(
  db: Db,
  batchId: number,
  { month, next, fromMs, untilMs }: MonthSpan,
): Promise<void> {
  await sql`
    delete from kpi_centre_half_hour
    where batch_id = ${batchId} and step_at >= ${new Date(fromMs)} and step_at < ${new Date(untilMs)}
  `.execute(db);
  for (const table of ['kpi_queue_day', 'kpi_topic_day']) {
    await sql`
      delete from ${sql.table(table)}
      where batch_id = ${batchId} and day >= ${month}::date and day < ${next}::date
    `.execute(db);
  }
  for (const table of ['kpi_month', 'kpi_agent_month']) {
    await sql`
      delete from ${sql.table(table)} where batch_id = ${batchId} and month = ${month}::date
    `.execute(db);
  }
}

/** Puts what the finer sums of a batch's month come to in the place of its coarser ones. */
export async function sumMonth(db: Db, batchId: number, span: MonthSpan): Promise<void> {
  const { month, next, fromMs, untilMs } = span;
  const within = sql`batch_id = ${batchId} and day >= ${month}::date and day < ${next}::date`;
  // Groups are added up in memory instead of being sorted on disk before.
  await sql`set local work_mem = '64MB'`.execute(db);
  await removeMonth(db, batchId, span);
  await sql`
    insert into kpi_centre_half_hour (step_at, batch_id, sums, waits_answered, waits_abandoned)
    select step_at, batch_id, ${contactTotals} from kpi_half_hour
    where batch_id = ${batchId} and step_at >= ${new Date(fromMs)} and step_at < ${new Date(untilMs)}
    group by step_at, batch_id
  `.execute(db);
  await sql`
    insert into kpi_queue_day (day, batch_id, queue, channel, type, sums, waits_answered, waits_abandoned)
    select day, batch_id, queue, channel, type, ${contactTotals} from kpi_day
    where ${within} group by day, batch_id, queue, channel, type
  `.execute(db);
  await sql`
    insert into kpi_topic_day (day, batch_id, channel, topic, type, tier, sums, waits_answered, waits_abandoned)
    select day, batch_id, channel, topic, type, tier, ${contactTotals} from kpi_day
    where ${within} group by day, batch_id, channel, topic, type, tier
  `.execute(db);
  await sql`
    insert into kpi_month (month, batch_id, queue, channel, topic, type, tier, sums, waits_answered, waits_abandoned)
    select ${month}::date, batch_id, queue, channel, topic, type, tier, ${contactTotals} from kpi_day
    where ${within} group by batch_id, queue, channel, topic, type, tier
  `.execute(db);
  await sql`
    insert into kpi_agent_month (month, batch_id, agent, queue, channel, topic, type, sums)
    select ${month}::date, batch_id, agent, queue, channel, topic, type, ${totals('sums', agentSums, 'bigint')}
    from kpi_agent_day where ${within} group by batch_id, agent, queue, channel, topic, type
  `.execute(db);
}

/** Takes out what some parts added to the finer sums of a month. */
export async function removeParts(
  db: Db,
  batchId: number,
  { parts, month, next, fromMs, untilMs }: MonthSpan & { parts: number[] },
): Promise<void> {
  const ours = sql`batch_id = ${batchId} and part = any(${parts}::integer[])`;
  await sql`
    delete from kpi_half_hour
    where ${ours} and step_at >= ${new Date(fromMs)} and step_at < ${new Date(untilMs)}
  `.execute(db);
  for (const table of ['kpi_day', 'kpi_agent_day']) {
    await sql`
      delete from ${sql.table(table)} where ${ours} and day >= ${month}::date and day < ${next}::date
    `.execute(db);
  }
}
