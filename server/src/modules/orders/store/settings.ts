import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Wording, WorkCalendar } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type CategoryRow = {
  id: string;
  name: Wording;
  flowKey: string;
  departmentId: string | null;
  isComplaint: boolean;
  position: number;
  retired: boolean;
};

export async function selectCategories(db: Db): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select id, name, flow_key as "flowKey", department_id as "departmentId", is_complaint as "isComplaint",
      position, retired_at is not null as retired
    from order_category order by retired_at is not null, position, id limit 500
  `.execute(db);
  return rows;
}

/** Whoever changes categories, settings or hours waits for who changes them now. */
export async function lockSettings(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('order-settings', 0))`.execute(db);
}

export async function saveCategory(db: Db, category: Omit<CategoryRow, 'retired'>): Promise<void> {
  const { id, name, flowKey, departmentId, isComplaint, position } = category;
  await sql`
    insert into order_category (id, name, flow_key, department_id, is_complaint, position)
    values (${id}, ${JSON.stringify(name)}::jsonb, ${flowKey}, ${departmentId}, ${isComplaint}, ${position})
    on conflict (id) do update set name = excluded.name, flow_key = excluded.flow_key,
      department_id = excluded.department_id, is_complaint = excluded.is_complaint, position = excluded.position,
      retired_at = null
  `.execute(db);
}

export async function retireOtherCategories(db: Db, ids: string[]): Promise<void> {
  await sql`
    update order_category set retired_at = clock_timestamp()
    where retired_at is null and id <> all(${ids}::uuid[])
  `.execute(db);
}

export async function selectSettings(db: Db): Promise<unknown> {
  const { rows } = await sql<{ settings: object; hoursId: string | null }>`
    select settings, hours_id as "hoursId" from order_settings
  `.execute(db);
  const [row] = rows;
  return row && { ...row.settings, hoursId: row.hoursId };
}

export async function saveSettings(
  db: Db,
  { hoursId, ...settings }: { hoursId: string | null },
): Promise<void> {
  await sql`
    insert into order_settings (settings, hours_id) values (${JSON.stringify(settings)}::jsonb, ${hoursId})
    on conflict (one) do update set settings = excluded.settings, hours_id = excluded.hours_id
  `.execute(db);
}

export async function selectWorkCalendars(db: Db): Promise<WorkCalendar[]> {
  const { rows } = await sql<WorkCalendar>`
    select team_id as "teamId", department_id as "departmentId", hours_id as "hoursId"
    from work_calendar order by id limit 5000
  `.execute(db);
  return rows;
}

export async function replaceWorkCalendars(
  db: Db,
  items: (WorkCalendar & { id: string })[],
): Promise<void> {
  await sql`delete from work_calendar`.execute(db);
  await sql`
    insert into work_calendar (id, team_id, department_id, hours_id)
    select id, "teamId", "departmentId", "hoursId"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as given (id uuid, "teamId" uuid, "departmentId" uuid, "hoursId" uuid)
  `.execute(db);
}

/** By which hours the clocks of a team run (null: of nobody's, those of the organisation). */
export type HoursChoice = {
  hoursId: string | null;
  /** When those hours were last changed. */
  changedAt: Date | null;
  timeZone: string | null;
};

export async function selectHoursOf(
  db: Db,
  teamIds: (string | null)[],
): Promise<Map<string | null, HoursChoice>> {
  const { rows } = await sql<HoursChoice & { teamId: string | null }>`
    select given.id as "teamId", h.id as "hoursId", h.updated_at as "changedAt",
      (select time_zone from organisation) as "timeZone"
    from unnest(${teamIds}::uuid[]) as given (id)
    left join team t on t.id = given.id
    left join opening_hours h on h.id = coalesce(
      (select w.hours_id from work_calendar w where w.team_id = t.id),
      (select w.hours_id from work_calendar w where w.department_id = t.department_id),
      (select s.hours_id from order_settings s))
  `.execute(db);
  return new Map(rows.map(({ teamId, ...choice }) => [teamId, choice]));
}

/** The same for hours that are known. */
export async function selectHoursById(
  db: Db,
  ids: (string | null)[],
): Promise<Map<string | null, HoursChoice>> {
  const { rows } = await sql<HoursChoice & { id: string | null }>`
    select given.id, h.id as "hoursId", h.updated_at as "changedAt",
      (select time_zone from organisation) as "timeZone"
    from unnest(${ids}::uuid[]) as given (id) left join opening_hours h on h.id = given.id
  `.execute(db);
  return new Map(rows.map(({ id, ...choice }) => [id, choice]));
}

/** Gives the next `count` numbers of a period; the last of them. */
export async function takeNumbers(db: Db, period: string, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into order_counter (period, last) values (${period}, ${count})
    on conflict (period) do update set last = order_counter.last + excluded.last returning last
  `.execute(db);
  return rows[0]?.last ?? count;
}
