import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** Contacts of a batch in the order of their ids, which is that of their arrival; so many after one. */
export async function selectContactIds(
  db: Db,
  batchId: number,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from kpi_contact where contact_id > ${after}::uuid and batch_id = ${batchId}
    order by contact_id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

export async function deleteContacts(db: Db, batchId: number, ids: string[]): Promise<void> {
  await sql`
    delete from kpi_segment where batch_id = ${batchId} and contact_id = any(${ids}::uuid[])
  `.execute(db);
  await sql`
    delete from kpi_contact where batch_id = ${batchId} and contact_id = any(${ids}::uuid[])
  `.execute(db);
}

const sumTables = [
  ['kpi_half_hour', 'step_at'],
  ['kpi_agent_time', 'step_at'],
  ['kpi_presence', 'from_at'],
  ['kpi_day', 'day'],
  ['kpi_agent_day', 'day'],
] as const;

/** Deletes the sums of a batch within a time. */
export async function deleteSums(
  db: Db,
  batchId: number,
  { from, until }: { from: Date; until: Date },
): Promise<void> {
  for (const [table, at] of sumTables) {
    await sql`
      delete from ${sql.table(table)}
      where batch_id = ${batchId} and ${sql.ref(at)} >= ${from}::timestamptz and ${sql.ref(at)} < ${until}::timestamptz
    `.execute(db);
  }
}

const coarserTables = [
  'kpi_centre_half_hour',
  'kpi_queue_day',
  'kpi_topic_day',
  'kpi_month',
  'kpi_agent_month',
] as const;

/** Deletes whatever is left of a batch. */
export async function deleteLeftSums(db: Db, batchId: number): Promise<void> {
  for (const table of [...sumTables.map(([name]) => name), ...coarserTables]) {
    await sql`delete from ${sql.table(table)} where batch_id = ${batchId}`.execute(db);
  }
}

/** Which of these contacts are in a batch that reports show. */
export async function selectKnown(db: Db, ids: string[], orIn: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct k.contact_id as id from kpi_contact k join kpi_batch b on b.id = k.batch_id
    where k.contact_id = any(${ids}::uuid[]) and (b.state = 'visible' or b.id = ${orIn})
  `.execute(db);
  return rows.map(({ id }) => id);
}
