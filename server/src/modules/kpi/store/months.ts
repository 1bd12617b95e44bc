import { waitEdgesSeconds } from '@yingda/contract';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Tx } from '../../../platform/ctx.ts';
import { agentSums, contactSums } from '../domain/sums.ts';

/** Each place of an array summed over rows. */
const totals = (column: string, places: readonly unknown[], type: string): RawBuilder<unknown> =>
  sql.raw(
    `array[${places.map((_, at) => `sum(${column}[${at + 1}])`).join(', ')}]::${type}[] as ${column}`,
  );

/** Puts the sums of a batch's days of one month in the place of those of the month. */
export async function sumMonth(
  tx: Tx,
  batchId: number,
  { month, next }: { month: string; next: string },
): Promise<void> {
  const within = sql`batch_id = ${batchId} and day >= ${month}::date and day < ${next}::date`;
  for (const table of ['kpi_month', 'kpi_agent_month']) {
    await sql`
      delete from ${sql.table(table)} where batch_id = ${batchId} and month = ${month}::date
    `.execute(tx.db);
  }
  await sql`
    insert into kpi_month (month, batch_id, queue, channel, topic, type, tier, sums, waits_answered, waits_abandoned)
    select ${month}::date, ${batchId}::integer, queue, channel, topic, type, tier,
      ${totals('sums', contactSums, 'bigint')}, ${totals('waits_answered', waitEdgesSeconds, 'integer')},
      ${totals('waits_abandoned', waitEdgesSeconds, 'integer')}
    from kpi_day where ${within} group by queue, channel, topic, type, tier
  `.execute(tx.db);
  await sql`
    insert into kpi_agent_month (month, batch_id, agent, queue, channel, topic, type, sums)
    select ${month}::date, ${batchId}::integer, agent, queue, channel, topic, type,
      ${totals('sums', agentSums, 'bigint')}
    from kpi_agent_day where ${within} group by agent, queue, channel, topic, type
  `.execute(tx.db);
}
