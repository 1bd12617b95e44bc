import { sql } from 'kysely';
import type { ImportMapping } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

export type MappingRow = { id: string; name: string; mapping: ImportMapping; updated_at: Date };

export async function allMappings(ctx: Ctx): Promise<MappingRow[]> {
  const { rows } = await sql<MappingRow>`
    select id, name, mapping, updated_at from import_mapping order by lower(name) limit 1000
  `.execute(ctx.db);
  return rows;
}

export type MappingInput = { id: string; name: string; mapping: ImportMapping };

/** Undefined: the name is taken. */
export async function insertMapping(
  ctx: Ctx,
  { id, name, mapping }: MappingInput,
): Promise<MappingRow | undefined> {
  const { rows } = await sql<MappingRow>`
    insert into import_mapping (id, name, mapping) values (${id}, ${name}, ${JSON.stringify(mapping)}::jsonb)
    on conflict do nothing returning id, name, mapping, updated_at
  `.execute(ctx.db);
  return rows[0];
}

export async function isNameTaken(ctx: Ctx, name: string, except: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_mapping where lower(name) = lower(${name}) and id <> ${except}
  `.execute(ctx.db);
  return rows.length > 0;
}

export async function changeMapping(
  ctx: Ctx,
  { id, name, mapping }: MappingInput,
): Promise<MappingRow | undefined> {
  const { rows } = await sql<MappingRow>`
    update import_mapping set name = ${name}, mapping = ${JSON.stringify(mapping)}::jsonb, updated_at = now()
    where id = ${id} returning id, name, mapping, updated_at
  `.execute(ctx.db);
  return rows[0];
}

export async function deleteMapping(ctx: Ctx, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from import_mapping where id = ${id}`.execute(
    ctx.db,
  );
  return Number(numAffectedRows ?? 0) > 0;
}
