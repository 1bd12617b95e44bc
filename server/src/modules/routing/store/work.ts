import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import type { WorkItem } from '../domain/work.ts';

/** A locked item and the database's time. */
export type Locked = WorkItem & { now: Date };

const columns = sql`
  w.id, w.kind, w.subject_id as "subjectId", w.queue_id as "queueId", w.team_id as "teamId", w.channel, w.priority,
  w.weight, w.state, w.waiting_since as "waitingSince", w.queue_order as "queueOrder",
  w.target_agent_id as "targetAgentId", w.agent_id as "agentId", w.offer_id as "offerId", w.offered_at as "offeredAt",
  w.offer_expires_at as "offerExpiresAt", w.assigned_at as "assignedAt", w.done_at as "doneAt",
  w.declined_by as "declinedBy"`;

/** False when there is an item with this id already. */
export async function insertWork(tx: Tx, item: WorkItem): Promise<boolean> {
  const { rows } = await sql`
    insert into work_item (id, kind, subject_id, queue_id, team_id, channel, priority, weight, state, waiting_since,
      queue_order, target_agent_id)
    values (${item.id}, ${item.kind}, ${item.subjectId}, ${item.queueId}, ${item.teamId}, ${item.channel},
      ${item.priority}, ${item.weight}, 'waiting', ${item.waitingSince}, ${item.queueOrder}, ${item.targetAgentId})
    on conflict (id) do nothing returning id
  `.execute(tx.db);
  return rows.length > 0;
}

const lockWhere = async (tx: Tx, condition: RawBuilder<unknown>): Promise<Locked[]> => {
  const { rows } = await sql<Locked>`
    with found as materialized (select w.* from work_item w where ${condition} order by w.id for update)
    select ${columns}, clock_timestamp() as now from found w order by w.id
  `.execute(tx.db);
  return rows;
};

export async function lockWork(tx: Tx, id: string): Promise<Locked | undefined> {
  return (await lockWhere(tx, sql`w.id = ${id}`))[0];
}

export async function lockOffer(tx: Tx, offerId: string): Promise<Locked | undefined> {
  return (await lockWhere(tx, sql`w.offer_id = ${offerId}`))[0];
}

/** What rings at an agent. */
export function lockOffersOf(tx: Tx, agentId: string): Promise<Locked[]> {
  return lockWhere(tx, sql`w.agent_id = ${agentId} and w.state = 'offered'`);
}

/** Of these, what still waits and nobody else is changing. */
export async function claimWaiting(tx: Tx, ids: string[]): Promise<Locked[]> {
  const { rows } = await sql<Locked>`
    with found as materialized (
      select w.* from work_item w where w.id = any(${ids}::uuid[]) and w.state = 'waiting'
      order by w.id for update skip locked
    )
    select ${columns}, clock_timestamp() as now from found w
  `.execute(tx.db);
  return rows;
}

export async function selectWork(ctx: Ctx, id: string): Promise<WorkItem | undefined> {
  const { rows } = await sql<WorkItem>`
    select ${columns} from work_item w where w.id = ${id}
  `.execute(ctx.db);
  return rows[0];
}

export async function selectOffer(ctx: Ctx, offerId: string): Promise<WorkItem | undefined> {
  const { rows } = await sql<WorkItem>`
    select ${columns} from work_item w where w.offer_id = ${offerId}
  `.execute(ctx.db);
  return rows[0];
}

/** What rings at an agent, the oldest offer first, with the names of the queues. */
export async function selectOffersOf(
  ctx: Ctx,
  agentId: string,
): Promise<(WorkItem & { queueName: string })[]> {
  const { rows } = await sql<WorkItem & { queueName: string }>`
    select ${columns}, q.name as "queueName" from work_item w join queue q on q.id = w.queue_id
    where w.agent_id = ${agentId} and w.state = 'offered' order by w.offered_at, w.id
  `.execute(ctx.db);
  return rows;
}

/** What an agent has taken and not finished. */
export async function selectAssignedTo(ctx: Ctx, agentId: string): Promise<WorkItem[]> {
  const { rows } = await sql<WorkItem>`
    select ${columns} from work_item w where w.agent_id = ${agentId} and w.state = 'assigned' order by w.id
  `.execute(ctx.db);
  return rows;
}

/** Writes all that may change of items that are locked, in one statement. */
export async function saveWork(tx: Tx, items: WorkItem[]): Promise<void> {
  await sql`
    update work_item w set queue_id = g."queueId", team_id = g."teamId", priority = g.priority, weight = g.weight,
      state = g.state, waiting_since = g."waitingSince", queue_order = g."queueOrder",
      target_agent_id = g."targetAgentId", agent_id = g."agentId", offer_id = g."offerId", offered_at = g."offeredAt",
      offer_expires_at = g."offerExpiresAt", assigned_at = g."assignedAt", done_at = g."doneAt",
      declined_by = array(select jsonb_array_elements_text(g."declinedBy")::uuid)
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as g (
      id uuid, "queueId" uuid, "teamId" uuid, priority integer, weight integer, state text, "waitingSince" timestamptz,
      "queueOrder" timestamptz, "targetAgentId" uuid, "agentId" uuid, "offerId" uuid, "offeredAt" timestamptz,
      "offerExpiresAt" timestamptz, "assignedAt" timestamptz, "doneAt" timestamptz, "declinedBy" jsonb
    )
    where w.id = g.id
  `.execute(tx.db);
}

export type Position = { id: string; subjectId: string; position: number; assignedLately: number };

/** Places in a queue, from 1; what rings goes first, as it is not answered yet. */
export async function selectPositions(
  ctx: Ctx,
  queueId: string,
  windowSeconds: number,
): Promise<Position[]> {
  const { rows } = await sql<Position>`
    select w.id, w.subject_id as "subjectId", lately.count as "assignedLately",
      (row_number() over (order by w.state, w.queue_order, w.id))::int as position
    from work_item w
    cross join (
      select count(*)::int from work_item
      where queue_id = ${queueId} and assigned_at > statement_timestamp() - ${windowSeconds}::int * interval '1 second'
    ) lately (count)
    where w.queue_id = ${queueId} and w.state in ('waiting', 'offered')
    order by position limit 2000
  `.execute(ctx.db);
  return rows;
}

/** The place of one item; undefined when it does not wait. */
export async function selectPosition(
  ctx: Ctx,
  id: string,
  windowSeconds: number,
): Promise<Position | undefined> {
  const { rows } = await sql<Position>`
    select me.id, me.subject_id as "subjectId", lately.count as "assignedLately", before.count + 1 as position
    from work_item me
    cross join lateral (
      select count(*)::int from work_item w
      where w.queue_id = me.queue_id and w.state in ('waiting', 'offered')
        and (w.state, w.queue_order, w.id) < (me.state, me.queue_order, me.id)
    ) before (count)
    cross join lateral (
      select count(*)::int from work_item w
      where w.queue_id = me.queue_id and w.assigned_at > statement_timestamp() - ${windowSeconds}::int * interval '1 second'
    ) lately (count)
    where me.id = ${id} and me.state in ('waiting', 'offered')
  `.execute(ctx.db);
  return rows[0];
}
