import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** When a person or the customer last did something to each order; absent: nobody since it was recorded. */
export async function selectTouched(db: Db, ids: string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date }>`
    select given.id, l.at from unnest(${ids}::uuid[]) as given (id)
    join lateral (
      select at from order_line where order_id = given.id and by_kind in ('person', 'customer') order by at desc limit 1
    ) l on true
  `.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

export async function selectIdByNumber(db: Db, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from work_order where number = ${number}
  `.execute(db);
  return rows[0]?.id;
}

/** What was written on an order at one moment. */
export async function selectTextAt(db: Db, orderId: string, at: string): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select text from order_line where order_id = ${orderId} and at = ${at} and text <> '' order by id desc limit 1
  `.execute(db);
  return rows[0]?.text ?? '';
}

/** Orders in the order of their ids: the open ones, or those that ended after an instant. */
export async function selectIds(
  db: Db,
  { after, endedSince, limit }: { after: string | null; endedSince: Date | null; limit: number },
): Promise<string[]> {
  const which = endedSince
    ? sql`status <> 'open' and closed_at >= ${endedSince}`
    : sql`status = 'open'`;
  const { rows } = await sql<{ id: string }>`
    select id from work_order where ${which} and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
