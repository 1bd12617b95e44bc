import { onPublished } from '../../platform/events/index.ts';
import type { EventDef, Hook } from '../../platform/events/index.ts';
import { projection } from '../../platform/realtime/projection.ts';
import { personChanged } from '../identity/index.ts';
import {
  offerEnded,
  presenceChanged,
  queueChanged,
  queueMoved,
  workAssigned,
  workEnded,
  workOffered,
  workReleased,
} from './events.ts';
import { feedPresence } from './service/feed.ts';

type QueueRef = { queueId: string; teamId: string };
const toTeam = ({ queueId, teamId }: QueueRef) => [
  { rooms: [`team:${teamId}`], event: { type: 'queue.changed' as const, queueId } },
];

export const projections = [
  projection(workOffered, ({ agentId, offer }) => [
    { rooms: [`user:${agentId}`], event: { type: 'offer.made', offer } },
  ]),
  projection(offerEnded, ({ agentId, offerId, outcome }) => [
    { rooms: [`user:${agentId}`], event: { type: 'offer.ended', offerId, outcome } },
  ]),
  projection(queueChanged, (queue) => [
    ...toTeam(queue),
    { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'queue' } },
  ]),
  projection(queueMoved, toTeam),
];

/** Whom a change concerns whose state, load or teams the feed tells. */
function feeding<P>(def: EventDef<P>, whom: (payload: P) => string | null): Hook {
  return onPublished([def], ({ services }, events) =>
    feedPresence(
      services,
      events.map(({ payload }) => whom(payload)),
    ),
  );
}

export const hooks = [
  feeding(presenceChanged, ({ userId }) => userId),
  feeding(personChanged, ({ id }) => id),
  feeding(workOffered, ({ agentId }) => agentId),
  feeding(offerEnded, ({ agentId }) => agentId),
  feeding(workAssigned, ({ agentId }) => agentId),
  feeding(workReleased, ({ fromAgentId }) => fromAgentId),
  feeding(workEnded, ({ agentId }) => agentId),
];
