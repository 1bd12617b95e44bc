import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';

export type SourceRow = {
  id: number;
  kind: 'own' | 'import' | 'follow';
  name: string;
  /** What the log tells at all. */
  records: string[];
  contacts: number;
  firstAt: Date | null;
  lastAt: Date | null;
  createdAt: Date;
};

/** What reports may read from: batches that are wholly there. */
export async function selectSources(ctx: Ctx): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    select id, kind, name, records, contacts, first_at as "firstAt", last_at as "lastAt", created_at as "createdAt"
    from kpi_batch where state = 'visible' order by id
  `.execute(ctx.db);
  return rows;
}

/** How many contacts of these queues the batches hold. */
export async function countContacts(
  ctx: Ctx,
  batches: number[],
  queues: number[],
): Promise<Map<number, number>> {
  // The first five places of the sums are the outcomes: each contact has one of them.
  const { rows } = await sql<{ batch: number; contacts: number }>`
    select batch_id as batch, sum(sums[1] + sums[2] + sums[3] + sums[4] + sums[5])::float8 as contacts
    from kpi_day where batch_id = any(${batches}::int[]) and queue = any(${queues}::int[]) group by batch_id
  `.execute(ctx.db);
  return new Map(rows.map(({ batch, contacts }) => [batch, contacts]));
}
