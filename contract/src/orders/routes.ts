import { z } from 'zod';
import {
  IdParams,
  Instant,
  PageQuery,
  Uuid,
  freeText,
  line,
  listOf,
  pageOf,
  route,
} from '../route.ts';
import { FlowKey, Wording } from './flows.ts';
import {
  OrderFilter,
  OrderForm,
  OrderPriority,
  OrderSummary,
  OrderView,
  PauseReason,
  Recurrence,
} from './view.ts';

export const listOrders = route({
  method: 'GET',
  path: '/api/orders',
  summary:
    'Orders I may see, by due time or newest first; `q` searches number, customer, phone and text',
  access: 'order.read',
  query: PageQuery.extend(OrderFilter.shape).extend({
    sort: z.enum(['due', 'newest']).default('due'),
  }),
  response: pageOf(OrderSummary),
});
export const countOrders = route({
  method: 'GET',
  path: '/api/orders/counts',
  summary: 'How many orders each scope holds, for the navigation',
  access: 'order.read',
  response: z.object({ mine: z.int(), inbox: z.int(), recorded: z.int(), late: z.int() }),
});
export const getBoard = route({
  method: 'GET',
  path: '/api/orders/board',
  summary: 'Open orders of a flow by step: counts and the first of each column',
  access: 'order.read',
  query: OrderFilter.extend({ flowKey: FlowKey }),
  response: z.object({
    columns: z.array(
      z.object({
        stepKey: FlowKey,
        stepName: Wording,
        count: z.int(),
        late: z.int(),
        orders: z.array(OrderSummary),
      }),
    ),
  }),
});
export const getDueCalendar = route({
  method: 'GET',
  path: '/api/orders/calendar',
  summary: 'Due orders by day of the centre',
  access: 'order.read',
  query: OrderFilter.extend({ from: z.iso.date(), to: z.iso.date() }),
  response: listOf(
    z.object({ date: z.iso.date(), due: z.int(), late: z.int(), orders: z.array(OrderSummary) }),
  ),
});
export const getOrder = route({
  method: 'GET',
  path: '/api/orders/:id',
  summary: 'One order with its steps, lines and clocks',
  access: 'order.read',
  params: IdParams,
  response: OrderView,
});
/** The same again: the caller's own key makes a repetition find the first. */
const IdempotencyKey = z.string().min(8).max(80).optional();
const OrderInput = z.object({
  ...OrderForm.partial().shape,
  subject: line(200),
  categoryId: Uuid,
  priority: OrderPriority.default('normal'),
  customerId: Uuid.nullable().default(null),
  customerName: line(120).optional(),
  departmentId: Uuid.nullable().default(null),
  conversationId: Uuid.nullable().default(null),
  parentId: Uuid.nullable().default(null),
  fileIds: z.array(Uuid).max(20).default([]),
  idempotencyKey: IdempotencyKey,
});
export const createOrder = route({
  method: 'POST',
  path: '/api/orders',
  summary: 'Record an order; it starts on the published flow of its category',
  access: 'order.write',
  ratePerMinute: 60_000,
  body: OrderInput,
  response: OrderView,
  status: 201,
});
export const updateOrder = route({
  method: 'PATCH',
  path: '/api/orders/:id',
  summary: 'Fill in the form; `version` guards against overwriting a colleague',
  access: 'order.read',
  params: IdParams,
  body: z.object({
    version: z.int(),
    ...OrderForm.partial().shape,
    categoryId: Uuid.optional(),
    priority: OrderPriority.optional(),
    departmentId: Uuid.nullable().optional(),
    customerId: Uuid.nullable().optional(),
  }),
  response: OrderView,
});
export const moveOrder = route({
  method: 'POST',
  path: '/api/orders/:id/move',
  summary: 'Take the order to another step, with the fields the move needs',
  access: 'order.read',
  params: IdParams,
  body: z.object({
    version: z.int(),
    move: FlowKey,
    ...OrderForm.partial().shape,
    departmentId: Uuid.optional(),
    note: freeText(5000).default(''),
    fileIds: z.array(Uuid).max(20).default([]),
  }),
  response: OrderView,
});
export const takeOrder = route({
  method: 'POST',
  path: '/api/orders/:id/take',
  summary: 'Take the order from the inbox of my team, or give it to a colleague',
  access: 'order.read',
  params: IdParams,
  body: z.object({ version: z.int(), ownerId: Uuid.nullable().optional() }),
  response: OrderView,
});
export const pauseOrder = route({
  method: 'POST',
  path: '/api/orders/:id/pause',
  summary: 'The clock stands still while we wait for the customer or a third party',
  access: 'order.read',
  params: IdParams,
  body: z.object({ version: z.int(), reason: PauseReason, note: freeText(2000).default('') }),
  response: OrderView,
});
export const resumeOrder = route({
  method: 'POST',
  path: '/api/orders/:id/resume',
  summary: 'The clock goes on with what was left',
  access: 'order.read',
  params: IdParams,
  body: z.object({ version: z.int() }),
  response: OrderView,
});
export const commentOrder = route({
  method: 'POST',
  path: '/api/orders/:id/comments',
  summary: 'Write on the order: for colleagues, or for the customer too',
  access: 'order.read',
  params: IdParams,
  body: z.object({
    text: freeText(20_000),
    isPublic: z.boolean().default(false),
    fileIds: z.array(Uuid).max(20).default([]),
    idempotencyKey: IdempotencyKey,
  }),
  response: OrderView,
});
export const voteOrder = route({
  method: 'POST',
  path: '/api/orders/:id/approval',
  summary: 'Approve or refuse what I am asked to',
  access: 'order.read',
  params: IdParams,
  body: z.object({ version: z.int(), approve: z.boolean(), note: freeText(2000).default('') }),
  response: OrderView,
});
export const checkOrder = route({
  method: 'POST',
  path: '/api/orders/:id/checklist',
  summary: 'Tick or untick a line of the checklist of the step',
  access: 'order.read',
  params: IdParams,
  body: z.object({ index: z.int().min(0).max(29), done: z.boolean() }),
  response: OrderView,
});
export const addOrderTask = route({
  method: 'POST',
  path: '/api/orders/:id/tasks',
  summary: 'A sub-task that runs beside the step',
  access: 'order.read',
  params: IdParams,
  body: z.object({
    title: line(200),
    teamId: Uuid.nullable().default(null),
    ownerId: Uuid.nullable().default(null),
    dueAt: Instant.nullable().default(null),
  }),
  response: OrderView,
});
export const finishOrderTask = route({
  method: 'POST',
  path: '/api/orders/:id/tasks/:taskId',
  summary: 'A sub-task is done, or not after all',
  access: 'order.read',
  params: z.object({ id: Uuid, taskId: Uuid }),
  body: z.object({ done: z.boolean() }),
  response: OrderView,
});
export const spendTime = route({
  method: 'POST',
  path: '/api/orders/:id/time',
  summary: 'Note time spent on the order',
  access: 'order.read',
  params: IdParams,
  body: z.object({ minutes: z.int().min(1).max(6000), note: freeText(500).default('') }),
  response: OrderView,
});
export const linkOrder = route({
  method: 'POST',
  path: '/api/orders/:id/links',
  summary: 'Tie two orders together',
  access: 'order.read',
  params: IdParams,
  body: z.object({ otherId: Uuid, kind: z.enum(['parent', 'child', 'related']) }),
  response: OrderView,
});
export const mergeOrder = route({
  method: 'POST',
  path: '/api/orders/:id/merge',
  summary: 'The other order goes on in this one; it is closed and points here',
  access: 'order.write',
  params: IdParams,
  body: z.object({ otherId: Uuid }),
  response: OrderView,
});
export const splitOrder = route({
  method: 'POST',
  path: '/api/orders/:id/split',
  summary: 'Part of the matter becomes an order of its own',
  access: 'order.write',
  params: IdParams,
  body: z.object({
    subject: line(200),
    description: freeText(20_000),
    categoryId: Uuid,
    idempotencyKey: IdempotencyKey,
  }),
  response: OrderView,
});
export const setRecurrence = route({
  method: 'PUT',
  path: '/api/orders/:id/recurrence',
  summary: 'Record an order like this one again and again; null: no more',
  access: 'order.write',
  params: IdParams,
  body: z.object({ recurrence: Recurrence.nullable() }),
  response: OrderView,
});
export const reopenOrder = route({
  method: 'POST',
  path: '/api/orders/:id/reopen',
  summary: 'Not solved after all: the order goes on with its history',
  access: 'order.write',
  params: IdParams,
  body: z.object({ version: z.int(), note: freeText(5000).default('') }),
  response: OrderView,
});
