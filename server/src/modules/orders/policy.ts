import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import { rolesOf } from './domain/flow.ts';
import type { Holding, Party } from './domain/flow.ts';
import type { OrderRow } from './store/order.ts';

/** Somebody at orders: what they may read and whose part they may take. */
export type Reader = {
  actor: Actor;
  party: Party;
  /** Teams whose orders are seen; null: all. */
  teams: string[] | null;
  departments: string[];
};

export const holdingOf = (order: OrderRow): Holding => ({
  ownerId: order.owner_id,
  ownerTeamId: order.owner_team_id,
  recorderId: order.recorder_id,
  recorderTeamId: order.recorder_team_id,
});

/** Orders of the teams whose orders one reads, of their departments, and those one holds or recorded. */
export function maySee({ party, teams, departments }: Reader, order: OrderRow): boolean {
  if (party.kind === 'system' || teams === null) return true;
  const among = (id: string | null) => id !== null && teams.includes(id);
  return (
    among(order.owner_team_id) ||
    among(order.recorder_team_id) ||
    (order.department_id !== null && departments.includes(order.department_id)) ||
    order.owner_id === party.userId ||
    order.recorder_id === party.userId
  );
}

/** Whoever has a part in the order may write on it. */
export function mayWork({ party }: Reader, order: OrderRow): boolean {
  return rolesOf(party, holdingOf(order)).size > 0;
}

export function requireWork(reader: Reader, order: OrderRow): void {
  if (!mayWork(reader, order)) throw new Problem('order.not_yours');
}
