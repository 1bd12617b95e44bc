import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Key = { conversationId: string; userId: string };

export async function findDraft(
  db: Kysely<DB>,
  { conversationId, userId }: Key,
): Promise<Selectable<DB['draft']> | undefined> {
  return db
    .selectFrom('draft')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

export async function upsertDraft(
  db: Kysely<DB>,
  draft: Key & { kind: string; text: string },
): Promise<void> {
  await sql`
    insert into draft (conversation_id, user_id, kind, text)
    values (${draft.conversationId}, ${draft.userId}, ${draft.kind}, ${draft.text})
    on conflict (conversation_id, user_id) do update
      set kind = excluded.kind, text = excluded.text, updated_at = clock_timestamp()
  `.execute(db);
}

export async function deleteDraft(db: Kysely<DB>, { conversationId, userId }: Key): Promise<void> {
  await db
    .deleteFrom('draft')
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .execute();
}
