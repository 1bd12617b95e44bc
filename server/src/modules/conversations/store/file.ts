import type { Kysely, Insertable, Selectable } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

export type FileRow = Selectable<DB['file']>;

export async function insertFile(db: Kysely<DB>, file: Insertable<DB['file']>): Promise<void> {
  await db.insertInto('file').values(file).execute();
}

export async function findFiles(db: Kysely<DB>, ids: string[]): Promise<FileRow[]> {
  return db.selectFrom('file').selectAll().where('id', 'in', ids).execute();
}
