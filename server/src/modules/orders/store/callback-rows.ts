import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewCallback = {
  id: string;
  order_id: string;
  visit_id: string | null;
  customer_id: string | null;
  customer_name: string;
  phones: string[];
  reason: 'confirm_result' | 'complaint_follow_up' | 'chase' | 'other';
  script: string;
  due_at: Date;
  next_try_at: Date;
  max_tries: number;
  team_id: string;
  created_at: Date;
};

export async function insertCallbacks(db: Db, callbacks: NewCallback[]): Promise<void> {
  if (callbacks.length === 0) return;
  await sql`
    insert into callback (id, order_id, visit_id, customer_id, customer_name, phones, reason, script, due_at,
      next_try_at, max_tries, team_id, created_at)
    select id, order_id, visit_id, customer_id, customer_name, phones, reason, script, due_at, next_try_at, max_tries,
      team_id, created_at
    from jsonb_to_recordset(${JSON.stringify(callbacks)}::jsonb) as c (id uuid, order_id uuid, visit_id uuid,
      customer_id uuid, customer_name text, phones text[], reason text, script text, due_at timestamptz,
      next_try_at timestamptz, max_tries integer, team_id uuid, created_at timestamptz)
  `.execute(db);
}

/** Ends calls that nobody need make any more: those of a visit that was left, or all of a closed order. */
export async function endCallbacks(
  db: Db,
  {
    orderId,
    visitId,
    result,
    at,
  }: { orderId: string; visitId: string | null; result: string | null; at: Date },
): Promise<void> {
  await sql`
    update callback set state = 'done', result = ${result}, done_at = ${at}
    where order_id = ${orderId} and state = 'open' and (${visitId}::uuid is null or visit_id = ${visitId}::uuid)
  `.execute(db);
}
