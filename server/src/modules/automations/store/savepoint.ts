import { sql } from 'kysely';
import type { Tx } from '../../../platform/ctx.ts';

export async function savepoint(tx: Tx): Promise<void> {
  await sql`savepoint automation`.execute(tx.db);
}
export async function releaseSavepoint(tx: Tx): Promise<void> {
  await sql`release savepoint automation`.execute(tx.db);
}
export async function rollbackToSavepoint(tx: Tx): Promise<void> {
  await sql`rollback to savepoint automation`.execute(tx.db);
}
