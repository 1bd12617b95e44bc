import { z } from 'zod';
import { NeededField, OrderForm, OrderSummary } from './orders/index.ts';
import {
  freeText,
  IdParams,
  Instant,
  line,
  listOf,
  pageOf,
  PageQuery,
  route,
  Uuid,
} from './route.ts';

/**
 * How a call went. `informed`: the customer was told what they were to be told (chases and calls of one's own);
 * `wrong_number`: nobody of theirs answers there; `call_later`: the customer named a time; `refused`: they do not want
 * to be asked.
 */
export const callbackResults = [
  'solved',
  'not_solved',
  'informed',
  'no_answer',
  'busy',
  'wrong_number',
  'call_later',
  'refused',
] as const;
export const CallbackResult = z.enum(callbackResults);
export type CallbackResult = z.output<typeof CallbackResult>;
export const CallbackReason = z.enum(['confirm_result', 'complaint_follow_up', 'chase', 'other']);
export type CallbackReason = z.output<typeof CallbackReason>;
export const CallbackState = z.enum(['open', 'done', 'given_up']);

/** A callback: who to call, why, by when. */
export const CallbackView = z.object({
  id: Uuid,
  orderId: Uuid.nullable(),
  orderNumber: z.string().nullable(),
  orderSubject: z.string().nullable(),
  customerId: Uuid.nullable(),
  customerName: z.string(),
  phones: z.array(z.string()),
  reason: CallbackReason,
  script: z.string(),
  /** By when the customer is to be reached; late after that. */
  dueAt: Instant,
  /** Not to be called before this. */
  nextTryAt: Instant,
  /** Calls that reached nobody; at `maxTries` the way out is taken. */
  tries: z.int(),
  maxTries: z.int(),
  teamId: Uuid,
  teamName: z.string(),
  holderId: Uuid.nullable(),
  holderName: z.string().nullable(),
  state: CallbackState,
  /** The last result; of one that is done: the one that ended it, null when it was not needed any more. */
  result: CallbackResult.nullable(),
  note: z.string(),
  /** What the customer said of how content they are, 1 to 5. */
  satisfaction: z.int().nullable(),
  createdAt: Instant,
  doneAt: Instant.nullable(),
  doneByName: z.string().nullable(),
  version: z.int(),
});
export type CallbackView = z.output<typeof CallbackView>;
export const CallbackTry = z.object({
  id: Uuid,
  at: Instant,
  byName: z.string().nullable(),
  /** Null: put off without a call. */
  result: CallbackResult.nullable(),
  /** The number that was called. */
  phone: z.string(),
  note: z.string(),
  nextTryAt: Instant.nullable(),
});
export type CallbackTry = z.output<typeof CallbackTry>;
/** One callback with all that an agent needs while calling. */
export const CallbackDetail = CallbackView.extend({
  attempts: z.array(CallbackTry),
  order: OrderSummary.nullable(),
  /** What was answered to the customer (处理结果). */
  orderResult: z.string(),
  orderDescription: z.string(),
  /** Results that fit this callback, in the order in which to offer them. */
  results: z.array(CallbackResult),
  /** What must be filled in with a result, as the order's move for it needs it and the form does not say it yet. */
  missing: z.object({ solved: z.array(NeededField), not_solved: z.array(NeededField) }),
  /** True: this reader may take it or report on it now. */
  mayWork: z.boolean(),
  /** True: this reader may give it to somebody of the team. */
  mayAssign: z.boolean(),
});
export type CallbackDetail = z.output<typeof CallbackDetail>;

/**
 * `mine`: those I hold; `free`: of my teams and held by nobody; `team`: all open ones of my teams; `due`: of those the
 * ones to be called now; `done`: ended ones, the newest first.
 */
