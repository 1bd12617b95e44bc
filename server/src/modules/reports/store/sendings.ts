import { sql } from 'kysely';
import type { DeliveryState, SendingState } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

export type SendingRow = {
  id: string;
  schedule_id: string;
  kind: 'due' | 'by_hand' | 'trial';
  actor_id: string;
  state: SendingState;
  due_at: Date;
  subject: string;
  problem: string | null;
  tries: number;
  next_try_at: Date | null;
  ended_at: Date | null;
};
export type DeliveryRow = {
  id: string;
  sending_id: string;
  user_id: string | null;
  address: string;
  state: DeliveryState;
  attempts: number;
  problem: string | null;
  at: Date | null;
};

export async function insertSending(
  ctx: Ctx,
  sending: Pick<SendingRow, 'id' | 'schedule_id' | 'kind' | 'actor_id' | 'due_at'>,
  deliveries: Pick<DeliveryRow, 'id' | 'user_id' | 'address'>[],
): Promise<void> {
  await sql`
    insert into report_sending (id, schedule_id, kind, actor_id, state, due_at)
    values (${sending.id}, ${sending.schedule_id}, ${sending.kind}, ${sending.actor_id}, 'waiting', ${sending.due_at})
  `.execute(ctx.db);
  await sql`
    insert into report_delivery (id, sending_id, user_id, address, state)
    select d.id, ${sending.id}, d.user_id, d.address, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d (id uuid, user_id uuid, address text)
  `.execute(ctx.db);
}

/** Whether the mail of this time, or of a later one, was made already. */
export async function isDueDone(ctx: Ctx, scheduleId: string, dueAt: Date): Promise<boolean> {
  const { rows } = await sql`
    select from report_sending where schedule_id = ${scheduleId} and kind = 'due' and due_at >= ${dueAt} limit 1
  `.execute(ctx.db);
  return rows.length > 0;
}

export async function selectSending(ctx: Ctx, id: string): Promise<SendingRow | undefined> {
  return (await sql<SendingRow>`select * from report_sending where id = ${id}`.execute(ctx.db))
    .rows[0];
}

/** Newest first, before the one with this id. */
export async function selectSendings(
  ctx: Ctx,
  { scheduleId, before, limit }: { scheduleId: string; before: string | undefined; limit: number },
): Promise<SendingRow[]> {
  const { rows } = await sql<SendingRow>`
    select * from report_sending where schedule_id = ${scheduleId} and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
    order by id desc limit ${limit}
  `.execute(ctx.db);
  return rows;
}

export async function selectDeliveries(ctx: Ctx, sendingIds: string[]): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select * from report_delivery where sending_id = any(${sendingIds}::uuid[]) order by sending_id, id limit 20000
  `.execute(ctx.db);
  return rows;
}

/**
 * Takes a delivery for an attempt; false when it is done or somebody else is at it. One that has been under way for ten
 * minutes is of a process that died.
 */
export async function claimDelivery(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update report_delivery set state = 'sending', attempts = attempts + 1, problem = null, at = clock_timestamp()
    where id = ${id} and (state in ('waiting', 'retrying') or (state = 'sending' and at < clock_timestamp() - interval '10 minutes'))
    returning id
  `.execute(ctx.db);
  return rows.length > 0;
}

export async function saveOutcome(
  ctx: Ctx,
  id: string,
  { state, problem }: { state: DeliveryState; problem: string | null },
): Promise<void> {
  await sql`update report_delivery set state = ${state}, problem = ${problem} where id = ${id}`.execute(
    ctx.db,
  );
}

/** All deliveries of a sending that are in one of these states get another one. */
export async function moveDeliveries(
  ctx: Ctx,
  {
    sendingId,
    from,
    to,
    problem,
  }: { sendingId: string; from: DeliveryState[]; to: DeliveryState; problem: string | null },
): Promise<void> {
  await sql`
    update report_delivery set state = ${to}, problem = coalesce(${problem}, problem)
    where sending_id = ${sendingId} and state = any(${from}::text[])
  `.execute(ctx.db);
}

export async function saveSending(
  ctx: Ctx,
  {
    id,
    state,
    problem,
    tries,
    next_try_at: nextTryAt,
    subject,
  }: Pick<SendingRow, 'id' | 'state' | 'problem' | 'tries' | 'next_try_at' | 'subject'>,
): Promise<void> {
  await sql`
    update report_sending set state = ${state}, problem = ${problem}, tries = ${tries}, next_try_at = ${nextTryAt}, subject = ${subject},
      ended_at = case when ${state} in ('sent', 'failed') then clock_timestamp() end
    where id = ${id}
  `.execute(ctx.db);
}
