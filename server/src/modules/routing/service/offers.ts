import { z } from 'zod';
import type { OfferView } from '@yingda/contract';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { cancelTimer, setTimers, timerKind } from '../../clocks/index.ts';
import { giveBack, take } from '../domain/work.ts';
import type { WorkItem } from '../domain/work.ts';
import { workAssigned, workOffered } from '../events.ts';
import { presentOffer } from '../present.ts';
import { renewIdle } from '../store/presence.ts';
import { lockOffer, selectOffer, selectOffersOf } from '../store/work.ts';
import { briefsOf, lockSubjects, tellAssigned } from './kinds.ts';
import { noteMoved } from './moves.ts';
import { lockPresence, setNotAnswering } from './presence.ts';
import { refOf, saveSteps, tellOfferEnded } from './steps.ts';

type Offered = { item: WorkItem; queueName: string };

/** Lets items that have just been offered ring: at the desk, and for as long as the queue says. */
export async function startOffers(tx: Tx, offered: Offered[]): Promise<void> {
  if (offered.length === 0) return;
  const briefOf = await briefsOf(
    tx,
    offered.map(({ item }) => item),
  );
  const timers = offered.flatMap(({ item, queueName }) => {
    const { offerId, agentId, offerExpiresAt } = item;
    if (!offerId || !agentId || !offerExpiresAt) return [];
    const offer = presentOffer(item, queueName, briefOf(item.subjectId));
    tx.emit(workOffered, { ...refOf(item), agentId, offer });
    return [{ key: offerId, dueAt: offerExpiresAt, payload: { offerId } }];
  });
  await setTimers(tx, offerTimer, timers);
}

/** Rang out: back to the head of the queue, and the agent gets nothing more until back. */
const offerTimer = timerKind(
  'routing.offer',
  z.object({ offerId: z.string() }),
  async (tx, { offerId }) => {
    const ringing = await selectOffer(tx, offerId);
    if (ringing?.state !== 'offered' || !ringing.agentId) return;
    const presence = await lockPresence(tx, ringing.agentId);
    const locked = await lockOffer(tx, offerId);
    if (locked?.state !== 'offered') return;
    const { now, ...item } = locked;
    await saveSteps(tx, [giveBack(item, { type: 'no_answer' }, now)]);
    tellOfferEnded(tx, item, 'no_answer');
    noteMoved(tx, item);
    await setNotAnswering(tx, presence);
  },
);

/** What rings at the caller. */
export async function listMyOffers(ctx: Ctx): Promise<OfferView[]> {
  requireRight(ctx.actor, 'routing.work');
  const items = await selectOffersOf(ctx, requireUser(ctx.actor).userId);
  const briefOf = await briefsOf(ctx, items);
  return items.map(({ queueName, ...item }) =>
    presentOffer(item, queueName, briefOf(item.subjectId)),
  );
}

/** Takes what rings. Again: the same answer. Throws `offer.not_found`, `offer.ended`. */
export async function acceptOffer(ctx: Ctx, offerId: string): Promise<{ conversationId: string }> {
  requireRight(ctx.actor, 'routing.work');
  const { userId } = requireUser(ctx.actor);
  return transact(ctx, async (tx) => {
    const found = orProblem(await selectOffer(tx, offerId), 'offer.not_found');
    await lockSubjects(tx, [found], 'wait');
    const { now, ...item } = orProblem(await lockOffer(tx, offerId), 'offer.not_found');
    const conversationId = item.subjectId;
    // When it was given back, agentId is nobody's.
    if (item.agentId !== userId) throw new Problem(lostTo(item, userId));
    if (item.state !== 'offered') return { conversationId };
    await saveSteps(tx, [take(item, { agentId: userId, by: 'accept' }, now)]);
    await cancelTimer(tx, offerTimer, offerId);
    tellOfferEnded(tx, item, 'accepted');
    await tellAssigned(tx, [{ ...item, agentId: userId }]);
    tx.emit(workAssigned, { ...refOf(item), agentId: userId });
    noteMoved(tx, item);
    return { conversationId };
  });
}

/** What to tell somebody who answers an offer that rings at them no more, or never did. */
function lostTo({ declinedBy }: WorkItem, userId: string): 'offer.ended' | 'offer.not_found' {
  return declinedBy.includes(userId) ? 'offer.ended' : 'offer.not_found';
}

/** Lets what rings go back to the head of the queue. Again: nothing. Throws `offer.not_found`, `offer.ended`. */
export async function declineOffer(ctx: Ctx, offerId: string): Promise<void> {
  requireRight(ctx.actor, 'routing.work');
  const { userId } = requireUser(ctx.actor);
  await transact(ctx, async (tx) => {
    await lockPresence(tx, userId);
    const { now, ...item } = orProblem(await lockOffer(tx, offerId), 'offer.not_found');
    if (item.state === 'waiting' && item.declinedBy.includes(userId)) return;
    if (item.agentId !== userId) throw new Problem('offer.not_found');
    if (item.state !== 'offered') throw new Problem('offer.ended');
    await saveSteps(tx, [giveBack(item, { type: 'declined' }, now)]);
    await renewIdle(tx, userId);
    await cancelTimer(tx, offerTimer, offerId);
    tellOfferEnded(tx, item, 'declined');
    noteMoved(tx, item);
  });
}
