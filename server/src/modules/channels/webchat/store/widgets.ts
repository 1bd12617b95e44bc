import type { Kysely } from 'kysely';
import { WidgetSettings } from '@yingda/contract';
import type { DB } from '../../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** A widget without its secret, which only `selectSecret` gives. */
export type WidgetRow = {
  id: string;
  name: string;
  key: string;
  queueId: string;
  settings: WidgetSettings;
  createdAt: Date;
};

const columns = ['id', 'name', 'key', 'queue_id', 'settings', 'created_at'] as const;

type Stored = {
  id: string;
  name: string;
  key: string;
  queue_id: string;
  settings: unknown;
  created_at: Date;
};

function rowOf({ id, name, key, queue_id, settings, created_at }: Stored): WidgetRow {
  const shown = WidgetSettings.parse(settings);
  return { id, name, key, queueId: queue_id, settings: shown, createdAt: created_at };
}

const living = (db: Db) => db.selectFrom('widget').select(columns).where('deleted_at', 'is', null);

export async function selectWidgets(db: Db): Promise<WidgetRow[]> {
  return (await living(db).orderBy('created_at').limit(500).execute()).map(rowOf);
}

export async function selectWidget(db: Db, id: string): Promise<WidgetRow | undefined> {
  const row = await living(db).where('id', '=', id).executeTakeFirst();
  return row && rowOf(row);
}

export async function lockWidget(db: Db, id: string): Promise<WidgetRow | undefined> {
  const row = await living(db).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && rowOf(row);
}

export async function selectWidgetByKey(db: Db, key: string): Promise<WidgetRow | undefined> {
  const row = await living(db).where('key', '=', key).executeTakeFirst();
  return row && rowOf(row);
}

export async function selectSecret(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('widget')
    .select('secret')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.secret;
}

type NewWidget = Omit<WidgetRow, 'createdAt'> & { secret: string };

export async function insertWidget(db: Db, widget: NewWidget): Promise<WidgetRow> {
  const { id, name, key, secret, queueId, settings } = widget;
  const row = await db
    .insertInto('widget')
    .values({ id, name, key, secret, queue_id: queueId, settings: JSON.stringify(settings) })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return rowOf(row);
}

export async function updateWidgetRow(
  db: Db,
  { id, name, queueId, settings }: WidgetRow,
): Promise<void> {
  await db
    .updateTable('widget')
    .set({ name, queue_id: queueId, settings: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute();
}

export async function updateSecret(db: Db, id: string, secret: string): Promise<void> {
  await db.updateTable('widget').set({ secret }).where('id', '=', id).execute();
}

export async function retireWidget(db: Db, id: string): Promise<void> {
  await db.updateTable('widget').set({ deleted_at: new Date() }).where('id', '=', id).execute();
}

export async function hasWidgetOfQueue(db: Db, queueId: string): Promise<boolean> {
  const row = await living(db).where('queue_id', '=', queueId).limit(1).executeTakeFirst();
  return row !== undefined;
}
