import type { Channel, ContactEventType } from '@yingda/contract';

export type WorkState = 'waiting' | 'offered' | 'assigned' | 'done';

/** Anything that waits for a person or is with one. Its id is the contact's. */
export type WorkItem = {
  id: string;
  kind: string;
  subjectId: string;
  queueId: string;
  teamId: string;
  channel: Channel;
  /** Each step of priority is worth ten minutes of waiting. */
  priority: number;
  weight: number;
  state: WorkState;
  waitingSince: Date;
  /** Place in the queue, see `queueOrder`. */
  queueOrder: Date;
  targetAgentId: string | null;
  /** At whom it rings, or who has it; kept when done. */
  agentId: string | null;
  offerId: string | null;
  offeredAt: Date | null;
  offerExpiresAt: Date | null;
  assignedAt: Date | null;
  doneAt: Date | null;
  declinedBy: string[];
};

/** What a step adds to the contact's log. */
export type Trace = {
  type: ContactEventType;
  agentId: string | null;
  data: Record<string, unknown>;
};
/** A work item after a step, and what the log says of it. */
export type Step = { item: WorkItem; traces: Trace[] };

const PRIORITY_STEP_MS = 600_000;
const CENTURY_MS = 100 * 365.25 * 86_400_000;
/** A ring cycle (1 s of tone, 4 s of silence), the unit of the three-ring standard. */
const RING_MS = 5_000;

/**
 * The place in a queue: who waits longest goes first. A step of priority moves a contact ten minutes ahead, so that it
 * passes others but never for ever; the head of the queue is before all who are not at it.
 */
export function queueOrder(waitingSince: Date, priority: number, atHead: boolean): Date {
  return new Date(waitingSince.getTime() - priority * PRIORITY_STEP_MS - (atHead ? CENTURY_MS : 0));
}

const sinceMs = (from: Date | null, now: Date): number =>
  from ? Math.max(0, now.getTime() - from.getTime()) : 0;

function ringing({ offerId, offeredAt, waitingSince }: WorkItem, now: Date) {
  const ringMs = sinceMs(offeredAt, now);
  return {
    offerId,
    waitMs: sinceMs(waitingSince, now),
    ringMs,
    rings: Math.ceil(ringMs / RING_MS),
  };
}

/** It rings at an agent. */
export function offer(
  item: WorkItem,
  to: { agentId: string; offerId: string; seconds: number },
  now: Date,
): Step {
  const { agentId, offerId, seconds } = to;
  const offerExpiresAt = new Date(now.getTime() + seconds * 1000);
  const data = { offerId, waitMs: sinceMs(item.waitingSince, now) };
  return {
    item: { ...item, state: 'offered', agentId, offerId, offeredAt: now, offerExpiresAt },
    traces: [{ type: 'offered', agentId, data }],
  };
}

export type TakenBy = 'accept' | 'router' | 'take' | 'given';

/** An agent has it: by accepting the offer, at once (auto-accept), by own choice, or given by somebody. */
export function take(
  item: WorkItem,
  { agentId, by }: { agentId: string; by: TakenBy },
  now: Date,
): Step {
  const rang = by === 'accept';
  const { offerId, waitMs, ringMs, rings } = ringing(item, now);
  const data = rang ? { by, offerId, waitMs, ringMs, rings } : { by, waitMs, ringMs: 0, rings: 0 };
  return {
    item: {
      ...item,
      state: 'assigned',
      agentId,
      offerId: rang ? offerId : null,
      offerExpiresAt: null,
      assignedAt: now,
      targetAgentId: null,
      declinedBy: [],
    },
    traces: [...passedOn(item, agentId, now), { type: 'accepted', agentId, data }],
  };
}

/** Taken from a colleague: a transfer without a wait between. */
function passedOn(item: WorkItem, toAgentId: string, now: Date): Trace[] {
  const { state, agentId } = item;
  if (state !== 'assigned') return [];
  const data = { reason: 'transferred', toAgentId, handleMs: sinceMs(item.assignedAt, now) };
  return [{ type: 'transferred', agentId, data }];
}

/** Why an offer ended without the agent taking it. */
export type GivenBack = { type: 'declined' | 'no_answer'; reason?: string };

/** More or less urgent than before; what is at the head of its queue stays there. */
export function prioritise(item: WorkItem, priority: number): Step {
  const { waitingSince } = item;
  const atHead = item.queueOrder.getTime() < waitingSince.getTime() - CENTURY_MS / 2;
  const order = queueOrder(waitingSince, priority, atHead);
  return { item: { ...item, priority, queueOrder: order }, traces: [] };
}

/** An offer came to nothing: back to the head of the queue, with the time waited so far. */
export function giveBack(item: WorkItem, { type, reason }: GivenBack, now: Date): Step {
  const { agentId } = item;
  const data = { ...ringing(item, now), ...(reason === undefined ? {} : { reason }) };
  return {
    item: {
      ...item,
      state: 'waiting',
      queueOrder: queueOrder(item.waitingSince, item.priority, true),
      agentId: null,
      offerExpiresAt: null,
      declinedBy: [...new Set([...item.declinedBy, ...(agentId ? [agentId] : [])])],
    },
    traces: [{ type, agentId, data }],
  };
}

export type ReleaseReason = 'transferred' | 'returned';
export type ReleaseTarget = {
  queue: { id: string; teamId: string; weight: number };
  /** Meant for this agent alone. */
  agentId: string | null;
  reason: ReleaseReason;
};

/** An agent lets go of it: it waits anew at the head of a queue, or for one other agent. */
export function release(
  item: WorkItem,
  { queue, agentId, reason }: ReleaseTarget,
  now: Date,
): Step {
  const from = item.state === 'assigned' ? item.agentId : null;
  const data = {
    reason,
    handleMs: from ? sinceMs(item.assignedAt, now) : 0,
    fromQueueId: item.queueId,
    toQueueId: queue.id,
    toAgentId: agentId,
  };
  const queued: Trace = {
    type: 'queued',
    agentId: null,
    data: { reason, priority: item.priority },
  };
  const moved: Trace = { type: 'transferred', agentId: from, data };
  return {
    item: {
      ...item,
      state: 'waiting',
      queueId: queue.id,
      teamId: queue.teamId,
      weight: queue.weight,
      waitingSince: now,
      queueOrder: queueOrder(now, item.priority, true),
      targetAgentId: agentId,
      agentId: null,
      offerId: null,
      offeredAt: null,
      offerExpiresAt: null,
      assignedAt: null,
      // Who has just let go of it is asked again only when nobody else is there.
      declinedBy: from ? [from] : [],
    },
    traces: reason === 'transferred' ? [moved, queued] : [queued],
  };
}

export type WorkOutcome = 'solved' | 'abandoned' | 'ended';

/** It is over. */
export function end(item: WorkItem, outcome: WorkOutcome, now: Date): Step {
  const agentId = item.state === 'assigned' ? item.agentId : null;
  const waited = agentId ? item.assignedAt : now;
  const data = {
    waitMs: waited ? sinceMs(item.waitingSince, waited) : 0,
    handleMs: agentId ? sinceMs(item.assignedAt, now) : 0,
  };
  const types: ContactEventType[] = outcome === 'solved' ? ['ended', 'solved'] : [outcome];
  return {
    item: { ...item, state: 'done', agentId, offerExpiresAt: null, doneAt: now },
    traces: types.map((type) => ({ type, agentId, data })),
  };
}
