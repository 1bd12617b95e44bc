import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

export async function insertMentions(
  db: Kysely<DB>,
  given: { conversationId: string; messageId: string; userIds: string[] },
): Promise<void> {
  await sql`
    insert into mention (user_id, conversation_id, message_id)
    select user_id, ${given.conversationId}, ${given.messageId} from unnest(${given.userIds}::uuid[]) as user_id
    on conflict do nothing
  `.execute(db);
}

export async function seeMentions(
  db: Kysely<DB>,
  given: { conversationId: string; userId: string },
): Promise<void> {
  await sql`
    update mention set seen_at = clock_timestamp()
    where user_id = ${given.userId} and conversation_id = ${given.conversationId} and seen_at is null
  `.execute(db);
}

export async function countUnseenMentions(db: Kysely<DB>, userId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct conversation_id)::int as n from mention where user_id = ${userId} and seen_at is null
  `.execute(db);
  return rows[0]?.n ?? 0;
}
