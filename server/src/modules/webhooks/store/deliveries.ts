import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DeliveryOutcome } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewDelivery = {
  id: string;
  webhookId: string;
  event: string;
  body: string;
  /** Automations from which it follows. */
  chain: string[];
};
export type DeliveryRow = {
  id: string;
  webhook_id: string;
  event: string;
  body: string;
  at: Date;
  state: DeliveryOutcome;
  tries: number;
  next_try_at: Date | null;
  last_status: number | null;
  last_problem: string | null;
};
export type AttemptRow = {
  at: Date;
  status: number | null;
  took_ms: number;
  problem: string | null;
  answer: string;
};

/** Puts deliveries on the way, to be tried at once. */
export async function insertDeliveries(db: Db, deliveries: NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await sql`
    insert into webhook_delivery (id, webhook_id, event, body, chain, next_try_at)
    select d.id, d."webhookId", d.event, d.body, d.chain, clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d (id uuid, "webhookId" uuid, event text, body text, chain uuid[])
  `.execute(db);
}

/** What a try needs to know. */
export type Claimed = Pick<DeliveryRow, 'id' | 'webhook_id' | 'body' | 'tries'> & {
  chain: string[];
  url: string;
  secret: string;
  oldSecret: string | null;
  now: Date;
};

/**
 * Takes deliveries that are due, oldest first, a few of each address so that a slow one holds up no other. Each is ours
 * for `leaseMs`: when this process dies, another takes it up then.
 */
export async function claimDue(
  db: Db,
  { busy, each, limit, leaseMs }: { busy: string[]; each: number; limit: number; leaseMs: number },
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update webhook_delivery d set tries = d.tries + 1, next_try_at = clock_timestamp() + ${leaseMs} * interval '1 ms'
    from (
      select due.id, w.url, w.secret, case when w.old_secret_until > clock_timestamp() then w.old_secret end as "oldSecret"
      from webhook w cross join lateral (
        select id, next_try_at from webhook_delivery
        where webhook_id = w.id and next_try_at <= clock_timestamp()
        order by next_try_at limit ${each} for update skip locked
      ) due
      where w.is_active and w.id <> all(${busy}::uuid[])
      order by due.next_try_at limit ${limit}
    ) taken
    where d.id = taken.id
    returning d.id, d.webhook_id, d.body, d.tries, d.chain::text[] as chain, taken.url, taken.secret, taken."oldSecret", clock_timestamp() as now
  `.execute(db);
  return rows;
}

type Outcome = {
  state: DeliveryOutcome;
  /** Null: it is over. */
  pauseMs: number | null;
  attempt: Omit<AttemptRow, 'at'> & { id: string; at: Date };
};

/** Notes a try; false when another process has taken the delivery over meanwhile. */
export async function saveAttempt(
  db: Db,
  { id, tries }: Pick<DeliveryRow, 'id' | 'tries'>,
  { state, pauseMs, attempt }: Outcome,
): Promise<boolean> {
  await sql`
    insert into webhook_attempt (id, delivery_id, at, status, took_ms, problem, answer)
    select ${attempt.id}, d.id, ${attempt.at}, ${attempt.status}::integer, ${attempt.took_ms}, ${attempt.problem}::text,
      ${attempt.answer} from webhook_delivery d where d.id = ${id}
  `.execute(db);
  const { numAffectedRows } = await sql`
    update webhook_delivery set state = ${state}, last_status = ${attempt.status}::integer,
      last_problem = ${attempt.problem}::text, next_try_at = clock_timestamp() + ${pauseMs}::bigint * interval '1 ms',
      ended_at = case when ${pauseMs}::bigint is null then clock_timestamp() end
    where id = ${id} and tries = ${tries} and next_try_at is not null
  `.execute(db);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Nothing more is sent to an address that was given up. */
export async function endWaiting(db: Db, webhookId: string): Promise<void> {
  await sql`
    update webhook_delivery set state = 'failed', next_try_at = null, ended_at = clock_timestamp()
    where webhook_id = ${webhookId} and next_try_at is not null
  `.execute(db);
}

/** Tries a delivery again from the start. */
export async function restart(db: Db, id: string): Promise<void> {
  await sql`
    update webhook_delivery set state = 'waiting', tries = 0, next_try_at = clock_timestamp(), ended_at = null
    where id = ${id}
  `.execute(db);
}

export async function selectDelivery(
  db: Db,
  id: string,
): Promise<(DeliveryRow & { url: string; isActive: boolean }) | undefined> {
  const { rows } = await sql<DeliveryRow & { url: string; isActive: boolean }>`
    select d.*, w.url, w.is_active as "isActive" from webhook_delivery d join webhook w on w.id = d.webhook_id
    where d.id = ${id}
  `.execute(db);
  return rows[0];
}

export async function selectAttempts(db: Db, deliveryId: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select at, status, took_ms, problem, answer from webhook_attempt where delivery_id = ${deliveryId}
    order by id limit 200
  `.execute(db);
  return rows;
}

export type LogFilter = {
  webhookId: string;
  state?: DeliveryOutcome | undefined;
  event?: string | undefined;
  before: string | null;
  limit: number;
};

/** Newest first, before the one with this id. */
export async function selectDeliveries(db: Db, filter: LogFilter): Promise<DeliveryRow[]> {
  const { webhookId, state, event, before, limit } = filter;
  const { rows } = await sql<DeliveryRow>`
    select * from webhook_delivery where webhook_id = ${webhookId}
      and (${before}::uuid is null or id < ${before}::uuid)
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${event ?? null}::text is null or event = ${event ?? null})
    order by id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Forgets what ended long ago; how many there were, at most a batch. */
export async function deleteOld(db: Db, days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook_delivery where id in (
      select id from webhook_delivery where at < clock_timestamp() - ${days} * interval '1 day' and next_try_at is null
      limit 5000
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}
