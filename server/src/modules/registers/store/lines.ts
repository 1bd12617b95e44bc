import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { RegisterKey } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;
export type EnteredValues = Record<string, string | number>;

export type LineRow = {
  id: string;
  register: RegisterKey;
  sourceId: string | null;
  at: Date;
  teamId: string | null;
  customerId: string | null;
  customerName: string;
  phones: string[];
  conversationId: string | null;
  entered: EnteredValues;
  recorderId: string | null;
};

/** False: somebody has added to the same line just now. */
export async function insertLine(db: Db, line: LineRow): Promise<boolean> {
  const { rows } = await sql`
    insert into register_line (id, register, source_id, at, team_id, customer_id, customer_name, phones,
      conversation_id, entered, recorder_id)
    values (${line.id}, ${line.register}, ${line.sourceId}, ${line.at}, ${line.teamId}, ${line.customerId},
      ${line.customerName}, ${line.phones}::text[], ${line.conversationId}, ${JSON.stringify(line.entered)}::jsonb,
      ${line.recorderId})
    on conflict (register, source_id) where source_id is not null do nothing returning id
  `.execute(db);
  return rows.length > 0;
}

/** What was entered on a line: by its own id, or by that of what it adds to. */
export async function lockEntered(
  db: Db,
  register: RegisterKey,
  id: string,
): Promise<{ id: string; version: number; entered: EnteredValues } | undefined> {
  const { rows } = await sql<{ id: string; version: number; entered: EnteredValues }>`
    select id, version, entered from register_line
    where register = ${register} and (source_id = ${id} or (id = ${id} and source_id is null)) for update
  `.execute(db);
  return rows[0];
}

export async function updateEntered(db: Db, id: string, entered: EnteredValues): Promise<void> {
  await sql`
    update register_line set entered = ${JSON.stringify(entered)}::jsonb, version = version + 1 where id = ${id}
  `.execute(db);
}

export async function deleteLine(db: Db, id: string): Promise<void> {
  await sql`delete from register_line where id = ${id} and source_id is null`.execute(db);
}

/** Lines that name a customer go on with the one it became. */
export async function moveCustomer(db: Db, from: string, into: string): Promise<void> {
  await sql`update register_line set customer_id = ${into} where customer_id = ${from}`.execute(db);
}

export async function selectSettings(db: Db): Promise<unknown> {
  const { rows } = await sql<{
    settings: unknown;
  }>`select settings from register_settings`.execute(db);
  return rows[0]?.settings;
}

export async function saveSettings(db: Db, settings: object): Promise<void> {
  await sql`
    insert into register_settings (settings) values (${JSON.stringify(settings)}::jsonb)
    on conflict (one) do update set settings = excluded.settings
  `.execute(db);
}