export const CallbackScope = z.enum(['mine', 'free', 'team', 'due', 'done']);
export const listCallbacks = route({
  method: 'GET',
  path: '/api/callbacks',
  summary: 'Callbacks to make, the next due first',
  access: 'order.read',
  query: PageQuery.extend({
    scope: CallbackScope.default('team'),
    /** Part of a name, a phone or an order's number. */
    q: z.string().max(100).optional(),
    reason: CallbackReason.optional(),
    teamId: Uuid.optional(),
    holderId: Uuid.optional(),
    customerId: Uuid.optional(),
    orderId: Uuid.optional(),
  }),
  response: pageOf(CallbackView),
});
export const countCallbacks = route({
  method: 'GET',
  path: '/api/callbacks/counts',
  summary: 'Callbacks to be made now, late, soon and mine; counted up to 500',
  access: 'order.read',
  response: z.object({
    /** To be called now: the next try has come. */
    due: z.int(),
    /** Of all open ones: the customer should have been reached by now. */
    late: z.int(),
    /** Their next try comes within the hour. */
    soon: z.int(),
    /** Held by me, and how many of those are to be called now. */
    mine: z.int(),
    mineDue: z.int(),
    /** Held by nobody. */
    free: z.int(),
    /** How many I may hold. */
    quota: z.int(),
  }),
});
export const getCallback = route({
  method: 'GET',
  path: '/api/callbacks/:id',
  summary: 'One callback with the calls made so far and its order',
  access: 'order.read',
  params: IdParams,
  response: CallbackDetail,
});
export const createCallback = route({
  method: 'POST',
  path: '/api/callbacks',
  summary: 'Note that a customer is to be called, about an order or anything else',
  access: 'order.write',
  body: z.object({
    /** Without one name whom to call and for which team. */
    orderId: Uuid.nullable().default(null),
    customerId: Uuid.nullable().default(null),
    customerName: freeText(120).default(''),
    phones: z.array(line(40)).max(5).default([]),
    script: freeText(5000).default(''),
    dueAt: Instant,
    /** Default: now. */
    nextTryAt: Instant.nullable().default(null),
    /** Default: the order's recorder's team, else the first of mine. */
    teamId: Uuid.nullable().default(null),
    /** Default: anybody of the team. */
    holderId: Uuid.nullable().default(null),
  }),
  response: CallbackDetail,
  status: 201,
});
export const takeCallback = route({
  method: 'POST',
  path: '/api/callbacks/:id/take',
  summary: 'I make this call; refused beyond my quota',
  access: 'order.write',
  params: IdParams,
  response: CallbackDetail,
});
export const takeNextCallback = route({
  method: 'POST',
  path: '/api/callbacks/next',
  summary: 'The next call for me: mine that is due, else a free one of my teams, which I take',
  access: 'order.write',
  response: z.object({ callback: CallbackDetail.nullable() }),
});
export const assignCallback = route({
  method: 'POST',
  path: '/api/callbacks/:id/assign',
  summary: 'Give a callback to somebody of the team, or (null) back to all of them',
  access: 'order.write',
  params: IdParams,
  body: z.object({ version: z.int(), holderId: Uuid.nullable() }),
  response: CallbackDetail,
});
export const postponeCallback = route({
  method: 'POST',
  path: '/api/callbacks/:id/postpone',
  summary: 'Call at another time; counts as no try',
  access: 'order.write',
  params: IdParams,
  body: z.object({ version: z.int(), nextTryAt: Instant, note: freeText(2000).default('') }),
  response: CallbackDetail,
});
export const reportCallback = route({
  method: 'POST',
  path: '/api/callbacks/:id/result',
  summary: 'How the call went: closes the order, reopens it, or sets the next try',
  access: 'order.write',
  params: IdParams,
  body: z.object({
    version: z.int(),
    result: CallbackResult,
    /** Required for `not_solved`: what is not. */
    note: freeText(5000).default(''),
    /** Required for `call_later`; else, where another try follows, by default after the set working time. */
    nextTryAt: Instant.nullable().default(null),
    satisfaction: z.int().min(1).max(5).nullable().default(null),
    /** The number that was called; default: the first. `wrong_number` takes it off the list. */
    phone: line(40).nullable().default(null),
    /** A number that was found out; it is called first from now on. */
    newPhone: line(40).nullable().default(null),
    /** Fields that the order's move needs (`missing`); others are left out. */
    filled: z
      .object({
        ...OrderForm.partial().shape,
        departmentId: Uuid.optional(),
        customerId: Uuid.optional(),
      })
      .default({}),
  }),
  response: CallbackDetail,
});

/** Why an earlier order may be about the same matter. */
export const Likeness = z.enum(['customer', 'phone', 'category', 'product', 'words']);
/** Orders that may be about the same matter: same customer or phone, same category or similar words, within the window. */
export const listSimilarOrders = route({
  method: 'GET',
  path: '/api/orders/similar',
  summary:
    'Earlier orders that a new contact may be about, the likeliest first; nothing without customer or phone',
  access: 'order.read',
  query: z.object({
    customerId: Uuid.optional(),
    phone: z.string().max(40).optional(),
    text: z.string().max(500).optional(),
    categoryId: Uuid.optional(),
    product: z.string().max(120).optional(),
    /** The order that is being looked at itself. */
    exceptId: Uuid.optional(),
  }),
  response: listOf(
    OrderSummary.extend({
      /** 0 to 1; from 0.5 on it is worth asking. */
      likeness: z.number(),
      because: z.array(Likeness),
      repeats: z.int(),
    }),
  ),
});
/** A customer came again about an order. */
export const RepeatView = z.object({
  id: Uuid,
  at: Instant,
  byName: z.string().nullable(),
  conversationId: Uuid.nullable(),
  otherOrderId: Uuid.nullable(),
  otherOrderNumber: z.string().nullable(),
  note: z.string(),
});
export type RepeatView = z.output<typeof RepeatView>;
export const listRepeats = route({
  method: 'GET',
  path: '/api/orders/:id/repeats',
  summary: 'Contacts after the first in which the customer came about this order again',
  access: 'order.read',
  params: IdParams,
  response: listOf(RepeatView),
});
export const confirmRepeat = route({
  method: 'POST',
  path: '/api/orders/:id/repeats',
  summary:
    'The customer has come again about this order; the same conversation or order counts once. First-contact resolution counts it.',
  access: 'order.write',
  params: IdParams,
  body: z.object({
    /** The conversation in which they came, or the order recorded for it. */
    conversationId: Uuid.nullable().default(null),
    otherOrderId: Uuid.nullable().default(null),
    note: freeText(5000).default(''),
    /** True: a closed order goes on with its history, as it is not solved after all. */
    reopen: z.boolean().default(false),
  }),
  response: listOf(RepeatView),
});
export const denyRepeat = route({
  method: 'POST',
  path: '/api/orders/:id/not-repeats',
  summary:
    'Two orders that look alike are about different matters: neither is suggested for the other any more',
  access: 'order.write',
  params: IdParams,
  body: z.object({ otherOrderId: Uuid }),
});
