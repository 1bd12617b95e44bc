import { orderLineKinds, Uuid } from '@yingda/contract';
import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** What happened to an order: the kinds of its lines, and what has none of its own. */
export const OrderHappening = z.enum([...orderLineKinds, 'closed', 'late', 'rescheduled']);
export type OrderHappening = z.output<typeof OrderHappening>;

const OrderChanged = z.object({
  orderId: Uuid,
  number: z.string(),
  subject: z.string(),
  change: OrderHappening,
  /** ISO; by the database's clock. */
  at: z.string(),
  by: z.enum(['person', 'customer', 'system', 'automation']),
  byId: Uuid.nullable(),
  flowKey: z.string(),
  stepKey: z.string(),
  previousStepKey: z.string().nullable(),
  status: z.enum(['open', 'closed', 'cancelled']),
  categoryId: Uuid,
  customerId: Uuid.nullable(),
  departmentId: Uuid.nullable(),
  ownerId: Uuid.nullable(),
  ownerTeamId: Uuid.nullable(),
  previousOwnerId: Uuid.nullable(),
  previousTeamId: Uuid.nullable(),
  recorderId: Uuid.nullable(),
  recorderTeamId: Uuid.nullable(),
  /** Of warnings and escalations: whom the flow names, the how manieth it is, and when it was due. */
  alarm: z
    .object({
      visitId: Uuid,
      level: z.int(),
      to: z.array(z.enum(['owner', 'recorder', 'lead', 'manager'])),
      dueAt: z.string(),
    })
    .nullable(),
});
export type OrderChanged = z.output<typeof OrderChanged>;

/** Something happened to an order; whatever is told of it elsewhere follows from this. */
export const orderChanged = defineEvent('order.changed', OrderChanged);

/** What happened to a callback. `released`: given back by or taken from its holder; `ended`: not needed any more. */
export const CallbackHappening = z.enum([
  'opened',
  'taken',
  'released',
  'postponed',
  'tried',
  'done',
  'given_up',
  'ended',
]);
export type CallbackHappening = z.output<typeof CallbackHappening>;

const CallbackChanged = z.object({
  callbackId: Uuid,
  orderId: Uuid.nullable(),
  customerId: Uuid.nullable(),
  reason: z.enum(['confirm_result', 'complaint_follow_up', 'chase', 'other']),
  change: CallbackHappening,
  /** How the call went, of those that were made. */
  result: z.string().nullable(),
  tries: z.int(),
  state: z.enum(['open', 'done', 'given_up']),
  teamId: Uuid,
  holderId: Uuid.nullable(),
  previousHolderId: Uuid.nullable(),
  /** ISO; by the database's clock. */
  at: z.string(),
  by: z.enum(['person', 'customer', 'system', 'automation']),
  byId: Uuid.nullable(),
});
export type CallbackChanged = z.output<typeof CallbackChanged>;

/** A callback was opened, worked on or ended. */
export const callbackChanged = defineEvent('callback.changed', CallbackChanged);

/** An agent confirmed that a customer came again about an order: it was not solved at the first contact. */
export const orderRepeated = defineEvent(
  'order.repeated',
  z.object({
    orderId: Uuid,
    repeatId: Uuid,
    /** The conversation from which the order came; null: none. */
    firstConversationId: Uuid.nullable(),
    conversationId: Uuid.nullable(),
    otherOrderId: Uuid.nullable(),
    customerId: Uuid.nullable(),
    /** How manieth contact after the first this is. */
    count: z.int(),
    at: z.string(),
    byId: Uuid.nullable(),
  }),
);

/** Flows, categories, settings or the hours of teams and departments are others. */
export const orderSettingsChanged = defineEvent(
  'order.settings_changed',
  z.object({ noun: z.enum(['order-flow', 'order-category', 'order-settings']) }),
);
