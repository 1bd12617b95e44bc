import { may, teamsWith } from '../../kernel/actor.ts';
import type { Actor } from '../../kernel/actor.ts';

/**
 * Teams whose figures the actor may see. Imported logs, contacts of no queue and costs of the whole centre belong to
 * no team: they take the right for all.
 */
export function readableTeams(actor: Actor): 'all' | string[] {
  return teamsWith(actor, 'kpi.read');
}

/** Whether the actor may watch the live figures of a team. */
export function mayWatch(actor: Actor, teamId: string): boolean {
  return may(actor, 'kpi.read', teamId);
}
