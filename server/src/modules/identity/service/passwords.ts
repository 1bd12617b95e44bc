import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { hashPassword } from '../adapters/better-auth.ts';
import { passwordFaults } from '../domain/password.ts';
import { savePassword } from '../store/access.ts';

/** Throws `auth.password_weak`, with the reason as a fault, for a password that must not be set. */
export function requireGoodPassword(password: string, email: string): void {
  const faults = passwordFaults(password, email);
  if (faults.length > 0) throw new Problem('auth.password_weak', { faults });
}

/** A good password as it is stored. Slow on purpose, so call it before a transaction begins. */
export async function newPasswordHash(password: string, email: string): Promise<string> {
  requireGoodPassword(password, email);
  return hashPassword(password);
}

/** Gives the person this password (a hash of `newPasswordHash`). */
export async function setPassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await savePassword(tx.db, { accountRowId: newId(), userId, hash });
}
