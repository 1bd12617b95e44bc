import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { MacroInput } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type MacroRow = Omit<MacroInput, 'teamId'> & {
  id: string;
  team_id: string | null;
  version: number;
  uses: number;
};

export async function selectMacros(db: Db): Promise<MacroRow[]> {
  const { rows } = await sql<MacroRow>`
    select id, name, note, subject, actions, team_id, version, uses from macro order by lower(name), id limit 2000
  `.execute(db);
  return rows;
}

export async function selectMacro(db: Db, id: string): Promise<MacroRow | undefined> {
  const { rows } = await sql<MacroRow>`
    select id, name, note, subject, actions, team_id, version, uses from macro where id = ${id}
  `.execute(db);
  return rows[0];
}

/** The version of a macro, which nobody else changes until the transaction ends. */
export async function lockMacro(db: Db, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    select version from macro where id = ${id} for update
  `.execute(db);
  return rows[0]?.version;
}

/** Makes or changes a macro; false when another has its name. */
export async function saveMacro(
  db: Db,
  macro: Omit<MacroRow, 'uses' | 'version'> & { by: string | null },
): Promise<boolean> {
  const { rows: taken } = await sql`
    select from macro where lower(name) = lower(${macro.name}) and subject = ${macro.subject}
      and team_id is not distinct from ${macro.team_id}::uuid and id <> ${macro.id}
  `.execute(db);
  if (taken.length > 0) return false;
  const { rows } = await sql`
    insert into macro (id, name, note, subject, actions, team_id, updated_by)
    values (${macro.id}, ${macro.name}, ${macro.note}, ${macro.subject}, ${JSON.stringify(macro.actions)}::jsonb,
      ${macro.team_id}, ${macro.by})
    on conflict (id) do update set name = excluded.name, note = excluded.note, subject = excluded.subject,
      actions = excluded.actions, team_id = excluded.team_id, updated_by = excluded.updated_by,
      updated_at = clock_timestamp(), version = macro.version + 1
    returning id
  `.execute(db);
  return rows.length > 0;
}

export async function deleteMacro(db: Db, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from macro where id = ${id}`.execute(db);
  return Number(numAffectedRows ?? 0) > 0;
}

export async function countUse(db: Db, id: string): Promise<void> {
  await sql`update macro set uses = uses + 1 where id = ${id}`.execute(db);
}
