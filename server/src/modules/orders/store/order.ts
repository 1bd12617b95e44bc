import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ClockState, OrderForm, Tier } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { NewLine } from './line.ts';
import { linesAs } from './line.ts';
import type { VisitRow } from './visit.ts';
import { visitAs } from './visit.ts';

type Db = Kysely<DB>;

/** What people wrote, without the columns of their own. */
export type StoredForm = Partial<Omit<OrderForm, 'subject' | 'phones'>>;

export type OrderRow = {
  id: string;
  number: string;
  flow_id: string;
  flow_key: string;
  category_id: string;
  is_complaint: boolean;
  /** 0 low … 3 urgent. */
  priority: number;
  status: 'open' | 'closed' | 'cancelled';
  step_key: string;
  visit_id: string | null;
  subject: string;
  form: StoredForm;
  phones: string[];
  customer_id: string | null;
  customer_name: string;
  conversation_id: string | null;
  department_id: string | null;
  owner_team_id: string | null;
  owner_id: string | null;
  recorder_id: string | null;
  recorder_team_id: string | null;
  planner_id: string | null;
  handler_id: string | null;
  reviewer_id: string | null;
  step_since: Date;
  due_at: Date | null;
  clock: ClockState;
  paused_for: 'customer' | 'third_party' | null;
  checks: boolean[];
  spent_minutes: number;
  reopened: number;
  rating: number | null;
  rating_comment: string | null;
  rated_at: Date | null;
  created_at: Date;
  closed_at: Date | null;
  version: number;
};

/** The columns of an order that its readers know; `words` is for the index alone. */
export const orderColumns = sql`o.id, o.number, o.flow_id, o.flow_key, o.category_id, o.is_complaint, o.priority,
  o.status, o.step_key, o.visit_id, o.subject, o.form, o.phones, o.customer_id, o.customer_name, o.conversation_id,
  o.department_id, o.owner_team_id, o.owner_id, o.recorder_id, o.recorder_team_id, o.planner_id, o.handler_id,
  o.reviewer_id, o.step_since, o.due_at, o.clock, o.paused_for, o.checks, o.spent_minutes, o.reopened, o.rating, o.rating_comment,
  o.rated_at, o.created_at, o.closed_at, o.version`;

const wordsOf = (words: string) => sql`array_to_tsvector(string_to_array(${words}, ' '))`;

/** Stores an order with its first visit and line in one statement. False: its number or its caller's key is taken. */
export async function insertOrder(
  db: Db,
  order: OrderRow & { words: string; idempotencyKey: string | null },
  first: { visit: VisitRow; lines: NewLine[] },
): Promise<boolean> {
  const o = order;
  const { rows } = await sql`
    with made as (
      insert into work_order (id, number, flow_id, flow_key, category_id, is_complaint, priority, status, step_key,
        visit_id, subject, form, words, phones, customer_id, customer_name, conversation_id, department_id,
        owner_team_id, owner_id, recorder_id, recorder_team_id, planner_id, handler_id, reviewer_id, step_since, due_at,
        clock, idempotency_key, created_at, closed_at)
      values (${o.id}, ${o.number}, ${o.flow_id}, ${o.flow_key}, ${o.category_id}, ${o.is_complaint}, ${o.priority},
        ${o.status}, ${o.step_key}, ${o.visit_id}, ${o.subject}, ${JSON.stringify(o.form)}::jsonb, ${wordsOf(o.words)},
        ${o.phones}, ${o.customer_id}, ${o.customer_name}, ${o.conversation_id}, ${o.department_id},
        ${o.owner_team_id}, ${o.owner_id}, ${o.recorder_id}, ${o.recorder_team_id}, ${o.planner_id}, ${o.handler_id},
        ${o.reviewer_id}, ${o.step_since}, ${o.due_at}, ${o.clock}, ${o.idempotencyKey}, ${o.created_at}, ${o.closed_at})
      on conflict do nothing returning id
    ), visit as (
      insert into order_visit (id, order_id, step_key, owner_team_id, owner_id, entered_at, left_at, hours_id, calendar,
        allowed_ms, left_ms, running_since, due_at, clock, alarms_fired, worked_ms, move)
      select v.* from made, ${visitAs(first.visit)}
    ), lines as (
      insert into order_line (id, order_id, at, by_kind, by_id, kind, text, data, file_ids, is_public)
      select l.* from made, ${linesAs(first.lines)}
    )
    select id from made
  `.execute(db);
  return rows.length > 0;
}

