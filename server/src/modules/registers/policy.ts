import type { RegisterKey, RegisterSource } from '@yingda/contract';
import { may, teamsWith } from '../../kernel/actor.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';

export type Owned = { source: RegisterSource; recorderId: string | null; teamId: string | null };

/** Whoever entered a line, or leads its team; beside what the work tells, whoever records orders. */
export function mayEdit(actor: Actor, register: RegisterKey, row: Owned): boolean {
  if (register === 'problems' || !may(actor, 'order.write')) return false;
  if (row.source !== 'entered') return true;
  const isOwn = actor.kind === 'user' && actor.userId === row.recorderId;
  return isOwn || may(actor, 'order.manage', row.teamId);
}

export function requireEdit(actor: Actor, register: RegisterKey, row: Owned): void {
  if (register === 'problems') throw new Problem('register.not_enterable');
  if (!mayEdit(actor, register, row)) throw new Problem('register.not_yours');
}

/** Teams whose conversations somebody sees, and whether their own count too. */
export function conversationSight(actor: Actor): {
  conversationTeams: string[] | null;
  assigneeId: string | null;
} {
  const teams = teamsWith(actor, 'conversation.read');
  const mayRead = may(actor, 'conversation.read');
  return {
    conversationTeams: teams === 'all' ? null : teams,
    assigneeId: actor.kind === 'user' && mayRead ? actor.userId : null,
  };
}
