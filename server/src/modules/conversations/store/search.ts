import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

export type SearchEntry = { messageId: string; conversationId: string; seq: number; words: string };
export type Found = { message_id: string; conversation_id: string; seq: number };

export async function indexMessages(db: Kysely<DB>, entries: SearchEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into message_search (message_id, conversation_id, seq, words)
    select "messageId", "conversationId", seq, array_to_tsvector(array(select distinct word from unnest(string_to_array(words, ' ')) as word where word <> ''))
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as given ("messageId" uuid, "conversationId" uuid, seq integer, words text)
    on conflict (message_id) do update set words = excluded.words, seq = excluded.seq
  `.execute(db);
}

export async function forgetMessage(db: Kysely<DB>, messageId: string): Promise<void> {
  await sql`delete from message_search where message_id = ${messageId}`.execute(db);
}

/** How many of the newest messages are read one by one before the index is asked. */
const NEWEST = 15_000;
/** How many matches are taken from the index, unsorted, before the newest of them are chosen. */
const CAP = 5_000;

type Asked = { tsquery: string; teamIds: string[] | null; userId: string; limit: number };

/**
 * Of these messages the newest that may be seen. They are sorted before anyone asks whose they are, so that only as
 * many conversations are looked up as it takes to fill the page.
 */
async function newestVisible(
  db: Kysely<DB>,
  matches: RawBuilder<unknown>,
  { teamIds, userId, limit }: Asked,
): Promise<Found[]> {
  const visible =
    teamIds === null
      ? sql`true`
      : sql`exists (select from conversation c where c.id = m.conversation_id and (c.team_id = any(${teamIds}::uuid[]) or c.assignee_id = ${userId}) offset 0)`;
  const { rows } = await sql<Found>`
    select m.message_id, m.conversation_id, m.seq
    from (select message_id, conversation_id, seq from (${matches}) found order by message_id desc offset 0) m
    where ${visible} order by m.message_id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Matches among the newest messages: what most searches are for, and quick however common the words are. */
function amongNewest(db: Kysely<DB>, asked: Asked): Promise<Found[]> {
  const newest = sql`select * from message_search order by message_id desc limit ${NEWEST}`;
  return newestVisible(
    db,
    sql`select * from (${newest}) newest where words @@ ${asked.tsquery}::tsquery`,
    asked,
  );
}

/** Matches of rare words anywhere: few by nature, and capped where they are not. */
function byIndex(db: Kysely<DB>, asked: Asked): Promise<Found[]> {
  return newestVisible(
    db,
    sql`select * from message_search where words @@ ${asked.tsquery}::tsquery limit ${CAP}`,
    asked,
  );
}

/**
 * Messages with all these words, newest first. A word too common to sort by time over everything is found among the
 * newest; a rarer one through the index too (bench/reads). Where the index holds more than the cap, what it gives is
 * any of them: so the newest, which are sure, stay on top.
 */
export async function searchMessages(db: Kysely<DB>, asked: Asked): Promise<Found[]> {
  const newest = await amongNewest(db, asked);
  if (newest.length >= asked.limit) return newest;
  const known = new Set(newest.map(({ message_id }) => message_id));
  const others = (await byIndex(db, asked)).filter(({ message_id }) => !known.has(message_id));
  // Whatever matches among the newest is in `newest`, so all others are older.
  return [...newest, ...others].slice(0, asked.limit);
}

export type Excerpted = { id: string; parts: unknown; created_at: Date };

export async function readForExcerpts(db: Kysely<DB>, messageIds: string[]): Promise<Excerpted[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await sql<Excerpted>`
    select id, parts, created_at from message where id = any(${messageIds}::uuid[])
  `.execute(db);
  return rows;
}

export async function findByNumber(db: Kysely<DB>, number: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('conversation')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.id;
}

/** The newest conversations of these customers. */
export async function newestOfCustomers(
  db: Kysely<DB>,
  customerIds: string[],
  limit: number,
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from conversation where customer_id = any(${customerIds}::uuid[])
    order by last_message_at desc limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
