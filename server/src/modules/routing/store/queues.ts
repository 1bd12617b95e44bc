import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type Queue = {
  id: string;
  name: string;
  teamId: string;
  hoursId: string | null;
  offerSeconds: number;
  autoAccept: boolean;
  weight: number;
};
export type QueueFigures = Queue & {
  waiting: number;
  longestWaitSince: Date | null;
  agentsReady: number;
};

const columns = sql`
  q.id, q.name, q.team_id as "teamId", q.hours_id as "hoursId", q.offer_seconds as "offerSeconds",
  q.auto_accept as "autoAccept", q.weight`;

/** A queue that is not deleted, and the database's time. */
export async function selectQueue(
  ctx: Ctx,
  id: string,
): Promise<(Queue & { now: Date }) | undefined> {
  const { rows } = await sql<Queue & { now: Date }>`
    select ${columns}, clock_timestamp() as now from queue q where q.id = ${id} and q.deleted_at is null
  `.execute(ctx.db);
  return rows[0];
}

export async function selectQueueForUpdate(tx: Tx, id: string): Promise<Queue | undefined> {
  const { rows } = await sql<Queue>`
    select ${columns} from queue q where q.id = ${id} and q.deleted_at is null for update
  `.execute(tx.db);
  return rows[0];
}

export async function selectQueuesOfTeam(ctx: Ctx, teamId: string): Promise<Queue[]> {
  const { rows } = await sql<Queue>`
    select ${columns} from queue q where q.team_id = ${teamId} and q.deleted_at is null order by q.created_at, q.id
  `.execute(ctx.db);
  return rows;
}

/** Queues (all, or those named) with what waits in them and how many of the team are ready. */
export async function selectQueueFigures(ctx: Ctx, ids?: string[]): Promise<QueueFigures[]> {
  const { rows } = await sql<QueueFigures>`
    select ${columns}, w.waiting, w.since as "longestWaitSince", coalesce(r.ready, 0)::int as "agentsReady"
    from queue q
    cross join lateral (
      select count(*)::int as waiting, min(waiting_since) as since from work_item
      where queue_id = q.id and state in ('waiting', 'offered')
    ) w
    left join (
      select m.team_id, count(*) as ready from team_member m
      join agent_presence p on p.user_id = m.user_id and p.state = 'ready' group by m.team_id
    ) r on r.team_id = q.team_id
    where q.deleted_at is null and (${ids ?? null}::uuid[] is null or q.id = any(${ids ?? null}::uuid[]))
    order by q.name, q.id
  `.execute(ctx.db);
  return rows;
}

/** Every queue there ever was, the deleted ones too: reports of last year name them. */
export async function selectEveryQueue(
  ctx: Ctx,
): Promise<{ id: string; name: string; teamId: string; deleted: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string; teamId: string; deleted: boolean }>`
    select id, name, team_id as "teamId", deleted_at is not null as deleted from queue order by name, id
  `.execute(ctx.db);
  return rows;
}

/** Another queue than `id` that has the name. */
export async function isNameTaken(tx: Tx, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from queue where lower(name) = lower(${name}) and id <> ${id} and deleted_at is null
  `.execute(tx.db);
  return rows.length > 0;
}

export async function saveQueue(tx: Tx, queue: Queue): Promise<void> {
  const { id, name, teamId, hoursId, offerSeconds, autoAccept, weight } = queue;
  await sql`
    insert into queue (id, name, team_id, hours_id, offer_seconds, auto_accept, weight)
    values (${id}, ${name}, ${teamId}, ${hoursId}, ${offerSeconds}, ${autoAccept}, ${weight})
    on conflict (id) do update set name = excluded.name, hours_id = excluded.hours_id,
      offer_seconds = excluded.offer_seconds, auto_accept = excluded.auto_accept, weight = excluded.weight
  `.execute(tx.db);
}

/** Lets go of the calendar, so that it can be deleted. */
export async function retireQueue(tx: Tx, id: string): Promise<void> {
  await sql`
    update queue set deleted_at = clock_timestamp(), hours_id = null where id = ${id}
  `.execute(tx.db);
}

/** Whether anything in the queue is not done yet. */
export async function hasOpenWork(tx: Tx, queueId: string): Promise<boolean> {
  // Each half has an index of open work alone; "not done" would read all that ever was.
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from work_item where queue_id = ${queueId} and state in ('waiting', 'offered'))
      or exists (select from work_item where queue_id = ${queueId} and state in ('offered', 'assigned')) as open
  `.execute(tx.db);
  return rows[0]?.open ?? false;
}
