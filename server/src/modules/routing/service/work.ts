import type { Channel } from '@yingda/contract';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { recordContactEvents } from '../../contacts/index.ts';
import { estimateWaitSeconds, rateWindowSeconds } from '../domain/estimate.ts';
import { end, prioritise, queueOrder, release, take } from '../domain/work.ts';
import type { ReleaseReason, WorkItem, WorkOutcome } from '../domain/work.ts';
import { workAssigned, workEnded, workQueued, workReleased } from '../events.ts';
import { isOwnChoice } from '../policy.ts';
import { loadOf } from '../store/presence.ts';
import { selectQueue } from '../store/queues.ts';
import type { Queue } from '../store/queues.ts';
import * as store from '../store/work.ts';
import type { Locked } from '../store/work.ts';
import { kick } from './kick.ts';
import { tellAssigned, tellReleased } from './kinds.ts';
import { noteMoved } from './moves.ts';
import { lockPresence } from './presence.ts';
import { refOf, saveSteps, tellOfferEnded } from './steps.ts';

/** A queue by id. Throws `queue.not_found`, for a deleted one too. */
export async function queueOf(ctx: Ctx, id: string): Promise<Queue & { now: Date }> {
  return orProblem(await selectQueue(ctx, id), 'queue.not_found');
}

export type NewWork = {
  /** The contact's id. */
  id: string;
  kind: 'conversation';
  subjectId: string;
  queueId: string;
  channel: Channel;
  /** 0 is normal; each step is worth ten minutes of waiting. */
  priority: number;
  waitingSince?: Date;
  /** For this agent alone, unless the agent is offline. */
  targetAgentId?: string | null;
  headOfQueue?: boolean;
};

/** Puts a contact into a queue; one that is there already stays as it is. Throws `queue.not_found`. */
export async function enqueueWork(tx: Tx, work: NewWork): Promise<void> {
  const { id, kind, subjectId, queueId, channel, priority, targetAgentId = null } = work;
  const { teamId, weight, now } = await queueOf(tx, queueId);
  const waitingSince = work.waitingSince ?? now;
  const item: WorkItem = {
    id,
    kind,
    subjectId,
    queueId,
    teamId,
    channel,
    priority,
    weight,
    targetAgentId,
    state: 'waiting',
    waitingSince,
    queueOrder: queueOrder(waitingSince, priority, work.headOfQueue ?? false),
    agentId: null,
    offerId: null,
    offeredAt: null,
    offerExpiresAt: null,
    assignedAt: null,
    doneAt: null,
    declinedBy: [],
  };
  if (!(await store.insertWork(tx, item))) return;
  await recordContactEvents(tx, [
    { contactId: id, type: 'queued', queueId, teamId, data: { priority } },
  ]);
  tx.emit(workQueued, refOf(item));
  noteMoved(tx, item);
  kick(tx);
}

/** Locks an item; undefined when it is unknown or done. The router passes over it, so it looks again afterwards. */
async function lockOpen(tx: Tx, id: string): Promise<Locked | undefined> {
  kick(tx);
  const item = await store.lockWork(tx, id);
  return item?.state === 'done' ? undefined : item;
}

export type Assignment = { id: string; agentId: string; force?: boolean };

/** Refuses what the agent may not be given. */
async function requireGivable(
  tx: Tx,
  item: WorkItem,
  to: { agentId: string; capacity: number },
): Promise<void> {
  if (item.state === 'assigned') throw new Problem('conversation.assigned_to_other');
  const isMine = item.agentId === to.agentId || isOwnChoice(tx.actor, to.agentId);
  if (isMine) return;
  if ((await loadOf(tx, to.agentId)) + item.weight > to.capacity) {
    throw new Problem('presence.no_room');
  }
}

/**
 * Gives an item to an agent: taken by the agent, or given by somebody. What an agent takes may go beyond the capacity;
 * what others give only with `force`. Throws `presence.no_room`, `conversation.assigned_to_other` (somebody else has
 * it, without `force`), `conversation.already_resolved` (it is over).
 */
