import { may, requireUser, teamsWith } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { maySee } from '../policy.ts';
import type { Reader } from '../policy.ts';
import { selectInvolved, selectOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectPlace } from '../store/people.ts';

/** Who asks, as orders see them. Throws `auth.signed_out` for visitors and strangers. */
export async function readerOf(ctx: Ctx): Promise<Reader> {
  const { actor } = ctx;
  if (actor.kind === 'system') {
    return { actor, party: { kind: 'system' }, teams: null, departments: [] };
  }
  const { userId } = requireUser(actor);
  const readable = teamsWith(actor, 'order.read');
  const manages = teamsWith(actor, 'order.manage');
  const teams = readable === 'all' ? null : readable;
  const { inboxTeams, departments } = await selectPlace(ctx.db, userId, teams ?? []);
  return {
    actor,
    party: {
      kind: 'person',
      userId,
      inboxTeams: new Set(inboxTeams),
      manages: manages === 'all' ? 'all' : new Set(manages),
    },
    teams,
    departments,
  };
}

/** Those of these orders that a reader may see. */
export async function visibleOf<O extends OrderRow>(
  { db, actor }: Ctx,
  reader: Reader,
  orders: O[],
): Promise<O[]> {
  const { party } = reader;
  const hidden = orders.filter((order) => !maySee(reader, order)).map(({ id }) => id);
  if (hidden.length === 0 || party.kind === 'system') return orders;
  const person = { userId: party.userId, teams: [...party.inboxTeams] };
  const involved = may(actor, 'order.read') ? await selectInvolved(db, hidden, person) : [];
  return orders.filter(({ id }) => !hidden.includes(id) || involved.includes(id));
}

/** Throws `order.not_found` for an order that is none of this reader's business: whether there is one they must not learn. */
export async function requireSight<O extends OrderRow>(
  ctx: Ctx,
  reader: Reader,
  order: O | undefined,
): Promise<O> {
  const [visible] = await visibleOf(ctx, reader, order ? [order] : []);
  return orProblem(visible, 'order.not_found');
}

/** Whether the actor reads the orders of a team, or shares its inbox: for the rooms of the live updates. */
export async function sharesOrders(ctx: Ctx, teamId: string): Promise<boolean> {
  if (ctx.actor.kind === 'visitor' || !may(ctx.actor, 'order.read')) return false;
  const { party, teams } = await readerOf(ctx);
  if (party.kind === 'system' || teams === null) return true;
  return teams.includes(teamId) || party.inboxTeams.has(teamId);
}

/** Whether the actor may see this order: for the rooms of the live updates. */
export async function isVisible(ctx: Ctx, id: string): Promise<boolean> {
  try {
    await requireSight(ctx, await readerOf(ctx), await selectOrder(ctx.db, id));
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Throws `order.not_found` for an order that the actor may not see. */
export async function requireVisible(ctx: Ctx, id: string): Promise<void> {
  await requireSight(ctx, await readerOf(ctx), await selectOrder(ctx.db, id));
}
