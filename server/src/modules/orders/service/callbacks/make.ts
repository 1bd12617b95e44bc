import type { createCallback, InputOf } from '@yingda/contract';
import { requireRight } from '../../../../kernel/actor.ts';
import { newId } from '../../../../kernel/ids.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { customerBriefs } from '../../../customers/index.ts';
import { teamOf, teamsOf } from '../../../identity/index.ts';
import type { Reader } from '../../policy.ts';
import type { NewCallback } from '../../store/callback-rows.ts';
import { selectNow } from '../../store/callback-lists.ts';
import { selectOrder } from '../../store/order.ts';
import type { OrderRow } from '../../store/order.ts';
import { selectInboxPeople } from '../../store/people.ts';
import { scriptFor } from '../open-callback.ts';
import { readerOf, requireSight } from '../reader.ts';
import { authorOf } from '../scene.ts';
import { orderSettings } from '../settings-read.ts';
import { openCalls } from './happen.ts';
import { requireRoom } from './hold.ts';
import { callingTeams } from './reach.ts';
import { requireSoon } from './when.ts';

type Input = InputOf<typeof createCallback, 'body'>;

const missing = (path: string): Problem =>
  new Problem('request.invalid', { faults: [{ path, kind: 'required' }] });

/** Whether a team is there and the actor makes its calls. */
async function requireTeam(tx: Tx, id: string, teams: string[] | null): Promise<string> {
  const team = await teamOf(tx, id);
  if (team?.active !== true) throw new Problem('team.not_found');
  if (teams !== null && !teams.includes(id)) throw new Problem('auth.forbidden');
  return id;
}

/** The team that makes the call: the one named, that of the order, or the first of the actor's own. */
async function teamFor(
  tx: Tx,
  reader: Reader,
  { named, order }: { named: string | null; order: OrderRow | null },
): Promise<string> {
  const teams = callingTeams(reader);
  if (named !== null) return requireTeam(tx, named, teams);
  const isOwn = (id: string | null | undefined) =>
    Boolean(id) && (teams?.includes(id ?? '') ?? true);
  const { party } = reader;
  const own = party.kind === 'person' ? await teamsOf(tx, party.userId) : [];
  const usual = [order?.recorder_team_id, order?.owner_team_id, ...own.map(({ id }) => id)];
  const id = usual.find(isOwn) ?? teams?.[0];
  if (!id) throw missing('teamId');
  return id;
}

async function orderFor(tx: Tx, reader: Reader, id: string | null): Promise<OrderRow | null> {
  return id === null ? null : requireSight(tx, reader, await selectOrder(tx.db, id));
}

const nobody = { customer_id: null, customer_name: '', phones: [] };

/** The customer's name; throws `customer.not_found` for one whom the caller named and who is not there. */
async function nameOf(tx: Tx, id: string | null, isNamed: boolean): Promise<string> {
  const brief = id === null ? undefined : (await customerBriefs(tx, [id])).get(id);
  if (isNamed && !brief) throw new Problem('customer.not_found');
  return brief?.name ?? '';
}

/** Whom to call. Problems: `customer.not_found`, `request.invalid` when nobody is named or there is no number. */
async function personFor(tx: Tx, input: Input, order: OrderRow | null) {
  const about = order ?? nobody;
  const customerId = input.customerId ?? about.customer_id;
  const known = await nameOf(tx, customerId, input.customerId !== null);
  const name = input.customerName.trim() || about.customer_name || known;
  const phones = input.phones.length > 0 ? input.phones : about.phones;
  // Whoever is a customer of ours is found, with their numbers, by that.
  if (customerId === null && name === '') throw missing('customerName');
  if (customerId === null && phones.length === 0) throw missing('phones');
  return { customer_id: customerId, customer_name: name, phones };
}

async function requireHolder(tx: Tx, reader: Reader, call: NewCallback): Promise<void> {
  const { holder_id: holderId, team_id: teamId } = call;
  if (!holderId) return;
  const isSelf = reader.party.kind === 'person' && reader.party.userId === holderId;
  const people = isSelf ? [] : await selectInboxPeople(tx.db, [teamId]);
  if (!isSelf && !people.some(({ userId }) => userId === holderId)) {
    throw new Problem('callback.agent_not_in_team');
  }
  await requireRoom(tx, holderId);
}

/**
 * Notes that somebody is to be called; gives the id. Problems: `order.not_found`, `customer.not_found`,
 * `team.not_found`, `auth.forbidden`, `request.invalid`, `callback.time_past`, `callback.agent_not_in_team`,
 * `callback.quota_reached`.
 */
export async function makeCall(ctx: Ctx, input: Input): Promise<string> {
  requireRight(ctx.actor, 'order.write');
  return transact(ctx, async (tx) => {
    const reader = await readerOf(tx);
    const order = await orderFor(tx, reader, input.orderId);
    const now = await selectNow(tx.db);
    const { callbackTries } = await orderSettings(tx);
    const person = await personFor(tx, input, order);
    const call: NewCallback = {
      ...person,
      id: newId(now.getTime()),
      order_id: order?.id ?? null,
      visit_id: null,
      reason: 'other',
      script: input.script.trim() || (await scriptFor(tx, 'other', { ...order, ...person })),
      due_at: requireSoon(input.dueAt, now),
      next_try_at: input.nextTryAt === null ? now : requireSoon(input.nextTryAt, now),
      max_tries: callbackTries,
      team_id: await teamFor(tx, reader, { named: input.teamId, order }),
      holder_id: input.holderId,
      created_at: now,
    };
    await requireHolder(tx, reader, call);
    await openCalls(tx, [call], authorOf(tx));
    return call.id;
  });
}
