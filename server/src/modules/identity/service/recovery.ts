import { orProblem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { builtInRoleIds } from '../domain/built-in-roles.ts';
import { personChanged, sessionEnded } from '../events.ts';
import { deleteSessions, removeTwoFactor } from '../store/access.ts';
import { lockPerson, selectFirstHolder, selectPersonByEmail } from '../store/people.ts';
import type { AuditAuthor } from './audit.ts';
import { audit } from './audit.ts';
import { newPasswordHash, setPassword } from './passwords.ts';

/** The active administrator who was here first; null when there is none. */
export async function firstAdministrator(ctx: Ctx): Promise<string | null> {
  return (await selectFirstHolder(ctx.db, builtInRoleIds.administrator)) ?? null;
}

/** The id of the person with this address; null when there is none. */
export async function findPerson(ctx: Ctx, email: string): Promise<string | null> {
  return (await selectPersonByEmail(ctx.db, email))?.id ?? null;
}

/**
 * Sets a new password for the operator of the machine and ends all sessions of the person; on request also removes the
 * authenticator app that was lost. Throws `person.not_found`, `auth.password_weak`.
 */
export async function resetPassword(
  ctx: Ctx,
  input: { email: string; password: string; withoutTwoFactor: boolean },
  author: AuditAuthor,
): Promise<{ name: string; active: boolean }> {
  const passwordHash = await newPasswordHash(input.password, input.email);
  return transact(ctx, async (tx) => {
    const found = orProblem(await selectPersonByEmail(tx.db, input.email), 'person.not_found');
    const { id, name, active, teamIds } = orProblem(
      await lockPerson(tx.db, found.id),
      'person.not_found',
    );
    await setPassword(tx, id, passwordHash);
    if (input.withoutTwoFactor) await removeTwoFactor(tx.db, id);
    await deleteSessions(tx.db, { userId: id });
    const subject = { subjectKind: 'person', subjectId: id, subjectName: name };
    await audit(tx, { action: 'password.reset', ...subject }, author);
    if (input.withoutTwoFactor) {
      await audit(tx, { action: 'two_factor.disabled', ...subject }, author);
      tx.emit(personChanged, { id, name, active, teamIds });
    }
    tx.emit(sessionEnded, { userId: id, sessionId: null });
    return { name, active };
  });
}
