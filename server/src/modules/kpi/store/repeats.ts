import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tx } from '../../../platform/ctx.ts';
import type { DB } from '../../../platform/db/index.ts';
import { factColumns } from './facts.ts';
import type { FactRow } from './facts.ts';

export type RepeatQuery = { batchId: number; fromMs: number; untilMs: number; longestMs: number };

/** Lets the planner know how much was loaded: it has seen none of it yet. */
export async function analyzeContacts(db: Kysely<DB>): Promise<void> {
  await sql`analyze kpi_contact (batch_id, customer, topic, arrived_at, flags)`.execute(db);
}

/** Begins to read the contacts of a time that another of the same customer and topic followed soon. */
export async function openRepeats(
  tx: Tx,
  { batchId, fromMs, untilMs, longestMs }: RepeatQuery,
): Promise<void> {
  const from = sql.lit(new Date(fromMs).toISOString());
  const until = sql.lit(new Date(untilMs).toISOString());
  // A month's contacts are sorted in memory rather than on disk.
  await sql`set local work_mem = '64MB'`.execute(tx.db);
  // Another customer's or topic's next contact is none: the window is by both. It runs over what it needs; the few
  // contacts it finds are fetched whole.
  await sql`
    declare repeats no scroll cursor for
    with followed as materialized (
      select contact_id, gap_ms from (
        select c.contact_id, c.arrived_at, c.flags,
          (extract(epoch from lead(c.arrived_at) over line - c.arrived_at) * 1000)::bigint as gap_ms
        from kpi_contact c
        where c.batch_id = ${sql.lit(batchId)} and c.customer <> 0
          and c.arrived_at >= ${from}::timestamptz
          and c.arrived_at < ${until}::timestamptz + ${sql.lit(longestMs)} * interval '1 millisecond'
        window line as (partition by c.customer, c.topic order by c.arrived_at, c.contact_id)
      ) as f
      where f.gap_ms <= ${sql.lit(longestMs)} and f.arrived_at < ${until}::timestamptz and f.flags & 8 <> 0
    )
    select ${factColumns}, f.gap_ms as "repeatGapMs"
    from followed f join kpi_contact k on k.contact_id = f.contact_id and k.batch_id = ${sql.lit(batchId)}
  `.execute(tx.db);
}

const AT_ONCE = 2_000;

/** The next of them; none when all are read. */
export async function readRepeats(tx: Tx): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`fetch ${sql.lit(AT_ONCE)} from repeats`.execute(tx.db);
  if (rows.length === 0) await sql`close repeats`.execute(tx.db);
  return rows;
}
