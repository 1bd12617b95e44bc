import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';

export type FileRow = {
  id: string;
  name: string;
  size: number;
  storage_key: string;
  uploaded_at: Date;
};

export async function insertFile(
  ctx: Ctx,
  file: Omit<FileRow, 'uploaded_at'> & { uploaded_by: string | null },
): Promise<void> {
  await sql`
    insert into import_file (id, name, size, storage_key, uploaded_by)
    values (${file.id}, ${file.name}, ${file.size}, ${file.storage_key}, ${file.uploaded_by})
  `.execute(ctx.db);
}

export async function findFiles(ctx: Ctx, ids: string[]): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select id, name, size, storage_key, uploaded_at from import_file where id = any(${ids}::uuid[])
  `.execute(ctx.db);
  return rows;
}

export async function oldFiles(ctx: Ctx, days: number): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select id, name, size, storage_key, uploaded_at from import_file
    where uploaded_at < now() - ${days} * interval '1 day' order by uploaded_at limit 100
  `.execute(ctx.db);
  return rows;
}

export async function deleteFile(ctx: Ctx, id: string): Promise<void> {
  await sql`delete from import_file where id = ${id}`.execute(ctx.db);
}
