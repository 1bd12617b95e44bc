import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import { orderColumns } from './order.ts';
import type { OrderRow } from './order.ts';

type Db = Kysely<DB>;

export type Person = { customerId: string | null; phones: string[] };
export type Candidate = OrderRow & { repeats: number };

/**
 * Orders of a customer or with one of these phones that are open, or were recorded or closed within the last days; the
 * newest.
 */
export async function selectCandidates(
  db: Db,
  { customerId, phones }: Person,
  { days, exceptId, limit }: { days: number; exceptId: string | null; limit: number },
): Promise<Candidate[]> {
  const recent = sql`(o.status = 'open' or greatest(o.closed_at, o.created_at) >= statement_timestamp() - make_interval(days => ${days}))`;
  const { rows } = await sql<Candidate>`
    with found as (
      (select o.id, o.created_at from work_order o where o.customer_id = ${customerId}::uuid and ${recent}
        order by o.created_at desc, o.id desc limit ${limit + 1})
      union
      (select o.id, o.created_at from work_order o where o.phones && ${phones}::text[] and ${recent}
        order by o.created_at desc, o.id desc limit ${limit + 1})
    )
    select ${orderColumns}, (select count(*)::int from order_repeat r where r.order_id = o.id) as repeats
    from found join work_order o on o.id = found.id where o.id is distinct from ${exceptId}::uuid
    order by found.created_at desc, found.id desc limit ${limit}
  `.execute(db);
  return rows;
}

export type RepeatRow = {
  id: string;
  order_id: string;
  at: Date;
  by_id: string | null;
  conversation_id: string | null;
  other_order_id: string | null;
  note: string;
};

/** Notes that a customer came again; false: this contact is noted already. */
export async function insertRepeat(db: Db, repeat: RepeatRow): Promise<boolean> {
  const { rows } = await sql`
    insert into order_repeat (id, order_id, at, by_id, conversation_id, other_order_id, note)
    values (${repeat.id}, ${repeat.order_id}, ${repeat.at}, ${repeat.by_id}, ${repeat.conversation_id},
      ${repeat.other_order_id}, ${repeat.note})
    on conflict do nothing returning id
  `.execute(db);
  return rows.length > 0;
}

export type NamedRepeat = RepeatRow & { byName: string | null; otherOrderNumber: string | null };

export async function selectRepeats(db: Db, orderId: string): Promise<NamedRepeat[]> {
  const { rows } = await sql<NamedRepeat>`
    select r.*, u.name as "byName", o.number as "otherOrderNumber" from order_repeat r
    left join app_user u on u.id = r.by_id left join work_order o on o.id = r.other_order_id
    where r.order_id = ${orderId} order by r.at, r.id limit 200
  `.execute(db);
  return rows;
}

/** Those of the given orders of which an agent said, on either side, that they are about another matter. */
export async function selectUnlike(
  db: Db,
  orderId: string,
  otherIds: string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select (l.data->>'otherId') as id from order_line l
      where l.order_id = ${orderId} and l.kind = 'not_repeated' and l.data->>'otherId' = any(${otherIds}::text[])
    union
    select l.order_id::text from order_line l
      where l.order_id = any(${otherIds}::uuid[]) and l.kind = 'not_repeated' and l.data->>'otherId' = ${orderId}::text
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}
