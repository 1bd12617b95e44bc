import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { ClockState } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { VisitClock } from '../domain/visit-clock.ts';

type Db = Kysely<DB>;

export type VisitRow = {
  id: string;
  order_id: string;
  step_key: string;
  owner_team_id: string | null;
  owner_id: string | null;
  entered_at: Date;
  left_at: Date | null;
  hours_id: string | null;
  calendar: 'owner' | 'organisation' | 'flat';
  allowed_ms: number | null;
  left_ms: number | null;
  running_since: Date | null;
  due_at: Date | null;
  clock: ClockState;
  alarms_fired: number;
  worked_ms: number;
  move: string | null;
};

const ms = (at: Date | null): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The clock of a stored stay, as it is reckoned with. */
export const clockOf = (visit: VisitRow): VisitClock => ({
  allowedMs: visit.allowed_ms,
  leftMs: visit.left_ms,
  runningSince: ms(visit.running_since),
  workedMs: visit.worked_ms,
  fired: visit.alarms_fired,
  dueAt: ms(visit.due_at),
  state: visit.clock,
});

/** The stay with its clock as it is now. */
export const withClock = (visit: VisitRow, clock: VisitClock): VisitRow => ({
  ...visit,
  allowed_ms: clock.allowedMs,
  left_ms: clock.leftMs,
  running_since: date(clock.runningSince),
  worked_ms: Math.round(clock.workedMs),
  alarms_fired: clock.fired,
  due_at: date(clock.dueAt),
  clock: clock.state,
});

const shape = sql`(id uuid, order_id uuid, step_key text, owner_team_id uuid, owner_id uuid, entered_at timestamptz,
  left_at timestamptz, hours_id uuid, calendar text, allowed_ms bigint, left_ms bigint, running_since timestamptz,
  due_at timestamptz, clock text, alarms_fired integer, worked_ms bigint, move text)`;

/** Visits as rows `v` of a statement. */
export const visitAs = (...visits: VisitRow[]): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as v ${shape}`;

const columns = sql`v.id, v.order_id, v.step_key, v.owner_team_id, v.owner_id, v.entered_at, v.left_at, v.hours_id,
  v.calendar, v.allowed_ms, v.left_ms, v.running_since, v.due_at, v.clock, v.alarms_fired, v.worked_ms, v.move`;

export async function insertVisit(db: Db, visit: VisitRow): Promise<void> {
  await sql`
    insert into order_visit (id, order_id, step_key, owner_team_id, owner_id, entered_at, left_at, hours_id, calendar,
      allowed_ms, left_ms, running_since, due_at, clock, alarms_fired, worked_ms, move)
    select v.* from ${visitAs(visit)}
  `.execute(db);
}

export async function selectVisits(db: Db, ids: string[]): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select ${columns} from order_visit v where v.id = any(${ids}::uuid[])
  `.execute(db);
  return rows;
}

export async function updateVisits(db: Db, visits: VisitRow[]): Promise<void> {
  await sql`
    update order_visit set owner_team_id = v.owner_team_id, owner_id = v.owner_id, left_at = v.left_at,
      hours_id = v.hours_id, left_ms = v.left_ms, running_since = v.running_since, due_at = v.due_at, clock = v.clock,
      alarms_fired = v.alarms_fired, worked_ms = v.worked_ms, move = v.move
    from ${visitAs(...visits)} where order_visit.id = v.id
  `.execute(db);
}

/** Notes on the orders what the clocks of their present visits say. */
export async function updateClocks(
  db: Db,
  clocks: { id: string; due_at: Date | null; clock: ClockState }[],
): Promise<void> {
  await sql`
    update work_order set due_at = given.due_at, clock = given.clock
    from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb)
      as given (id uuid, due_at timestamptz, clock text)
    where work_order.id = given.id
  `.execute(db);
}

export type NamedVisit = VisitRow & { teamName: string | null; ownerName: string | null };

export async function selectVisitsOf(db: Db, orderId: string): Promise<NamedVisit[]> {
  const { rows } = await sql<NamedVisit>`
    select ${columns}, t.name as "teamName", u.name as "ownerName"
    from order_visit v left join team t on t.id = v.owner_team_id left join app_user u on u.id = v.owner_id
    where v.order_id = ${orderId} order by v.entered_at, v.id limit 1000
  `.execute(db);
  return rows;
}

/**
 * Visits whose clock runs by one of these hours (null: by none, the usual ones), a page after an id. `all`: whatever
 * their hours are.
 */
export async function selectRunning(
  db: Db,
  {
    hoursId,
    all,
    after,
    limit,
  }: { hoursId: string | null; all: boolean; after: string | null; limit: number },
): Promise<{ id: string; orderId: string }[]> {
  const { rows } = await sql<{ id: string; orderId: string }>`
    select id, order_id as "orderId" from order_visit
    where left_at is null and running_since is not null and allowed_ms is not null and calendar <> 'flat'
      and (${all} or hours_id is not distinct from ${hoursId}::uuid)
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}
  `.execute(db);
  return rows;
}
