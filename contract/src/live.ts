import { z } from 'zod';
import { ConversationSummary, MessageView, SummaryPatch } from './conversations.ts';
import { ImportView } from './imports/index.ts';
import { LiveQueue } from './kpi/index.ts';
import { OfferView, PresenceView } from './routing.ts';
import { OrderSummary } from './orders/index.ts';
import { Instant, Uuid } from './route.ts';
import { VisitorConversation, VisitorMessage } from './webchat.ts';

/** The one WebSocket address, for people and for visitors. */
export const livePath = '/api/live';

/**
 * What a client may hear. People: `user:<own id>` and `everyone` are joined by themselves,
 * `team:<id>` (every change of the team's conversations), `orders:<team id>` (every change of the team's
 * orders and callbacks), `figures:<team id>` (the team's live figures) and `conversation:<id>` and `order:<id>` on request.
 * Visitors: `visitor:<own id>` is joined by itself.
 */
export const Room = z
  .string()
  .max(60)
  .regex(
    /^(everyone|(user|team|orders|figures|conversation|visitor|order):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  );

export const ClientFrame = z.discriminatedUnion('t', [
  /** First frame. People are known by the cookie of the upgrade request or an API key; visitors by their token. */
  z.object({
    t: z.literal('hello'),
    token: z.string().max(1000).optional(),
    rooms: z.array(Room).max(200).default([]),
    resume: z.object({ epoch: z.string().max(60), seq: z.int() }).optional(),
  }),
  z.object({ t: z.literal('subscribe'), rooms: z.array(Room).max(200) }),
  z.object({ t: z.literal('unsubscribe'), rooms: z.array(Room).max(200) }),
  z.object({ t: z.literal('typing'), conversationId: Uuid.optional(), on: z.boolean() }),
  /** The conversation a person has open (null: none), shown to colleagues. */
  z.object({ t: z.literal('viewing'), conversationId: Uuid.nullable() }),
  z.object({ t: z.literal('ping') }),
]);
export type ClientFrame = z.output<typeof ClientFrame>;

export const Viewer = z.object({ userId: Uuid, name: z.string(), typing: z.boolean() });
export type Viewer = z.output<typeof Viewer>;
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation.changed'), conversation: ConversationSummary }),
  z.object({
    type: z.literal('message.posted'),
    conversationId: Uuid,
    message: MessageView,
    patch: SummaryPatch,
  }),
  z.object({
    type: z.literal('message.changed'),
    conversationId: Uuid,
    message: MessageView,
    version: z.int(),
  }),
  z.object({
    type: z.literal('conversation.read'),
    conversationId: Uuid,
    agentReadSeq: z.int(),
    customerReadSeq: z.int(),
    unread: z.int(),
    version: z.int(),
  }),
  z.object({ type: z.literal('conversation.typing'), conversationId: Uuid, on: z.boolean() }),
  z.object({
    type: z.literal('conversation.viewers'),
    conversationId: Uuid,
    viewers: z.array(Viewer),
  }),
  z.object({ type: z.literal('offer.made'), offer: OfferView }),
  z.object({
    type: z.literal('offer.ended'),
    offerId: Uuid,
    outcome: z.enum(['accepted', 'declined', 'no_answer', 'withdrawn']),
  }),
  z.object({ type: z.literal('presence.changed'), presence: PresenceView }),
  z.object({ type: z.literal('queue.changed'), queueId: Uuid }),
  z.object({
    type: z.literal('mention.received'),
    conversationId: Uuid,
    messageId: Uuid,
    byName: z.string(),
  }),
  z.object({ type: z.literal('settings.changed'), noun: z.string() }),
  z.object({ type: z.literal('customer.changed'), customerId: Uuid }),
  /** Figures of a queue are others; said at most once a second, to `figures:<team id>`. */
  z.object({ type: z.literal('kpi.live'), queue: LiveQueue }),
  /** To who started the import; the others hear `settings.changed` with the noun `import`. */
  z.object({ type: z.literal('import.changed'), import: ImportView }),
  /** To the teams and people it concerns and to `order:<id>`. */
  z.object({ type: z.literal('order.changed'), order: OrderSummary }),
  /** A callback was opened, taken, tried or ended: to its team, whoever holds it and `order:<id>`. Refetch what is shown. */
  z.object({
    type: z.literal('callback.changed'),
    callbackId: Uuid,
    orderId: Uuid.nullable(),
    teamId: Uuid,
    holderId: Uuid.nullable(),
    state: z.enum(['open', 'done', 'given_up']),
  }),
  /** A deadline comes near or has passed: to those whom the flow names; or the desk chases a department: to holder and lead. */
  z.object({
    type: z.literal('order.alarm'),
    orderId: Uuid,
    number: z.string(),
    subject: z.string(),
    kind: z.enum(['warned', 'escalated', 'chased']),
    /** Which of several escalations, from 1; 0: none. */
    level: z.int(),
    dueAt: Instant,
  }),
  z.object({ type: z.literal('visitor.message'), message: VisitorMessage }),
  z.object({ type: z.literal('visitor.message_changed'), message: VisitorMessage }),
  z.object({
    type: z.literal('visitor.conversation'),
    conversation: VisitorConversation.nullable(),
  }),
  z.object({ type: z.literal('visitor.typing'), on: z.boolean(), agentName: z.string() }),
]);
export type LiveEvent = z.output<typeof LiveEvent>;
export type LiveEventOf<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>;

export const ServerFrame = z.discriminatedUnion('t', [
  /** `resumed` false after a resume was asked for: something may have been missed, refetch what is shown. */
  z.object({ t: z.literal('welcome'), epoch: z.string(), seq: z.int(), resumed: z.boolean() }),
  z.object({ t: z.literal('event'), seq: z.int(), event: LiveEvent }),
  /** The stream was interrupted on the server's side: refetch what is shown. */
  z.object({ t: z.literal('gap'), epoch: z.string(), seq: z.int() }),
  z.object({ t: z.literal('refused'), code: z.string(), rooms: z.array(z.string()).optional() }),
  z.object({ t: z.literal('pong') }),
]);
export type ServerFrame = z.output<typeof ServerFrame>;
