import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CallbackReason, CallbackResult } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type CallbackRow = {
  id: string;
  order_id: string | null;
  visit_id: string | null;
  customer_id: string | null;
  customer_name: string;
  phones: string[];
  reason: CallbackReason;
  script: string;
  due_at: Date;
  next_try_at: Date;
  tries: number;
  max_tries: number;
  team_id: string;
  holder_id: string | null;
  state: 'open' | 'done' | 'given_up';
  result: CallbackResult | null;
  note: string;
  satisfaction: number | null;
  done_at: Date | null;
  done_by: string | null;
  created_at: Date;
  version: number;
};

export type NewCallback = Pick<
  CallbackRow,
  | 'id'
  | 'order_id'
  | 'visit_id'
  | 'customer_id'
  | 'customer_name'
  | 'phones'
  | 'reason'
  | 'script'
  | 'due_at'
  | 'next_try_at'
  | 'max_tries'
  | 'team_id'
  | 'created_at'
> & { holder_id?: string | null };

/** The columns of a callback `c`. */
export const callbackColumns = sql`c.id, c.order_id, c.visit_id, c.customer_id, c.customer_name, c.phones, c.reason,
  c.script, c.due_at, c.next_try_at, c.tries, c.max_tries, c.team_id, c.holder_id, c.state, c.result, c.note,
  c.satisfaction, c.done_at, c.done_by, c.created_at, c.version`;

export async function insertCallbacks(db: Db, callbacks: NewCallback[]): Promise<void> {
  if (callbacks.length === 0) return;
  await sql`
    insert into callback (id, order_id, visit_id, customer_id, customer_name, phones, reason, script, due_at,
      next_try_at, max_tries, team_id, holder_id, created_at)
    select id, order_id, visit_id, customer_id, customer_name, phones, reason, script, due_at, next_try_at, max_tries,
      team_id, holder_id, created_at
    from jsonb_to_recordset(${JSON.stringify(callbacks)}::jsonb) as c (id uuid, order_id uuid, visit_id uuid,
      customer_id uuid, customer_name text, phones text[], reason text, script text, due_at timestamptz,
      next_try_at timestamptz, max_tries integer, team_id uuid, holder_id uuid, created_at timestamptz)
  `.execute(db);
}

type Ended = { orderId: string; visitId: string | null; result: string | null; at: Date };

/** Ends calls that nobody need make any more: those of a visit that was left, or all of a closed order. */
export async function endCallbacks(
  db: Db,
  { orderId, visitId, result, at }: Ended,
): Promise<CallbackRow[]> {
  const { rows } = await sql<CallbackRow>`
    update callback c set state = 'done', result = ${result}, done_at = ${at}, version = version + 1
    where order_id = ${orderId} and state = 'open' and (${visitId}::uuid is null or visit_id = ${visitId}::uuid)
    returning ${callbackColumns}
  `.execute(db);
  return rows;
}

/** The callback, which nobody else changes until the transaction ends, and what time it is. Lock its order first. */
export async function lockCallback(
  db: Db,
  id: string,
): Promise<(CallbackRow & { now: Date }) | undefined> {
  const { rows } = await sql<CallbackRow & { now: Date }>`
    select ${callbackColumns}, clock_timestamp() as now from (
      select * from callback where id = ${id} for no key update
    ) c
  `.execute(db);
  return rows[0];
}

/** Writes what may change of a callback. */
export async function updateCallback(db: Db, c: CallbackRow): Promise<void> {
  await sql`
    update callback set phones = ${c.phones}, next_try_at = ${c.next_try_at}, tries = ${c.tries},
      holder_id = ${c.holder_id}, state = ${c.state}, result = ${c.result}, note = ${c.note},
      satisfaction = ${c.satisfaction}, done_at = ${c.done_at}, done_by = ${c.done_by}, version = ${c.version}
    where id = ${c.id}
  `.execute(db);
}

/** One who takes calls at a time is told how many they hold. */
export async function countHeld(db: Db, userId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('callbacks of ' || ${userId}::text, 0))`.execute(
    db,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from callback where holder_id = ${userId} and state = 'open'
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Of the calls that a person holds the one to be made now. */
export async function selectOwnNext(db: Db, userId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from callback where state = 'open' and holder_id = ${userId} and next_try_at <= clock_timestamp()
    order by next_try_at, id limit 1
  `.execute(db);
  return rows[0]?.id;
}

/** Of the calls of these teams (null: of all) that nobody holds the one to be made now; several who ask at once get several. */
export async function lockFreeNext(db: Db, teams: string[] | null): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from callback where state = 'open' and holder_id is null and next_try_at <= clock_timestamp()
      and (${teams}::uuid[] is null or team_id = any(${teams}::uuid[]))
    order by next_try_at, id limit 1 for no key update skip locked
  `.execute(db);
  return rows[0]?.id;
}

/** Takes a person off the calls that they held. */
export async function releaseCallbacks(db: Db, userId: string): Promise<CallbackRow[]> {
  const { rows } = await sql<CallbackRow>`
    update callback c set holder_id = null, version = version + 1 where holder_id = ${userId} and state = 'open'
    returning ${callbackColumns}
  `.execute(db);
  return rows;
}

export type TryRow = {
  id: string;
  callback_id: string;
  at: Date;
  by_id: string | null;
  result: CallbackResult | null;
  phone: string;
  note: string;
  next_try_at: Date | null;
};

export async function insertTry(db: Db, made: TryRow): Promise<void> {
  await sql`
    insert into callback_try (id, callback_id, at, by_id, result, phone, note, next_try_at)
    values (${made.id}, ${made.callback_id}, ${made.at}, ${made.by_id}, ${made.result}, ${made.phone}, ${made.note},
      ${made.next_try_at})
  `.execute(db);
}

export async function selectTries(
  db: Db,
  callbackId: string,
): Promise<(TryRow & { byName: string | null })[]> {
  const { rows } = await sql<TryRow & { byName: string | null }>`
    select t.*, u.name as "byName" from callback_try t left join app_user u on u.id = t.by_id
    where t.callback_id = ${callbackId} order by t.at, t.id limit 200
  `.execute(db);
  return rows;
}
