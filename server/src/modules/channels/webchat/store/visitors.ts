import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Locale } from '@yingda/contract';
import type { DB } from '../../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type Page = { url: string; title: string };
export type VisitorRow = {
  id: string;
  widgetId: string;
  customerId: string | null;
  /** The user of the page, as its server signed it; with it the visitor is verified. */
  externalId: string | null;
  name: string;
  email: string | null;
  signedEmail: string | null;
  locale: Locale;
  page: Page | null;
  leftAt: Date | null;
  mailed: { conversationId: string | null; seq: number };
  lastSeenAt: Date;
};

const StoredPage = z.object({ url: z.string(), title: z.string() }).nullable().catch(null);

type Stored = {
  id: string;
  widget_id: string;
  customer_id: string | null;
  external_id: string | null;
  name: string;
  email: string | null;
  signed_email: string | null;
  locale: string;
  page: unknown;
  left_at: Date | null;
  mailed_conversation_id: string | null;
  mailed_seq: number;
  last_seen_at: Date;
};

function rowOf(row: Stored): VisitorRow {
  return {
    id: row.id,
    widgetId: row.widget_id,
    customerId: row.customer_id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    signedEmail: row.signed_email,
    locale: Locale.catch('zh-CN').parse(row.locale),
    page: StoredPage.parse(row.page),
    leftAt: row.left_at,
    mailed: { conversationId: row.mailed_conversation_id, seq: row.mailed_seq },
    lastSeenAt: row.last_seen_at,
  };
}

export async function selectVisitor(
  db: Db,
  id: string,
  { lock = false } = {},
): Promise<VisitorRow | undefined> {
  const query = db.selectFrom('visitor').selectAll().where('id', '=', id);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  return row && rowOf(row);
}

/** The visitor that stands for a user of the page, locked. */
export async function lockVisitorOfUser(
  db: Db,
  { widgetId, externalId }: { widgetId: string; externalId: string },
): Promise<VisitorRow | undefined> {
  const row = await db
    .selectFrom('visitor')
    .selectAll()
    .where('widget_id', '=', widgetId)
    .where('external_id', '=', externalId)
    .where('canonical', '=', true)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && rowOf(row);
}

/** Serialises sign-ins of one user on several devices. */
export async function lockUser(db: Db, widgetId: string, externalId: string): Promise<void> {
  const name = `visitor ${widgetId} ${externalId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}

export async function insertVisitor(
  db: Db,
  visitor: { id: string; widgetId: string; locale: Locale },
): Promise<VisitorRow> {
  const { id, widgetId, locale } = visitor;
  const row = await db
    .insertInto('visitor')
    .values({ id, widget_id: widgetId, locale })
    .returningAll()
    .executeTakeFirstOrThrow();
  return rowOf(row);
}

export type VisitorChange = Partial<{
  customerId: string;
  externalId: string;
  canonical: boolean;
  name: string;
  email: string;
  signedEmail: string | null;
  locale: Locale;
  page: Page;
  leftAt: Date | null;
  lastSeenAt: Date;
  mailed: { conversationId: string; seq: number };
}>;

export async function updateVisitor(
  db: Db,
  id: string,
  change: VisitorChange,
): Promise<VisitorRow> {
  const { page, mailed } = change;
  const row = await db
    .updateTable('visitor')
    .set({
      customer_id: change.customerId,
      external_id: change.externalId,
      canonical: change.canonical,
      name: change.name,
      email: change.email,
      signed_email: change.signedEmail,
      locale: change.locale,
      page: page && JSON.stringify(page),
      left_at: change.leftAt,
      last_seen_at: change.lastSeenAt,
      mailed_conversation_id: mailed?.conversationId,
      mailed_seq: mailed?.seq,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return rowOf(row);
}

/** Says that these visitors are here now. */
export async function touchVisitors(db: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update visitor set last_seen_at = clock_timestamp() where id = any(${ids}::uuid[])`.execute(
    db,
  );
}

/** Moves a merged customer's visitors to the one that stays; their ids. */
export async function moveVisitors(
  db: Db,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const rows = await db
    .updateTable('visitor')
    .set({ customer_id: to })
    .where('customer_id', '=', from)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Forgets visitors that never wrote; how many there were. */
export async function deleteIdleVisitors(db: Db, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from visitor where id in (
      select id from visitor
      where customer_id is null and created_at < clock_timestamp() - interval '30 days'
        and last_seen_at < clock_timestamp() - interval '30 days'
      order by created_at limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}
