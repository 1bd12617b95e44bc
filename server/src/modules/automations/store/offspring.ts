import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** Notes from which automations an order follows. */
export async function insertOffspring(db: Db, orderId: string, chain: string[]): Promise<void> {
  await sql`
    insert into automation_offspring (order_id, chain) values (${orderId}, ${chain}::uuid[])
  `.execute(db);
}

/** From which automations these orders follow; none for those that people recorded. */
export async function selectOffspring(db: Db, orderIds: string[]): Promise<Map<string, string[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; chain: string[] }>`
    select order_id as id, chain::text[] as chain from automation_offspring
    where order_id = any(${orderIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ id, chain }) => [id, chain]));
}
