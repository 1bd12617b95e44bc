import { may, requireUser, teamsWith } from '../../kernel/actor.ts';
import type { Actor, UserActor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';

type Subject = { team_id: string; assignee_id: string | null };

/** People see conversations of teams they may read, and those they answer themselves. */
export function maySee(actor: Actor, { team_id, assignee_id }: Subject): boolean {
  if (may(actor, 'conversation.read', team_id)) return true;
  return actor.kind === 'user' && assignee_id === actor.userId && may(actor, 'conversation.read');
}

/** What may not be seen does not exist. */
export function requireSight<T extends Subject>(actor: Actor, subject: T | undefined): T {
  if (!subject || !maySee(actor, subject)) throw new Problem('conversation.not_found');
  return subject;
}

export function requireReply(actor: Actor, subject: Subject): UserActor {
  const user = requireUser(actor);
  const own = subject.assignee_id === user.userId && may(actor, 'conversation.reply');
  if (!own && !may(actor, 'conversation.reply', subject.team_id))
    throw new Problem('auth.forbidden');
  return user;
}

/** Giving work to others, or taking it from them. */
export function mayManage(actor: Actor, subject: Subject): boolean {
  return may(actor, 'conversation.manage', subject.team_id);
}

/** Teams whose conversations a list may hold. */
export function readableTeams(actor: Actor): 'all' | string[] {
  return teamsWith(actor, 'conversation.read');
}
