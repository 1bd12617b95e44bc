import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

const KEY = 'kpi';

/** What was set, as stored; undefined when nothing ever was. */
export async function selectSettings(ctx: Ctx): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`
    select value from setting where key = ${KEY}
  `.execute(ctx.db);
  return rows[0]?.value;
}

/** Holds the settings, so that two who change them come one after the other. */
export async function lockSettings(tx: Tx): Promise<unknown> {
  await sql`
    insert into setting (key, value) values (${KEY}, '{}'::jsonb) on conflict do nothing
  `.execute(tx.db);
  const { rows } = await sql<{ value: unknown }>`
    select value from setting where key = ${KEY} for update
  `.execute(tx.db);
  return rows[0]?.value;
}

export async function saveSettings(tx: Tx, value: object): Promise<void> {
  await sql`
    update setting set value = ${JSON.stringify(value)}::jsonb, changed_at = clock_timestamp() where key = ${KEY}
  `.execute(tx.db);
}
