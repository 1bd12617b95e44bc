import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** Numbers of advisory locks of this module. */
const RECOUNT = 7_310_001;
const REFRESH = 7_310_002;

/** Takes the right to recount until the client's transaction ends; false: somebody has it. */
export async function tryLockRecount(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock($1) as taken',
    [RECOUNT],
  );
  return rows[0]?.taken ?? false;
}

/** Whether somebody recounts. */
export async function isRecounting(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from pg_locks where locktype = 'advisory' and granted and classid = 0 and objid = ${RECOUNT}
        and database = (select oid from pg_database where datname = current_database())
    ) as found
  `.execute(db);
  return rows[0]?.found ?? false;
}

/** Alone over all processes until the transaction ends; false: another one is at it. */
export async function tryLockRefresh(db: Db): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${REFRESH}) as taken
  `.execute(db);
  return rows[0]?.taken ?? false;
}

export async function insertDirty(db: Db, contactIds: string[]): Promise<void> {
  await sql`
    insert into kpi_dirty (contact_id) select unnest(${contactIds.toSorted()}::uuid[]) on conflict do nothing
  `.execute(db);
}

export async function clearDirty(db: Db): Promise<void> {
  await sql`delete from kpi_dirty`.execute(db);
}

/** Takes some contacts off the list. */
export async function takeDirty(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from kpi_dirty where contact_id in (
      select contact_id from kpi_dirty order by contact_id limit ${limit} for update skip locked
    ) returning contact_id as id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** A single value of the module beside the settings. */
export async function selectNote(db: Db, key: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`
    select value from setting where key = ${key}
  `.execute(db);
  return rows[0]?.value;
}

export async function saveNote(db: Db, key: string, value: unknown): Promise<void> {
  await sql`
    insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()
  `.execute(db);
}

/** The own queues or people behind some members. */
export async function selectRefs(db: Db, memberIds: number[]): Promise<string[]> {
  const { rows } = await sql<{ ref: string }>`
    select ref from kpi_member where id = any(${memberIds}::integer[]) and ref is not null
  `.execute(db);
  return rows.map(({ ref }) => ref);
}

/** Agents with a planned shift in a time, each with the stretch their shifts are in. */
export async function selectShiftSpans(
  db: Db,
  { from, until }: { from: Date; until: Date },
): Promise<{ agent: number; fromMs: number; untilMs: number; isOwn: boolean }[]> {
  const { rows } = await sql<{ agent: number; fromMs: number; untilMs: number; isOwn: boolean }>`
    select s.agent, (extract(epoch from min(s.starts_at)) * 1000)::bigint as "fromMs",
      (extract(epoch from max(s.ends_at)) * 1000)::bigint as "untilMs", m.ref is not null as "isOwn"
    from kpi_shift s join kpi_member m on m.id = s.agent
    where s.starts_at < ${until} and s.ends_at > ${from} group by s.agent, m.ref
  `.execute(db);
  return rows;
}

/** Agents who have any time counted in a batch lately, or are in some state now. */
export async function selectAgentsOf(db: Db, batchId: number): Promise<number[]> {
  const { rows } = await sql<{ agent: number }>`
    select agent from kpi_presence where batch_id = ${batchId} and until_at is null
    union
    select agent from kpi_segment
    where batch_id = ${batchId} and (until_at is null or (wrap_from_at is not null and wrap_until_at is null))
    union
    select agent from kpi_agent_time where batch_id = ${batchId} and step_at > clock_timestamp() - interval '1 day'
  `.execute(db);
  return rows.map(({ agent }) => agent);
}
