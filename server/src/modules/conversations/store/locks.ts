import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

/** One at a time for this address of a channel, until the transaction ends. */
export async function lockSource(db: Kysely<DB>, sourceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceId}, 7))`.execute(db);
}
