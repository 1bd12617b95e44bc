import { sql } from 'kysely';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { sliced, within } from './slice.ts';
import type { Slice, Steps } from './slice.ts';

/** How many different customers contacted the centre; contacts of nobody known are left out. */
export async function countCustomers(ctx: Ctx, slice: Slice, steps: Steps): Promise<number> {
  // Grouped in memory: to count distinct ones directly, all would be sorted on disk first.
  return transact(ctx, async ({ db }) => {
    await sql`set local work_mem = '32MB'`.execute(db);
    const { rows } = await sql<{ customers: number }>`
      select count(*)::int as customers from (
        select t.customer from kpi_contact t
        where ${within('t.arrived_at', steps)} ${sliced(slice)} and t.customer <> 0
        group by t.customer
      ) as different
    `.execute(db);
    return rows[0]?.customers ?? 0;
  });
}
