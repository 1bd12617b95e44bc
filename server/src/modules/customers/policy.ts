import { requireRight, requireUser } from '../../kernel/actor.ts';
import type { Actor, UserActor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';

// A customer belongs to no team: the right for any team is the right for every customer.

export function requireRead(actor: Actor): void {
  requireRight(actor, 'customer.read');
}

export function requireWrite(actor: Actor): void {
  requireRight(actor, 'customer.write');
}

export function requireFieldAdministration(actor: Actor): void {
  requireRight(actor, 'widget.manage');
}

/** Notes are taken back by who wrote them, and by nobody else. */
export function requireAuthor(actor: Actor, note: { authorId: string | null }): UserActor {
  const user = requireUser(actor);
  if (note.authorId !== user.userId) throw new Problem('auth.forbidden');
  return user;
}
