import { sql } from 'kysely';
import type { Tx } from '../../../platform/ctx.ts';

/** Batches that know when these agents were signed in; our own for our own people, even before they ever were. */
export async function selectTimedAgents(
  tx: Tx,
  agents: number[],
): Promise<{ batch: number; agents: number[] }[]> {
  const { rows } = await sql<{ batch: number; agents: number[] }>`
    select b.id as batch, array_agg(m.id order by m.id) as agents
    from kpi_batch b join kpi_member m on m.id = any(${agents}::int[])
    where b.state = 'visible' and 'presence' = any(b.records)
      and (b.kind = 'own' and m.ref is not null
        or exists (select from kpi_presence p where p.agent = m.id and p.batch_id = b.id))
    group by b.id order by b.id
  `.execute(tx.db);
  return rows;
}
