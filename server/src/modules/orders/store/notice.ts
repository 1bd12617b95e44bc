import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewNotice = {
  id: string;
  user_id: string;
  order_id: string;
  kind: 'warned' | 'escalated';
  level: number;
  due_at: string;
  at: string;
};

export async function insertNotices(db: Db, notices: NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await sql`
    insert into order_notice (id, user_id, order_id, kind, level, due_at, at)
    select id, user_id, order_id, kind, level, due_at, at from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb)
      as n (id uuid, user_id uuid, order_id uuid, kind text, level integer, due_at timestamptz, at timestamptz)
  `.execute(db);
}

export type Notice = {
  id: string;
  kind: 'warned' | 'escalated';
  level: number;
  dueAt: Date;
  orderId: string;
  number: string;
  subject: string;
};

/** Takes what waits for a person, to be sent now and by nobody else. */
export async function claimNotices(db: Db, userId: string): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    with claimed as (
      update order_notice set state = 'sending' where id in (
        select id from order_notice where user_id = ${userId} and state = 'waiting' order by at, id limit 200
        for update skip locked
      ) returning *
    )
    select n.id, n.kind, n.level, n.due_at as "dueAt", o.id as "orderId", o.number, o.subject
    from claimed n join work_order o on o.id = n.order_id order by n.at, n.id
  `.execute(db);
  return rows;
}

export async function setNotices(
  db: Db,
  ids: string[],
  state: 'waiting' | 'sent' | 'failed',
): Promise<void> {
  await sql`update order_notice set state = ${state} where id = any(${ids}::uuid[])`.execute(db);
}
