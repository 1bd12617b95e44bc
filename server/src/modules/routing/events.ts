import { OfferView, PresenceState } from '@yingda/contract';
import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

const id = z.string();
const Work = { id, kind: z.string(), subjectId: id, queueId: id, teamId: id };

/** A contact began to wait. */
export const workQueued = defineEvent('work.queued', z.object(Work));
/** It rings at an agent. */
export const workOffered = defineEvent(
  'work.offered',
  z.object({ ...Work, agentId: id, offer: OfferView }),
);
/** It rings no more. */
export const offerEnded = defineEvent(
  'offer.ended',
  z.object({
    ...Work,
    agentId: id,
    offerId: id,
    outcome: z.enum(['accepted', 'declined', 'no_answer', 'withdrawn']),
  }),
);
/** An agent has it. */
export const workAssigned = defineEvent('work.assigned', z.object({ ...Work, agentId: id }));
/** An agent let go of it; it waits again. */
export const workReleased = defineEvent(
  'work.released',
  z.object({
    ...Work,
    fromAgentId: id.nullable(),
    targetAgentId: id.nullable(),
    reason: z.enum(['transferred', 'returned']),
  }),
);
/** It is over. */
export const workEnded = defineEvent(
  'work.ended',
  z.object({
    ...Work,
    agentId: id.nullable(),
    outcome: z.enum(['solved', 'abandoned', 'ended']),
  }),
);

/** An agent's state or capacity is another. */
export const presenceChanged = defineEvent(
  'presence.changed',
  z.object({
    userId: id,
    previousState: PresenceState,
    state: PresenceState,
    reason: z.string().nullable(),
  }),
);

/** A queue was made, changed or deleted. */
export const queueChanged = defineEvent('queue.changed', z.object({ queueId: id, teamId: id }));
/** Positions in a queue are others now; said at most once a second for each queue and process. */
export const queueMoved = defineEvent('queue.moved', z.object({ queueId: id, teamId: id }));
