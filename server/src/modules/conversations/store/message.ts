import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

export type MessageRow = Selectable<DB['message']>;

/** Messages of one conversation in order of seq: the newest, or those before or after a seq. */
export async function listMessageRows(
  db: Kysely<DB>,
  conversationId: string,
  page: { before?: number; after?: number; limit: number; withNotes: boolean },
): Promise<{ rows: MessageRow[]; hasMore: boolean }> {
  const { before, after, limit, withNotes } = page;
  const forward = after !== undefined;
  const { rows } = await sql<MessageRow>`
    select * from message
    where conversation_id = ${conversationId}
      ${before === undefined ? sql`` : sql`and seq < ${before}`}
      ${after === undefined ? sql`` : sql`and seq > ${after}`}
      ${withNotes ? sql`` : sql`and kind <> 'note'`}
    order by seq ${forward ? sql`asc` : sql`desc`}
    limit ${limit + 1}
  `.execute(db);
  const hasMore = rows.length > limit;
  const shown = rows.slice(0, limit);
  return { rows: forward ? shown : shown.reverse(), hasMore };
}

/** The message a sender's key became. */
export async function findByKey(
  db: Kysely<DB>,
  conversationId: string,
  clientKey: string,
): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select message.* from message_key join message on message.id = message_key.message_id
    where message_key.conversation_id = ${conversationId} and message_key.client_key = ${clientKey}
  `.execute(db);
  return rows[0];
}

export async function findMessage(
  db: Kysely<DB>,
  conversationId: string,
  id: string,
): Promise<MessageRow | undefined> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('id', '=', id)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
}

/** Empties a message that its author took back; undefined when it is too late or done already. */
export async function retractRow(
  db: Kysely<DB>,
  id: string,
  withinMs: number,
): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    update message set retracted_at = clock_timestamp(), parts = '[]'
    where id = ${id} and retracted_at is null
      and created_at > clock_timestamp() - make_interval(secs => ${withinMs / 1000})
    returning *
  `.execute(db);
  return rows[0];
}

/** The newest message to or from the customer that was not taken back. */
export async function newestShown(
  db: Kysely<DB>,
  conversationId: string,
): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select * from message
    where conversation_id = ${conversationId} and kind = 'message' and retracted_at is null
    order by seq desc limit 1
  `.execute(db);
  return rows[0];
}

export async function forgetOldKeys(db: Kysely<DB>): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from message_key where ctid = any(array(
      select ctid from message_key where created_at < clock_timestamp() - interval '30 days' limit 20000
    ))
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}

export async function makePartitions(db: Kysely<DB>): Promise<void> {
  await sql`select create_month_partitions('message', clock_timestamp(), 4)`.execute(db);
}
