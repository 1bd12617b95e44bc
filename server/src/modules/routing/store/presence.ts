import { sql } from 'kysely';
import type { PresenceState } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type Presence = {
  userId: string;
  state: PresenceState;
  reason: string | null;
  capacity: number;
  since: Date;
};
export type PresenceFigures = Presence & {
  name: string;
  load: number;
  openCount: number;
  connected: boolean;
  teamIds: string[];
};

/** Locks an agent's row until the end of the transaction, and makes it when missing. */
export async function lockPresence(tx: Tx, userId: string): Promise<Presence> {
  await sql`
    insert into agent_presence (user_id) select ${userId}
    where not exists (select from agent_presence where user_id = ${userId}) on conflict do nothing
  `.execute(tx.db);
  const { rows } = await sql<Presence>`
    select user_id as "userId", state, reason, capacity, since from agent_presence where user_id = ${userId} for no key update
  `.execute(tx.db);
  const [row] = rows;
  if (!row) throw new Error(`no presence of ${userId}`);
  return row;
}

/** Sum of the weights of an agent's offered and assigned work. */
export async function loadOf(tx: Tx, userId: string): Promise<number> {
  const { rows } = await sql<{ load: number }>`
    select coalesce(sum(weight), 0)::int as load from work_item
    where agent_id = ${userId} and state in ('offered', 'assigned')
  `.execute(tx.db);
  return rows[0]?.load ?? 0;
}

export type StateChange = Presence & { previousState: PresenceState; changedBy: string | null };

/** Writes a new state and its line in the log. Who becomes ready is idle from then on. */
export async function saveState(tx: Tx, change: StateChange): Promise<void> {
  const { userId, state, reason, previousState, changedBy } = change;
  await sql`
    with changed as (
      update agent_presence set state = ${state}, reason = ${reason}, since = clock_timestamp(),
        idle_since = case when ${state} = 'ready' then clock_timestamp() else idle_since end
      where user_id = ${userId} returning since
    )
    insert into agent_presence_log (id, user_id, at, previous_state, state, reason, changed_by)
    select ${newId()}, ${userId}, since, ${previousState}, ${state}, ${reason}, ${changedBy} from changed
  `.execute(tx.db);
}

export async function saveCapacity(tx: Tx, userId: string, capacity: number): Promise<void> {
  await sql`
    update agent_presence set capacity = ${capacity} where user_id = ${userId}
  `.execute(tx.db);
}

/** The agent is idle from now on: behind those who have been for longer. */
export async function renewIdle(tx: Tx, userId: string): Promise<void> {
  await sql`
    update agent_presence set idle_since = clock_timestamp() where user_id = ${userId}
  `.execute(tx.db);
}

/** Notes that these people have an open socket; rows that another process writes at the moment need no second note. */
export async function saveSeen(ctx: Ctx, userIds: string[]): Promise<void> {
  await sql`
    with known as (
      select s.user_id from agent_seen s where s.user_id = any(${userIds}::uuid[]) order by s.user_id for update skip locked
    ), noted as (
      update agent_seen set seen_at = clock_timestamp() from known where agent_seen.user_id = known.user_id
    )
    insert into agent_seen (user_id, seen_at)
    select u.id, clock_timestamp() from app_user u
    where u.id = any(${userIds}::uuid[]) and not exists (select from agent_seen s where s.user_id = u.id)
    order by u.id on conflict do nothing
  `.execute(ctx.db);
}

/** People who are not offline although nobody has seen them, nor they changed their state, for this long. */
export async function selectUnseen(ctx: Ctx, seconds: number): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select p.user_id as "userId" from agent_presence p left join agent_seen s on s.user_id = p.user_id
    where p.state <> 'offline'
      and greatest(p.since, s.seen_at) < statement_timestamp() - ${seconds}::int * interval '1 second'
    order by p.user_id
  `.execute(ctx.db);
  return rows.map(({ userId }) => userId);
}

/** A person without an open socket for this long counts as not connected. */
const CONNECTED_SECONDS = 25;

/** People by id, the members of some teams, or of any. */
type Which = { userIds: string[] } | { teamIds: string[] | 'all' };

/** Active people with what they carry. Who never set a state is offline. */
export async function selectPresenceFigures(ctx: Ctx, which: Which): Promise<PresenceFigures[]> {
  const userIds = 'userIds' in which ? which.userIds : null;
  const teamIds = 'teamIds' in which && which.teamIds !== 'all' ? which.teamIds : null;
  const { rows } = await sql<PresenceFigures>`
    select u.id as "userId", u.name, coalesce(p.state, 'offline') as state, p.reason,
      coalesce(p.since, u.created_at) as since, coalesce(p.capacity, 100) as capacity, w.load, w.count as "openCount",
      coalesce(s.seen_at > clock_timestamp() - ${CONNECTED_SECONDS}::int * interval '1 second', false) as connected,
      array(select m.team_id from team_member m where m.user_id = u.id order by m.team_id) as "teamIds"
    from app_user u
    left join agent_presence p on p.user_id = u.id
    left join agent_seen s on s.user_id = u.id
    cross join lateral (
      select coalesce(sum(weight), 0)::int as load, count(*)::int as count from work_item
      where agent_id = u.id and state in ('offered', 'assigned')
    ) w
    where u.active and case
      when ${userIds}::uuid[] is not null then u.id = any(${userIds}::uuid[])
      else exists (select from team_member m where m.user_id = u.id
        and (${teamIds}::uuid[] is null or m.team_id = any(${teamIds}::uuid[])))
    end
    order by u.name, u.id
  `.execute(ctx.db);
  return rows;
}

/** A line of the log of states; the state lasts until the person's next line. */
export type PresenceChange = {
  userId: string;
  at: Date;
  state: PresenceState;
  reason: string | null;
};

/** The lines of some people from an instant on, by person, oldest first. */
export async function selectPresenceChanges(
  ctx: Ctx,
  { userIds, from, limit }: { userIds: string[]; from: Date; limit: number },
): Promise<PresenceChange[]> {
  const { rows } = await sql<PresenceChange>`
    select user_id as "userId", at, state, reason from agent_presence_log
    where user_id = any(${userIds}::uuid[]) and at >= ${from} order by user_id, at, id limit ${limit}
  `.execute(ctx.db);
  return rows;
}

/** Everybody who ever set a state. */
export async function selectPeopleWithPresence(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from agent_presence order by user_id
  `.execute(ctx.db);
  return rows.map(({ userId }) => userId);
}

/** How long after a contact its wrap-up may begin. */
const WRAPS_WITHIN_MINUTES = 30;

/**
 * The contact that an agent who went into wrap-up at this instant (null: with the state as it is now) wraps up: the one
 * finished last before.
 */
export async function selectWrappedUp(
  tx: Tx,
  userId: string,
  at: Date | null,
): Promise<{ id: string; queueId: string; teamId: string } | undefined> {
  const instant =
    at === null
      ? sql`(select since from agent_presence where user_id = ${userId})`
      : sql`${at}::timestamptz`;
  const { rows } = await sql<{ id: string; queueId: string; teamId: string }>`
    select id, queue_id as "queueId", team_id as "teamId" from work_item
    where agent_id = ${userId} and state = 'done' and done_at <= ${instant}
      and done_at > ${instant} - ${WRAPS_WITHIN_MINUTES}::int * interval '1 minute'
    order by done_at desc, id desc limit 1
  `.execute(tx.db);
  return rows[0];
}
