import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import type { Ready, Waiting } from '../domain/assign.ts';

/** One number for all processes: passes run one after the other. */
const LOCK = 7_946_432_002;
/** Most contacts of one queue that a pass looks at. */
const WINDOW = 200;

/** Whether a pass could find anything: asked without a lock, as most changes leave nothing to do. */
export async function isAnythingToDo(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from work_item where state = 'waiting')
      and exists (select from agent_presence where state = 'ready') as waits
  `.execute(ctx.db);
  return rows[0]?.waits ?? false;
}

export async function lockRouter(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx.db);
}

/**
 * Locks the agents who are ready, so that none leaves while being given work. One whose state is changing at this
 * moment is left out: a pass waits for nobody, and the change starts the next one.
 */
export async function lockReady(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select p.user_id as "userId" from agent_presence p
    where p.state = 'ready' and exists (select from app_user u where u.id = p.user_id and u.active)
    order by p.user_id for no key update of p skip locked
  `.execute(tx.db);
  return rows.map(({ userId }) => userId);
}

type ReadyRow = Omit<Ready, 'idleSince'> & { idleSince: Date };

/** Agents with any room, with what they carry, summed up now. Got something, or finished the last: idle since then. */
export async function readReady(tx: Tx, userIds: string[]): Promise<Ready[]> {
  const { rows } = await sql<ReadyRow>`
    select p.user_id as id, p.capacity, w.load,
      greatest(p.idle_since, w.last, case when w.load = 0 then done.last end) as "idleSince",
      array(select m.team_id from team_member m where m.user_id = p.user_id) as "teamIds"
    from agent_presence p
    cross join lateral (
      select coalesce(sum(weight), 0)::int as load, max(coalesce(assigned_at, offered_at)) as last from work_item
      where agent_id = p.user_id and state in ('offered', 'assigned')
    ) w
    cross join lateral (
      select max(done_at) as last from work_item where agent_id = p.user_id and state = 'done'
    ) done
    where p.user_id = any(${userIds}::uuid[]) and w.load < p.capacity
  `.execute(tx.db);
  return rows.map((row) => ({ ...row, idleSince: row.idleSince.getTime() }));
}

export type WaitingWork = Waiting & {
  kind: string;
  subjectId: string;
  queueName: string;
  offerSeconds: number;
  autoAccept: boolean;
  /** The database's time. */
  now: Date;
};
type WaitingRow = Omit<WaitingWork, 'rank' | 'waitingSince'> & { rank: Date; waitingSince: Date };

const itemColumns = sql`
  w.id, w.kind, w.subject_id as "subjectId", w.team_id as "teamId", w.weight, w.queue_order as rank,
  w.waiting_since as "waitingSince", w.declined_by as "declinedBy"`;
const queueColumns = sql`
  q.name as "queueName", q.offer_seconds as "offerSeconds", q.auto_accept as "autoAccept", clock_timestamp() as now`;

/**
 * What these agents might take: the first of each queue of their teams, and what is meant for one of them. A contact
 * meant for somebody who is offline is for everybody of the team again. `not`: ids to leave out.
 */
export async function readWaiting(
  tx: Tx,
  ready: Ready[],
  not: string[],
): Promise<{ waiting: WaitingWork[]; isAll: boolean }> {
  const agentIds = ready.map(({ id }) => id);
  const teamIds = [...new Set(ready.flatMap((agent) => agent.teamIds))];
  const { rows } = await sql<WaitingRow>`
    select first.*, ${queueColumns} from queue q
    cross join lateral (
      select ${itemColumns}, null::uuid as "targetAgentId" from work_item w
      where w.queue_id = q.id and w.state = 'waiting' and w.id <> all(${not}::uuid[])
        and (w.target_agent_id is null or not exists (
          select from agent_presence t where t.user_id = w.target_agent_id and t.state <> 'offline'))
      order by w.queue_order, w.id limit ${WINDOW}
    ) first
    where q.team_id = any(${teamIds}::uuid[])
    union all
    (select ${itemColumns}, w.target_agent_id, ${queueColumns} from work_item w join queue q on q.id = w.queue_id
      where w.state = 'waiting' and w.target_agent_id = any(${agentIds}::uuid[]) and w.id <> all(${not}::uuid[])
      order by w.queue_order limit ${WINDOW})
  `.execute(tx.db);
  const waiting = rows.map((row) => ({
    ...row,
    rank: row.rank.getTime(),
    waitingSince: row.waitingSince.getTime(),
  }));
  return { waiting, isAll: waiting.length < WINDOW };
}
