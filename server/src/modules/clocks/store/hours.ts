import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import type { Hours } from '../domain/opening-hours.ts';

export type StoredHours = Hours & { id: string; name: string };

type Row = {
  id: string;
  name: string;
  time_zone: string;
  week: Hours['week'];
  special_days: Hours['specialDays'];
};

const fromRow = ({ id, name, time_zone, week, special_days }: Row): StoredHours => ({
  id,
  name,
  timeZone: time_zone,
  week,
  specialDays: special_days,
});

export async function selectHours(ctx: Ctx, ids?: string[]): Promise<StoredHours[]> {
  const { rows } = await sql<Row>`
    select id, name, time_zone, week, special_days from opening_hours
    where ${ids ?? null}::uuid[] is null or id = any(${ids ?? null}::uuid[])
    order by name, id
  `.execute(ctx.db);
  return rows.map(fromRow);
}

export async function selectHoursForUpdate(tx: Tx, id: string): Promise<StoredHours | undefined> {
  const { rows } = await sql<Row>`
    select id, name, time_zone, week, special_days from opening_hours where id = ${id} for update
  `.execute(tx.db);
  return rows.map(fromRow)[0];
}

/** False when another calendar has the name. */
export async function saveHours(tx: Tx, hours: StoredHours): Promise<boolean> {
  const { id, name, timeZone } = hours;
  const [week, specialDays] = [JSON.stringify(hours.week), JSON.stringify(hours.specialDays)];
  const taken = await sql`
    select from opening_hours where lower(name) = lower(${name}) and id <> ${id}
  `.execute(tx.db);
  if (taken.rows.length > 0) return false;
  await sql`
    insert into opening_hours (id, name, time_zone, week, special_days)
    values (${id}, ${name}, ${timeZone}, ${week}::jsonb, ${specialDays}::jsonb)
    on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone, week = excluded.week,
      special_days = excluded.special_days, updated_at = clock_timestamp()
  `.execute(tx.db);
  return true;
}

export async function deleteHours(tx: Tx, id: string): Promise<void> {
  await sql`delete from opening_hours where id = ${id}`.execute(tx.db);
}
