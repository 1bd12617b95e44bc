import { z } from 'zod';
import { Instant, Uuid, line, listOf, route } from '../route.ts';

/** A text in both languages, as flows and categories carry it. */
export const Wording = z.object({ 'zh-CN': line(80), en: line(80) });
export type Wording = z.output<typeof Wording>;
/** A key that people do not read: `answer`, `tech_support`. */
export const FlowKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** Texts of the form (客户问题处理表), besides subject and description. */
export const formTexts = [
  'region',
  'address',
  'receipt',
  'plan',
  'result',
  'review',
  'rootCause',
  'solutionAgreed',
  'apology',
  'compensation',
] as const;
/** The fields of the form that a step may ask for. */
export const orderFields = [
  'category',
  'subject',
  'description',
  'customer',
  'phones',
  ...formTexts,
  'department',
] as const;
export const OrderField = z.enum(orderFields);
export type OrderField = z.output<typeof OrderField>;
/** A field that a move may need: one of the form, or `fields.<key>` for one that the organisation added to it. */
export const NeededField = z.union([OrderField, z.templateLiteral(['fields.', FlowKey])]);
export type NeededField = z.output<typeof NeededField>;

/** Who holds a step: known when the step is entered. */
export const OwnerRule = z.discriminatedUnion('rule', [
  /** Whoever recorded the order, with their team. */
  z.object({ rule: z.literal('recorder') }),
  /** The department that was chosen for the order; its handlers share the inbox. */
  z.object({ rule: z.literal('department') }),
  z.object({ rule: z.literal('team'), teamId: Uuid }),
  z.object({ rule: z.literal('person'), userId: Uuid }),
]);
export type OwnerRule = z.output<typeof OwnerRule>;

/** Whom a warning or escalation reaches. */
export const Rung = z.enum(['owner', 'recorder', 'lead', 'manager']);
export type Rung = z.output<typeof Rung>;
export const Alarm = z.object({
  /** Working minutes before (warning) or after (escalation) the deadline. */
  minutes: z.int().min(0).max(60_000),
  to: z.array(Rung).min(1).max(4),
});
export const StepClock = z.object({
  /** Working time that the step may take. */
  minutes: z.int().min(1).max(600_000),
  /** `flat`: hours of the day and night count too. */
  calendar: z.enum(['owner', 'organisation', 'flat']).default('owner'),
  warnings: z.array(Alarm).max(5).default([]),
  escalations: z.array(Alarm).max(5).default([]),
  /** True: when it is late, the recorder gets the task to chase the owner and to tell the customer. */
  chase: z.boolean().default(false),
});
export type StepClock = z.output<typeof StepClock>;

export const Mover = z.enum(['owner', 'recorder', 'lead', 'manager']);
export type Mover = z.output<typeof Mover>;
export const FlowMove = z.object({
  key: FlowKey,
  name: Wording,
  to: FlowKey,
  who: z.array(Mover).min(1).max(4),
  /** Fields that must be filled in before or with the move. */
  needs: z.array(NeededField).max(66).default([]),
  /** What the move means beside going on. */
  effect: z.enum(['none', 'solved', 'not_solved', 'answered', 'cancelled']).default('none'),
});
export type FlowMove = z.output<typeof FlowMove>;
export const Approver = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('department_lead') }),
  z.object({ rule: z.literal('team'), teamId: Uuid }),
  z.object({ rule: z.literal('person'), userId: Uuid }),
]);
/** A sub-task that begins with the step; those of one step run side by side. */
export const StepTask = z.object({
  title: line(200),
  /** Null: whoever works on the order. */
  owner: OwnerRule.nullable().default(null),
  /** Working time by the step's calendar; null: no time of its own. */
  minutes: z.int().min(1).max(600_000).nullable().default(null),
});
export type StepTask = z.output<typeof StepTask>;
export const FlowStep = z.object({
  key: FlowKey,
  name: Wording,
  /** In the customer's words; null: not shown to the customer. */
  customerName: Wording.nullable().default(null),
  kind: z.enum(['work', 'approval', 'callback', 'end']),
  owner: OwnerRule.nullable().default(null),
  clock: StepClock.nullable().default(null),
  moves: z.array(FlowMove).max(12).default([]),
  /** Approvals only: one of them, all of them, or one after the other. */
  approval: z
    .object({ mode: z.enum(['one', 'all', 'chain']), approvers: z.array(Approver).min(1).max(10) })
    .nullable()
    .default(null),
  checklist: z.array(line(200)).max(30).default([]),
  tasks: z.array(StepTask).max(20).default([]),
  /** True: the order goes on only when the checklist is ticked and the sub-tasks of the step are done; calling it off is not held up. */
  doneFirst: z.boolean().default(false),
  /** Where it stands in the drawing. */
  x: z.number().default(0),
  y: z.number().default(0),
});
export type FlowStep = z.output<typeof FlowStep>;
export const FlowDefinition = z.object({
  steps: z.array(FlowStep).min(2).max(40),
  start: FlowKey,
});
export type FlowDefinition = z.output<typeof FlowDefinition>;
export const FlowView = z.object({
  id: Uuid,
  /** The same for all versions. */
  key: FlowKey,
  name: Wording,
  version: z.int(),
  state: z.enum(['draft', 'published', 'retired']),
  definition: FlowDefinition,
  createdAt: Instant,
  createdBy: z.string().nullable(),
  /** Grows whenever the draft is saved. */
  revision: z.int(),
  savedAt: Instant,
  savedBy: z.string().nullable(),
  /** Open orders that started on this version. */
  openOrders: z.int(),
});
export type FlowView = z.output<typeof FlowView>;
/** The version that somebody goes on from, as they saw it: what a colleague saved since is not overwritten. */
export const FlowSeen = z.object({ id: Uuid, revision: z.int() });
export type FlowSeen = z.output<typeof FlowSeen>;
export const listFlows = route({
  method: 'GET',
  path: '/api/order-flows',
  summary: 'Flows with all their versions, newest first',
  access: 'order.read',
  response: listOf(FlowView),
});
export const saveFlow = route({
  method: 'PUT',
  path: '/api/order-flows/:key',
  summary:
    'Save the draft of a flow; the published version goes on meanwhile. `seen` guards against overwriting a colleague',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
  body: z.object({
    name: Wording,
    definition: FlowDefinition,
    /** The newest version as it was when one began to change it; null: the flow is new. */
    seen: FlowSeen.nullable().default(null),
  }),
  response: FlowView,
});
export const publishFlow = route({
  method: 'POST',
  path: '/api/order-flows/:key/publish',
  summary: 'Publish the draft: new orders take it, open ones keep their version',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
  /** The draft as it was looked at; without it: as it is. */
  body: z.object({ seen: FlowSeen.optional() }),
  response: FlowView,
});
export const discardFlow = route({
  method: 'DELETE',
  path: '/api/order-flows/:key/draft',
  summary:
    'Throw the draft of a flow away; with `id` and `revision` only while nobody has saved it since',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
  query: z.object({ id: Uuid.optional(), revision: z.coerce.number().int().optional() }),
});
