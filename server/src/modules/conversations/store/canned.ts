import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

export type CannedRow = Selectable<DB['canned_reply']>;
type Values = { shortcut: string; title: string; text: string; team_id: string | null };

export async function listCannedRows(
  db: Kysely<DB>,
  teamIds: string[] | null,
): Promise<CannedRow[]> {
  const { rows } = await sql<CannedRow>`
    select * from canned_reply
    where ${teamIds === null} or team_id is null or team_id = any(${teamIds ?? []}::uuid[])
    order by uses desc, lower(shortcut) limit 2000
  `.execute(db);
  return rows;
}

export async function findCanned(db: Kysely<DB>, id: string): Promise<CannedRow | undefined> {
  return db.selectFrom('canned_reply').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertCanned(
  db: Kysely<DB>,
  values: Values & { id: string },
): Promise<CannedRow> {
  return db.insertInto('canned_reply').values(values).returningAll().executeTakeFirstOrThrow();
}

export async function updateCannedRow(
  db: Kysely<DB>,
  id: string,
  values: Partial<Values>,
): Promise<CannedRow | undefined> {
  return (
    db
      .updateTable('canned_reply')
      // With its own id there is always something to set, also when nothing changes.
      .set({ id, ...values })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
  );
}

export async function deleteCannedRow(db: Kysely<DB>, id: string): Promise<void> {
  await db.deleteFrom('canned_reply').where('id', '=', id).execute();
}
