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

/** Who may give an order to somebody: who holds it, or leads the team; taking it: whoever shares the inbox. */
export function mayAssign({ party }: Reader, order: OrderRow): boolean {
  const roles = rolesOf(party, holdingOf(order));
  return roles.has('owner') || roles.has('lead');
}

type Whose = { owner_id: string | null; owner_team_id: string | null };

/** A sub-task is done by whom it is for, or by who works on the order. */
export function mayFinish(reader: Reader, order: OrderRow, task: Whose): boolean {
  const { party } = reader;
  if (mayWork(reader, order)) return true;
  if (party.kind === 'system') return true;
  const { owner_id: owner, owner_team_id: team } = task;
  return owner === party.userId || (owner === null && team !== null && party.inboxTeams.has(team));
}

/** Whether both are about matters of one person; of people whom we do not know by name the phone tells. */
export const isOfSameCustomer = (one: OrderRow, other: OrderRow): boolean =>
  one.customer_id === other.customer_id &&
  (one.customer_id !== null || one.phones.some((phone) => other.phones.includes(phone)));
