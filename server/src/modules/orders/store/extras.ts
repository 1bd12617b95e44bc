import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Recurrence } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { VoteState } from '../domain/machine.ts';
import { orderColumns } from './order.ts';
import type { OrderRow } from './order.ts';

type Db = Kysely<DB>;

export type TaskRow = {
  id: string;
  order_id: string;
  title: string;
  owner_team_id: string | null;
  owner_id: string | null;
  due_at: Date | null;
  done_at: Date | null;
  visit_id: string | null;
  step_key: string | null;
  teamName: string | null;
  ownerName: string | null;
  doneByName: string | null;
};

export async function selectTasks(db: Db, orderId: string): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select k.id, k.order_id, k.title, k.owner_team_id, k.owner_id, k.due_at, k.done_at,
      k.visit_id, k.step_key, t.name as "teamName", u.name as "ownerName", d.name as "doneByName"
    from order_task k left join team t on t.id = k.owner_team_id left join app_user u on u.id = k.owner_id
    left join app_user d on d.id = k.done_by
    where k.order_id = ${orderId} order by k.created_at, k.id limit 500
  `.execute(db);
  return rows;
}

export type NewTask = {
  id: string;
  order_id: string;
  title: string;
  owner_team_id: string | null;
  owner_id: string | null;
  due_at: string | null;
  /** The stay during which it is begun; the step whose flow begins it. */
  visit_id: string | null;
  step_key: string | null;
  created_at: string;
};

export async function insertTasks(db: Db, tasks: NewTask[]): Promise<void> {
  await sql`
    insert into order_task (id, order_id, title, owner_team_id, owner_id, due_at, visit_id, step_key, created_at)
    select * from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb)
      as t (id uuid, order_id uuid, title text, owner_team_id uuid, owner_id uuid, due_at timestamptz, visit_id uuid,
        step_key text, created_at timestamptz)
  `.execute(db);
}

/** Sub-tasks that are still open go on with another stay. */
export async function moveTasks(db: Db, ids: string[], visitId: string): Promise<void> {
  await sql`update order_task set visit_id = ${visitId} where id = any(${ids}::uuid[])`.execute(db);
}

export async function setTaskDone(
  db: Db,
  { id, at, by }: { id: string; at: Date | null; by: string | null },
): Promise<void> {
  await sql`update order_task set done_at = ${at}, done_by = ${by} where id = ${id}`.execute(db);
}

export type VoteRow = {
  id: string;
  visit_id: string;
  place: number;
  team_id: string | null;
  user_id: string | null;
  state: VoteState;
  voted_by: string | null;
  at: Date | null;
  note: string;
};
export type NamedVote = VoteRow & {
  teamName: string | null;
  userName: string | null;
  voterName: string | null;
};

export async function insertVotes(
  db: Db,
  votes: Pick<VoteRow, 'id' | 'visit_id' | 'place' | 'team_id' | 'user_id' | 'state'>[],
): Promise<void> {
  await sql`
    insert into order_vote (id, visit_id, place, team_id, user_id, state)
    select * from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb)
      as v (id uuid, visit_id uuid, place integer, team_id uuid, user_id uuid, state text)
  `.execute(db);
}

export async function selectVotes(db: Db, visitId: string): Promise<NamedVote[]> {
  const { rows } = await sql<NamedVote>`
    select v.*, t.name as "teamName", u.name as "userName", b.name as "voterName" from order_vote v
    left join team t on t.id = v.team_id left join app_user u on u.id = v.user_id
    left join app_user b on b.id = v.voted_by
    where v.visit_id = ${visitId} order by v.place
  `.execute(db);
  return rows;
}

export async function updateVotes(db: Db, votes: VoteRow[]): Promise<void> {
  await sql`
    update order_vote set state = v.state, voted_by = v.voted_by, at = v.at, note = v.note
    from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb)
      as v (id uuid, state text, voted_by uuid, at timestamptz, note text)
    where order_vote.id = v.id
  `.execute(db);
}

export type LinkKind =
  | 'parent'
  | 'child'
  | 'related'
  | 'merged_into'
  | 'merged_from'
  | 'split_from';

/** Ties two orders, a row each way. */
export async function insertLink(
  db: Db,
  link: { orderId: string; otherId: string; kind: LinkKind; back: LinkKind },
): Promise<void> {
  const { orderId, otherId, kind, back } = link;
  await sql`
    insert into order_link (order_id, other_id, kind)
    values (${orderId}, ${otherId}, ${kind}), (${otherId}, ${orderId}, ${back}) on conflict do nothing
  `.execute(db);
}

export async function selectLinks(
  db: Db,
  orderId: string,
): Promise<{ otherId: string; kind: LinkKind }[]> {
  const { rows } = await sql<{ otherId: string; kind: LinkKind }>`
    select other_id as "otherId", kind from order_link where order_id = ${orderId} order by created_at, other_id limit 200
  `.execute(db);
  return rows;
}

/** The numbers of the orders under this one that are still open. */
export async function selectOpenChildren(db: Db, orderId: string): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select o.number from order_link l join work_order o on o.id = l.other_id
    where l.order_id = ${orderId} and l.kind = 'child' and o.status = 'open' order by o.number limit 200
  `.execute(db);
  return rows.map(({ number }) => number);
}

/** The order in which this one goes on, if it was merged into one. */
export async function selectMergedInto(db: Db, orderId: string): Promise<OrderRow | undefined> {
  const { rows } = await sql<OrderRow>`
    select ${orderColumns} from order_link l join work_order o on o.id = l.other_id
    where l.order_id = ${orderId} and l.kind = 'merged_into'
  `.execute(db);
  return rows[0];
}

/** Whether `ancestor` stands above an order, at any height. */
export async function isAbove(db: Db, ancestor: string, orderId: string): Promise<boolean> {
  const { rows } = await sql`
    with recursive above as (
      select other_id from order_link where order_id = ${orderId} and kind = 'parent'
      union select l.other_id from above a join order_link l on l.order_id = a.other_id and l.kind = 'parent'
    )
    select from above where other_id = ${ancestor}
  `.execute(db);
  return rows.length > 0;
}

export type RecurrenceRow = { rule: Recurrence; next_at: Date; set_by: string | null };

export async function selectRecurrence(
  db: Db,
  orderId: string,
): Promise<RecurrenceRow | undefined> {
  const { rows } = await sql<RecurrenceRow>`
    select rule, next_at, set_by from order_recurrence where order_id = ${orderId}
  `.execute(db);
  return rows[0];
}

export async function saveRecurrence(
  db: Db,
  orderId: string,
  { rule, next_at, set_by }: RecurrenceRow,
): Promise<void> {
  await sql`
    insert into order_recurrence (order_id, rule, next_at, set_by)
    values (${orderId}, ${JSON.stringify(rule)}::jsonb, ${next_at}, ${set_by})
    on conflict (order_id) do update set rule = excluded.rule, next_at = excluded.next_at, set_by = excluded.set_by
  `.execute(db);
}

export async function deleteRecurrence(db: Db, orderId: string): Promise<void> {
  await sql`delete from order_recurrence where order_id = ${orderId}`.execute(db);
}
