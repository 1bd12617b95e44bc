import { z } from 'zod';
import { changesOf, IdParams, Instant, line, listOf, route, Uuid } from './route.ts';

export const PresenceState = z.enum([
  'ready',
  'busy',
  'break',
  'after_call_work',
  'training',
  'offline',
]);
export type PresenceState = z.output<typeof PresenceState>;
export const PresenceView = z.object({
  userId: Uuid,
  name: z.string(),
  state: PresenceState,
  /** Why: a reason the agent gave, or `no_answer`, `connection_lost` when the system set the state. */
  reason: z.string().nullable(),
  since: Instant,
  /** Sum of the weights (per cent) of offered and assigned work, and the limit it may reach. */
  load: z.int(),
  capacity: z.int(),
  openCount: z.int(),
  connected: z.boolean(),
  teamIds: z.array(Uuid),
});
export type PresenceView = z.output<typeof PresenceView>;
export const getMyPresence = route({
  method: 'GET',
  path: '/api/presence/me',
  summary: 'My state',
  access: 'routing.work',
  response: PresenceView,
});
export const setMyPresence = route({
  method: 'PUT',
  path: '/api/presence/me',
  summary: 'Change my state; a break needs a reason',
  access: 'routing.work',
  body: z.object({
    state: PresenceState,
    reason: line(60).nullable().optional(),
  }),
  response: PresenceView,
});
export const listPresence = route({
  method: 'GET',
  path: '/api/presence',
  summary: 'States of the agents of the teams I may see',
  access: 'conversation.read',
  query: z.object({ teamId: Uuid.optional() }),
  response: listOf(PresenceView),
});
export const setAgentPresence = route({
  method: 'PUT',
  path: '/api/presence/:userId',
  summary: "A supervisor changes an agent's state or capacity",
  access: 'routing.supervise',
  params: z.object({ userId: Uuid }),
  body: z.object({
    state: PresenceState.optional(),
    reason: line(60).nullable().optional(),
    capacity: z.int().min(0).max(1000).optional(),
  }),
  response: PresenceView,
});

export const QueueView = z.object({
  id: Uuid,
  name: z.string(),
  teamId: Uuid,
  hoursId: Uuid.nullable(),
  /** Seconds an offer rings before it goes back to the head of the queue. */
  offerSeconds: z.int(),
  /** True: the contact is assigned without asking the agent. */
  autoAccept: z.boolean(),
  /** Per cent of an agent's capacity (100) that one contact takes. */
  weight: z.int(),
  waiting: z.int(),
  longestWaitSince: Instant.nullable(),
  agentsReady: z.int(),
  openNow: z.boolean(),
});
export type QueueView = z.output<typeof QueueView>;
const QueueInput = z.object({
  name: line(80),
  teamId: Uuid,
  hoursId: Uuid.nullable().default(null),
  offerSeconds: z.int().min(5).max(600).default(20),
  autoAccept: z.boolean().default(false),
  weight: z.int().min(1).max(100).default(20),
});
export const listQueues = route({
  method: 'GET',
  path: '/api/queues',
  summary: 'Queues with what waits in them',
  access: 'user',
  response: listOf(QueueView),
});
export const createQueue = route({
  method: 'POST',
  path: '/api/queues',
  summary: 'Create a queue',
  access: 'queue.manage',
  body: QueueInput,
  response: QueueView,
  status: 201,
});
export const updateQueue = route({
  method: 'PATCH',
  path: '/api/queues/:id',
  summary: 'Change a queue',
  access: 'queue.manage',
  params: IdParams,
  body: changesOf(QueueInput.omit({ teamId: true })),
  response: QueueView,
});
export const deleteQueue = route({
  method: 'DELETE',
  path: '/api/queues/:id',
  summary: 'Delete an empty queue',
  access: 'queue.manage',
  params: IdParams,
});

/** Work that rings at an agent. */
export const OfferView = z.object({
  id: Uuid,
  contactId: Uuid,
  conversationId: Uuid,
  queueId: Uuid,
  queueName: z.string(),
  customerName: z.string(),
  subject: z.string(),
  preview: z.string(),
  offeredAt: Instant,
  expiresAt: Instant,
  waitingSince: Instant,
});
export type OfferView = z.output<typeof OfferView>;
export const listMyOffers = route({
  method: 'GET',
  path: '/api/offers',
  summary: 'What rings at me',
  access: 'routing.work',
  response: listOf(OfferView),
});
export const acceptOffer = route({
  method: 'POST',
  path: '/api/offers/:id/accept',
  summary: 'Accept',
  access: 'routing.work',
  params: IdParams,
  response: z.object({ conversationId: Uuid }),
});
export const declineOffer = route({
  method: 'POST',
  path: '/api/offers/:id/decline',
  summary: 'Decline: back to the head of the queue',
  access: 'routing.work',
  params: IdParams,
});
