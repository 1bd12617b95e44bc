import { may, teamsWith } from '../../kernel/actor.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';

/** Changing an agent's state takes the right for one of the agent's teams. */
export function requireSupervision(actor: Actor, teamIds: string[]): void {
  const teams = teamsWith(actor, 'routing.supervise');
  if (teams === 'all' || teamIds.some((teamId) => teams.includes(teamId))) return;
  throw new Problem('auth.forbidden');
}

/** Teams whose agents a list may show. */
export function readableTeams(actor: Actor): 'all' | string[] {
  return teamsWith(actor, 'conversation.read');
}

/** Whether the actor gives the agent work that the agent did not choose. */
export function isOwnChoice(actor: Actor, agentId: string): boolean {
  return actor.kind === 'user' && actor.userId === agentId && may(actor, 'routing.work');
}
