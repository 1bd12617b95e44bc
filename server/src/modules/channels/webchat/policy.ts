import { requireRight } from '../../../kernel/actor.ts';
import type { Actor, VisitorActor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';

export function requireAdministration(actor: Actor): void {
  requireRight(actor, 'widget.manage');
}

/** The visitor who asks; each sees nothing but the own conversation, which is found by this id alone. */
export function requireVisitor(actor: Actor): VisitorActor {
  if (actor.kind !== 'visitor') throw new Problem('auth.signed_out');
  return actor;
}
