import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** What happened to an order: the kinds of its lines, and that a clock was reckoned anew. */
export const OrderHappening = z.enum([
  'created',
  'moved',
  'closed',
  'taken',
  'changed',
  'commented',
  'paused',
  'resumed',
  'warned',
  'late',
  'escalated',
  'chased',
  'approved',
  'refused',
  'called',
  'reopened',
  'linked',
  'merged',
  'split',
  'time_spent',
  'checked',
  'task_added',
  'task_done',
  'rated',
  'notified',
  'rescheduled',
]);
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

/** Flows, categories, settings or the hours of teams and departments are others. */
export const orderSettingsChanged = defineEvent(
  'order.settings_changed',
  z.object({ noun: z.enum(['order-flow', 'order-category', 'order-settings']) }),
);