export async function assignWork(
  tx: Tx,
  { id, agentId, force = false }: Assignment,
): Promise<void> {
  const { capacity } = await lockPresence(tx, agentId);
  const { now, ...item } = orProblem(await lockOpen(tx, id), 'conversation.already_resolved');
  const isTheirs = item.agentId === agentId;
  if (item.state === 'assigned' && isTheirs) return;
  if (!force) await requireGivable(tx, item, { agentId, capacity });
  const rang = item.state === 'offered' && isTheirs;
  const chosen = isOwnChoice(tx.actor, agentId) ? 'take' : 'given';
  await saveSteps(tx, [take(item, { agentId, by: rang ? 'accept' : chosen }, now)]);
  tellOfferEnded(tx, item, rang ? 'accepted' : 'withdrawn');
  await tellAssigned(tx, [{ ...item, agentId }]);
  tx.emit(workAssigned, { ...refOf(item), agentId });
  noteMoved(tx, item);
}

export type Release = {
  id: string;
  to: { queueId: string } | { agentId: string };
  reason: ReleaseReason;
};

/**
 * Puts an item back: to the head of a queue, or waiting for one agent until there is room. Throws `queue.not_found`,
 * `conversation.already_resolved` (it is over).
 */
export async function releaseWork(tx: Tx, { id, to, reason }: Release): Promise<void> {
  const { now, ...item } = orProblem(await lockOpen(tx, id), 'conversation.already_resolved');
  const agentId = 'agentId' in to ? to.agentId : null;
  // A transfer to an agent keeps queue and weight, also when the queue has been deleted since.
  const queue =
    'queueId' in to
      ? await queueOf(tx, to.queueId)
      : { id: item.queueId, teamId: item.teamId, weight: item.weight };
  const holder = item.state === 'assigned' ? item.agentId : null;
  const step = release(item, { queue, agentId, reason }, now);
  await saveSteps(tx, [step]);
  tellOfferEnded(tx, item, 'withdrawn');
  const { subjectId, kind } = item;
  await tellReleased(tx, [{ id, kind, subjectId, agentId: holder, queueId: queue.id }]);
  const ref = refOf(step.item);
  tx.emit(workReleased, { ...ref, fromAgentId: holder, targetAgentId: agentId, reason });
  noteMoved(tx, item);
  if (queue.id !== item.queueId) noteMoved(tx, step.item);
}

/** The contact is over; an item that is done or unknown stays as it is. */
export async function endWork(
  tx: Tx,
  { id, outcome }: { id: string; outcome: WorkOutcome },
): Promise<void> {
  const locked = await lockOpen(tx, id);
  if (!locked) return;
  const { now, ...item } = locked;
  const step = end(item, outcome, now);
  await saveSteps(tx, [step]);
  tellOfferEnded(tx, item, 'withdrawn');
  tx.emit(workEnded, { ...refOf(item), agentId: step.item.agentId, outcome });
  if (item.state !== 'assigned') noteMoved(tx, item);
}

/** Another priority moves what waits ahead or back; an item that is done or unknown stays as it is. */
export async function setWorkPriority(
  tx: Tx,
  { id, priority }: { id: string; priority: number },
): Promise<void> {
  const locked = await lockOpen(tx, id);
  if (!locked || locked.priority === priority) return;
  const { now: _now, ...item } = locked;
  await saveSteps(tx, [prioritise(item, priority)]);
  if (item.state !== 'assigned') noteMoved(tx, item);
}

export type PositionInQueue = { position: number | null; estimatedWaitSeconds: number | null };

/** The place of a contact in its queue, from 1, and how long it will probably wait; nulls when it does not wait. */
export async function positionOf(ctx: Ctx, id: string): Promise<PositionInQueue> {
  const found = await store.selectPosition(ctx, id, rateWindowSeconds);
  if (!found) return { position: null, estimatedWaitSeconds: null };
  const { position, assignedLately } = found;
  return { position, estimatedWaitSeconds: estimateWaitSeconds(position, assignedLately) };
}

/** The places of all that wait in a queue (2,000 at most), the first one first. */
export async function positionsIn(
  ctx: Ctx,
  queueId: string,
): Promise<(PositionInQueue & { id: string; subjectId: string })[]> {
  const rows = await store.selectPositions(ctx, queueId, rateWindowSeconds);
  return rows.map(({ id, subjectId, position, assignedLately }) => ({
    id,
    subjectId,
    position,
    estimatedWaitSeconds: estimateWaitSeconds(position, assignedLately),
  }));
}
