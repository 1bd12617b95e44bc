import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { sliced, within } from './slice.ts';
import type { Slice, Steps } from './slice.ts';

/** How many different customers contacted the centre; contacts of nobody known are left out. */
export async function countCustomers(ctx: Ctx, slice: Slice, steps: Steps): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    select count(distinct t.customer)::int as customers from kpi_contact t
    where ${within('t.arrived_at', steps)} ${sliced(slice)} and t.customer <> 0
  `.execute(ctx.db);
  return rows[0]?.customers ?? 0;
}
