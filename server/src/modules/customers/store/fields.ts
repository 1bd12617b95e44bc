import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CustomFieldView } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

const columns = sql`id, key, label, kind, choices, position`;

/** The fields in the order in which people see them. */
export async function selectFields(db: Db): Promise<CustomFieldView[]> {
  const { rows } = await sql<CustomFieldView>`
    select ${columns} from custom_field order by position, created_at, id limit 1000
  `.execute(db);
  return rows;
}

export async function lockField(db: Db, id: string): Promise<CustomFieldView | undefined> {
  const { rows } = await sql<CustomFieldView>`
    select ${columns} from custom_field where id = ${id} for update
  `.execute(db);
  return rows[0];
}

/** False when the key is taken. */
export async function insertField(db: Db, field: CustomFieldView): Promise<boolean> {
  const { rows } = await sql`
    insert into custom_field (id, key, label, kind, choices, position)
    values (${field.id}, ${field.key}, ${field.label}, ${field.kind}, ${field.choices}, ${field.position})
    on conflict on constraint custom_field_key do nothing returning id
  `.execute(db);
  return rows.length > 0;
}

export async function updateField(db: Db, field: CustomFieldView): Promise<void> {
  await sql`
    update custom_field set label = ${field.label}, choices = ${field.choices}, position = ${field.position}
    where id = ${field.id}
  `.execute(db);
}

export async function deleteField(db: Db, id: string): Promise<void> {
  await sql`delete from custom_field where id = ${id}`.execute(db);
}
