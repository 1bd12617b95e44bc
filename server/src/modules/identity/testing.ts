import type { BuiltInRole } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { sessionCookieName } from './adapters/better-auth.ts';
import { createPerson as makePerson } from './service/founding.ts';
import { authOf } from './service/sign-in/library.ts';

/** A person with everything filled in that the test is not about. */
export function createPerson(
  ctx: Ctx,
  options: {
    role?: BuiltInRole;
    /** The team the role is held for; null: for all. */
    teamId?: string | null;
    teamIds?: string[];
    name?: string;
    email?: string;
    password?: string;
  } = {},
): Promise<{ userId: string; name: string }> {
  const { role = 'agent', teamId = null, teamIds = [], password } = options;
  const id = newId().slice(-12);
  const { name = `Person ${id}`, email = `person-${id}@example.com` } = options;
  return makePerson(ctx, { name, email, password, teamIds, roles: [{ role, teamId }] });
}

/** Signs the person in without a password; the value of the Cookie header. */
export async function createSessionToken(ctx: Ctx, userId: string): Promise<string> {
  const value = await authOf(ctx.services).startSession(userId);
  return `${sessionCookieName(ctx.services.config)}=${value}`;
}
