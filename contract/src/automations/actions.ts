import { z } from 'zod';
import { maxMessageLength } from '../conversations.ts';
import { Tier } from '../customers.ts';
import { FlowKey, formTexts, OrderPriority, PauseReason } from '../orders/index.ts';
import { freeText, line, Uuid } from '../route.ts';

/** Fields of an order that an action may fill in. */
export const settableOrderFields = ['subject', ...formTexts, 'product'] as const;
const Template = (max: number) => freeText(max).refine((text) => text.trim() !== '', 'empty');
/** As `FieldValue`, of what can be stored. */
const CustomValue = z.union([freeText(2000), z.number(), z.boolean(), z.null()]);
const SetField = z.discriminatedUnion('field', [
  z.object({ field: z.literal('priority'), value: OrderPriority }),
  z.object({ field: z.literal('category'), value: Uuid }),
  z.object({ field: z.literal('department'), value: Uuid.nullable() }),
  z.object({ field: z.literal('tier'), value: Tier }),
  z.object({ field: z.enum(settableOrderFields), value: Template(5000) }),
  z.object({ field: z.literal('custom'), key: line(60), value: CustomValue }),
]);
/** Whom a mail goes to, as the order or conversation knows them. `customer`: their first e-mail address. */
export const MailTo = z.enum(['owner', 'owner_team', 'recorder', 'customer']);

/**
 * One thing that an automation or a macro does. Texts may hold placeholders (`actionVariables`).
 * What an order has and a conversation has not (and the other way round) is told by `actionsOf`.
 */
export const Action = z.discriminatedUnion('kind', [
  /** `priority` and `subject` of both; `tier` of the customer; the others of orders. */
  z.object({ kind: z.literal('set_field'), set: SetField }),
  /** To a person; null: back to the inbox of the team. Of a conversation: `teamId` transfers it to that team. */
  z.object({
    kind: z.literal('assign'),
    userId: Uuid.nullable().default(null),
    teamId: Uuid.nullable().default(null),
  }),
  /** Takes the order along a move of its step. */
  z.object({ kind: z.literal('move'), move: FlowKey, note: freeText(5000).default('') }),
  z.object({ kind: z.literal('pause'), reason: PauseReason }),
  z.object({ kind: z.literal('reopen'), note: freeText(5000).default('') }),
  /** Resolves the conversation. */
  z.object({ kind: z.literal('resolve') }),
  /** Beside the order, for the customer's page too when public; in a conversation as a note. */
  z.object({
    kind: z.literal('comment'),
    text: Template(maxMessageLength),
    isPublic: z.boolean().default(false),
  }),
  /** Writes to the customer in the conversation, or in the one that an order came from. */
  z.object({ kind: z.literal('reply'), text: Template(maxMessageLength) }),
  z.object({
    kind: z.literal('tag'),
    on: z.enum(['conversation', 'customer']),
    add: z.array(line(60)).max(20).default([]),
    remove: z.array(line(60)).max(20).default([]),
  }),
  z.object({
    kind: z.literal('add_task'),
    title: line(200),
    teamId: Uuid.nullable().default(null),
    ownerId: Uuid.nullable().default(null),
    /** Minutes from now; null: without a deadline. */
    dueMinutes: z.int().min(1).max(600_000).nullable().default(null),
  }),
  z.object({
    kind: z.literal('mail'),
    to: z.array(MailTo).max(4).default([]),
    people: z.array(Uuid).max(20).default([]),
    addresses: z.array(z.email().max(200)).max(20).default([]),
    subject: line(200),
    text: Template(20_000),
  }),
  /** Sends `automation.fired` with the order or conversation to one webhook. */
  z.object({ kind: z.literal('webhook'), webhookId: Uuid }),
  /** Records an order, tied to the order or the conversation. */
  z.object({
    kind: z.literal('create_order'),
    categoryId: Uuid,
    subject: line(200),
    description: freeText(20_000).default(''),
    priority: OrderPriority.default('normal'),
    departmentId: Uuid.nullable().default(null),
  }),
]);
export type Action = z.output<typeof Action>;
export type ActionKind = Action['kind'];
export const Actions = z.array(Action).min(1).max(20);

/** Which actions fit what. */
export const actionsOf: Record<'order' | 'conversation', readonly ActionKind[]> = {
  order: [
    'set_field',
    'assign',
    'move',
    'pause',
    'reopen',
    'comment',
    'reply',
    'tag',
    'add_task',
    'mail',
    'webhook',
    'create_order',
  ],
  conversation: [
    'set_field',
    'assign',
    'resolve',
    'comment',
    'reply',
    'tag',
    'mail',
    'webhook',
    'create_order',
  ],
};

/** What became of one action. */
export const ActionReport = z.object({
  kind: z.string(),
  state: z.enum(['done', 'nothing_to_do', 'failed', 'not_reached']),
  /** What it wrote or set, in full; for a trial: what it would. */
  detail: z.string(),
  /** Of `set_field`: which field, `custom.<key>` of the organisation's own; `detail` is its value. */
  field: z.string().nullable().default(null),
  /** Problem code (`problems.<code>`) when it failed. */
  problem: z.string().nullable(),
});
export type ActionReport = z.output<typeof ActionReport>;
