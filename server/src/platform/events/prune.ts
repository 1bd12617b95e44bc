import { sql } from 'kysely';
import type { Services } from '../ctx.ts';

/** Deletes events that every listener has read and that are older than two days; returns how many. */
export async function pruneOutbox(services: Services): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from outbox_event where id in (
      select id from outbox_event
      where at < clock_timestamp() - interval '2 days'
        and xid < (select coalesce(min(xid), pg_snapshot_xmin(pg_current_snapshot())) from listener_cursor)
      limit 20000
    )
  `.execute(services.database.kysely);
  return Number(numAffectedRows ?? 0);
}