export async function selectIdByKey(db: Db, idempotencyKey: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from work_order where idempotency_key = ${idempotencyKey}
  `.execute(db);
  return rows[0]?.id;
}

/** The order, which nobody else changes until the transaction ends, and what time it is. */
export async function lockOrder(
  db: Db,
  id: string,
): Promise<(OrderRow & { now: Date }) | undefined> {
  const [row] = await lockOrders(db, [id]);
  return row;
}

/** Several at once, in the order of their ids: so two who lock the same ones cannot wait for each other. */
export async function lockOrders(db: Db, ids: string[]): Promise<(OrderRow & { now: Date })[]> {
  const { rows } = await sql<OrderRow & { now: Date }>`
    select ${orderColumns}, clock_timestamp() as now from (
      select * from work_order where id = any(${ids}::uuid[]) order by id for no key update
    ) o
  `.execute(db);
  return rows;
}

export async function selectOrder(
  db: Db,
  id: string,
): Promise<(OrderRow & { now: Date }) | undefined> {
  const { rows } = await sql<OrderRow & { now: Date }>`
    select ${orderColumns}, clock_timestamp() as now from work_order o where o.id = ${id}
  `.execute(db);
  return rows[0];
}

/** Writes what may change of an order. `words` undefined: the texts are as before. */
export async function updateOrder(db: Db, o: OrderRow, words?: string): Promise<void> {
  await sql`
    update work_order set category_id = ${o.category_id}, is_complaint = ${o.is_complaint}, priority = ${o.priority},
      status = ${o.status}, step_key = ${o.step_key}, visit_id = ${o.visit_id}, subject = ${o.subject},
      form = ${JSON.stringify(o.form)}::jsonb, phones = ${o.phones}, customer_id = ${o.customer_id},
      customer_name = ${o.customer_name}, department_id = ${o.department_id}, owner_team_id = ${o.owner_team_id},
      owner_id = ${o.owner_id}, planner_id = ${o.planner_id}, handler_id = ${o.handler_id},
      reviewer_id = ${o.reviewer_id}, step_since = ${o.step_since}, due_at = ${o.due_at}, clock = ${o.clock}, paused_for = ${o.paused_for},
      checks = ${o.checks}, spent_minutes = ${o.spent_minutes}, reopened = ${o.reopened}, rating = ${o.rating},
      rating_comment = ${o.rating_comment}, rated_at = ${o.rated_at}, closed_at = ${o.closed_at},
      version = ${o.version}
      ${words === undefined ? sql`` : sql`, words = ${wordsOf(words)}`}
    where id = ${o.id}
  `.execute(db);
}

/** Those of these orders that somebody is asked to approve, or has a task of, or had. */
export async function selectInvolved(
  db: Db,
  orderIds: string[],
  { userId, teams }: { userId: string; teams: string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.order_id as id from order_task t where t.order_id = any(${orderIds}::uuid[])
      and (t.owner_id = ${userId} or t.owner_team_id = any(${teams}::uuid[]))
    union
    select v.order_id from order_visit v join order_vote a on a.visit_id = v.id
    where v.order_id = any(${orderIds}::uuid[]) and (a.user_id = ${userId} or a.team_id = any(${teams}::uuid[]))
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** What recording an order asks of the centre: the same for every order of a category, department and recorder. */
export type ContextRow = {
  timeZone: string | null;
  categoryId: string | null;
  flowKey: string | null;
  flowId: string | null;
  isComplaint: boolean;
  departmentId: string | null;
  departmentTeamId: string | null;
  departmentTeamName: string | null;
  recorderTeamId: string | null;
  recorderTeamName: string | null;
  settings: object | null;
};

export type ContextOf = {
  categoryId: string;
  departmentId: string | null;
  recorderId: string | null;
  /** The team it is recorded for; null: the first of the recorder's. */
  recorderTeamId: string | null;
  /** Teams that the recorder may record for; null: all. */
  teams: string[] | null;
};

export async function selectContext(db: Db, given: ContextOf): Promise<ContextRow> {
  const { categoryId, departmentId, recorderId, recorderTeamId, teams } = given;
  const { rows } = await sql<ContextRow>`
    select g.time_zone as "timeZone", c.id as "categoryId", c.flow_key as "flowKey",
      coalesce(c.is_complaint, false) as "isComplaint", f.id as "flowId", d.id as "departmentId",
      box.id as "departmentTeamId", box.name as "departmentTeamName",
      own.id as "recorderTeamId", own.name as "recorderTeamName",
      (select settings from order_settings) as settings
    from (select) one
    left join organisation g on true
    left join order_category c on c.id = ${categoryId} and c.retired_at is null
    left join order_flow f on f.key = c.flow_key and f.state = 'published'
    left join department d on d.id = coalesce(${departmentId}::uuid, c.department_id)
    left join lateral (
      select t.id, t.name from team t where t.department_id = d.id and t.deleted_at is null
      order by t.created_at, t.id limit 1
    ) box on true
    left join lateral (
      select t.id, t.name from team t where t.id = ${recorderTeamId}::uuid and t.deleted_at is null
      union all
      (select t.id, t.name from team_member m join team t on t.id = m.team_id
        where ${recorderTeamId}::uuid is null and m.user_id = ${recorderId}::uuid and t.deleted_at is null
          and (${teams}::uuid[] is null or t.id = any(${teams}::uuid[]))
        order by t.name, t.id limit 1)
    ) own on true
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('one row was expected');
  return row;
}

/** What is to be known at the very moment: the time, who the customer is, and by which hours the clock will run. */
export type Moment = {
  now: Date;
  customerName: string | null;
  tier: Tier | null;
  hoursId: string | null;
  changedAt: Date | null;
};

export async function selectMoment(
  db: Db,
  { teamId, customerId }: { teamId: string | null; customerId: string | null },
): Promise<Moment> {
  const { rows } = await sql<Moment>`
    select clock_timestamp() as now, c.name as "customerName", c.tier, h.id as "hoursId", h.updated_at as "changedAt"
    from (select ${teamId}::uuid as team_id, ${customerId}::uuid as customer_id) given
    left join customer c on c.id = given.customer_id
    left join opening_hours h on h.id = coalesce(
      (select w.hours_id from work_calendar w where w.team_id = given.team_id),
      (select w.hours_id from team t join work_calendar w on w.department_id = t.department_id
        where t.id = given.team_id),
      (select s.hours_id from order_settings s))
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('one row was expected');
  return row;
}
