import { z } from 'zod';
import { FieldKind, FieldValues, Tier } from './customers.ts';
import { FileView } from './files.ts';
import {
  freeText,
  IdParams,
  Instant,
  line,
  listOf,
  Locale,
  pageOf,
  PageQuery,
  route,
  Uuid,
} from './route.ts';

/** A text in both languages, as flows and categories carry it. */
export const Wording = z.object({ 'zh-CN': line(80), en: line(80) });
export type Wording = z.output<typeof Wording>;
/** A key that people do not read: `answer`, `tech_support`. */
export const FlowKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** The fields of the form (客户问题处理表) that a step may ask for. */
export const orderFields = [
  'category',
  'subject',
  'description',
  'customer',
  'phones',
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
  'department',
] as const;
export const OrderField = z.enum(orderFields);
export type OrderField = z.output<typeof OrderField>;

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
  needs: z.array(OrderField).max(16).default([]),
  /** What the move means beside going on. */
  effect: z.enum(['none', 'solved', 'not_solved', 'answered', 'cancelled']).default('none'),
});
export type FlowMove = z.output<typeof FlowMove>;
export const Approver = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('department_lead') }),
  z.object({ rule: z.literal('team'), teamId: Uuid }),
  z.object({ rule: z.literal('person'), userId: Uuid }),
]);
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
  /** Open orders that started on this version. */
  openOrders: z.int(),
});
export type FlowView = z.output<typeof FlowView>;
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
  summary: 'Save the draft of a flow; the published version goes on meanwhile',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
  body: z.object({ name: Wording, definition: FlowDefinition }),
  response: FlowView,
});
export const publishFlow = route({
  method: 'POST',
  path: '/api/order-flows/:key/publish',
  summary: 'Publish the draft: new orders take it, open ones keep their version',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
  response: FlowView,
});
export const discardFlow = route({
  method: 'DELETE',
  path: '/api/order-flows/:key/draft',
  summary: 'Throw the draft of a flow away',
  access: 'order.design',
  params: z.object({ key: FlowKey }),
});

/** What an order is about: technical, service quality, sales management, other; an administrator may change the list. */
export const CategoryView = z.object({
  id: Uuid,
  name: Wording,
  flowKey: FlowKey,
  /** Chosen when a department is not named. */
  departmentId: Uuid.nullable(),
  isComplaint: z.boolean(),
  position: z.int(),
  retired: z.boolean(),
});
export type CategoryView = z.output<typeof CategoryView>;
export const listCategories = route({
  method: 'GET',
  path: '/api/order-categories',
  summary: 'Categories of orders',
  access: 'order.read',
  response: listOf(CategoryView),
});
export const saveCategories = route({
  method: 'PUT',
  path: '/api/order-categories',
  summary: 'Set the categories; one that is left out is retired, as old orders name it',
  access: 'order.design',
  body: z.object({
    items: z
      .array(
        z.object({
          id: Uuid.optional(),
          name: Wording,
          flowKey: FlowKey,
          departmentId: Uuid.nullable().default(null),
          isComplaint: z.boolean().default(false),
        }),
      )
      .min(1)
      .max(50),
  }),
  response: listOf(CategoryView),
});
/** A question that this organisation's form asks beside the usual ones; its answers are in `OrderForm.fields`. */
export const OrderFieldDefinition = z.object({
  key: FlowKey,
  label: Wording,
  kind: FieldKind,
  choices: z.array(line(80)).max(100).default([]),
});
export type OrderFieldDefinition = z.output<typeof OrderFieldDefinition>;
export const OrderSettings = z.object({
  /** `{yyyy}`, `{mm}`, `{dd}` and a counter such as `{0000}` that begins anew each day, month or year it stands with. */
  numberPattern: z.string().trim().min(4).max(40).default('W{yyyy}{mm}{dd}-{0000}'),
  /** Days within which a customer's next contact on the matter is asked to be the same one. */
  repeatDays: z.int().min(1).max(90).default(7),
  /** Calls without an answer after which the way out of a callback is taken. */
  callbackTries: z.int().min(1).max(20).default(3),
  /** Working minutes between two tries. */
  callbackRetryMinutes: z.int().min(5).max(10_000).default(120),
  /** Callbacks that an agent may hold at once. */
  callbackQuota: z.int().min(1).max(500).default(30),
  /**
   * The way out of a callback that reached nobody: `close`: the order is closed as not reached, and its page tells the
   * customer how to speak up; `lead`: it stays, and its team gets the task to decide.
   */
  callbackWayOut: z.enum(['close', 'lead']).default('close'),
  /** Hours of the organisation for clocks whose owner has none; null: Monday to Friday 9–18. */
  hoursId: Uuid.nullable().default(null),
  /** Own fields of the form, in their order; values of one that is taken away stay on the orders that have them. */
  fields: z.array(OrderFieldDefinition).max(50).default([]),
});
export type OrderSettings = z.output<typeof OrderSettings>;
export const getOrderSettings = route({
  method: 'GET',
  path: '/api/order-settings',
  summary: 'Numbers, windows and tries of orders',
  access: 'order.read',
  response: OrderSettings,
});
export const setOrderSettings = route({
  method: 'PUT',
  path: '/api/order-settings',
  summary: 'Change numbers, windows and tries of orders',
  access: 'order.design',
  body: OrderSettings,
  response: OrderSettings,
});

/** By which hours the clocks of a team or a department run; without one: its department's, then the organisation's. */
export const WorkCalendar = z.object({
  teamId: Uuid.nullable(),
  departmentId: Uuid.nullable(),
  hoursId: Uuid,
});
export type WorkCalendar = z.output<typeof WorkCalendar>;
export const listWorkCalendars = route({
  method: 'GET',
  path: '/api/work-calendars',
  summary: 'Hours by which the clocks of teams and departments run',
  access: 'order.read',
  response: listOf(WorkCalendar),
});
export const setWorkCalendars = route({
  method: 'PUT',
  path: '/api/work-calendars',
  summary: 'Set the hours of teams and departments; running clocks are reckoned anew',
  access: 'order.design',
  body: z.object({ items: z.array(WorkCalendar).max(2000) }),
  response: listOf(WorkCalendar),
});

/** When an order is recorded anew, in the centre's zone. */
export const Recurrence = z.object({
  every: z.enum(['day', 'week', 'month']),
  interval: z.int().min(1).max(36),
  /** The first day; later ones follow from it. */
  from: z.iso.date(),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type Recurrence = z.output<typeof Recurrence>;

export const ClockState = z.enum(['none', 'running', 'warned', 'late', 'paused', 'met', 'missed']);
export type ClockState = z.output<typeof ClockState>;
export const PauseReason = z.enum(['customer', 'third_party']);
export const OrderPriority = z.enum(['low', 'normal', 'high', 'urgent']);

/** An order as lists, boards and calendars show it. */
export const OrderSummary = z.object({
  id: Uuid,
  number: z.string(),
  subject: z.string(),
  categoryId: Uuid,
  isComplaint: z.boolean(),
  priority: OrderPriority,
  customerId: Uuid.nullable(),
  customerName: z.string(),
  tier: Tier.nullable(),
  flowKey: FlowKey,
  stepKey: FlowKey,
  stepName: Wording,
  status: z.enum(['open', 'closed', 'cancelled']),
  ownerTeamId: Uuid.nullable(),
  ownerId: Uuid.nullable(),
  /** Team and person as people say them: "技术部 / 王芳". */
  ownerName: z.string(),
  departmentId: Uuid.nullable(),
  recorderId: Uuid.nullable(),
  stepSince: Instant,
  dueAt: Instant.nullable(),
  clock: ClockState,
  createdAt: Instant,
  closedAt: Instant.nullable(),
  reopened: z.int(),
  version: z.int(),
});
export type OrderSummary = z.output<typeof OrderSummary>;
export const OrderLine = z.object({
  id: Uuid,
  at: Instant,
  /** Null: the system, the customer or an automation. */
  byName: z.string().nullable(),
  by: z.enum(['person', 'customer', 'system', 'automation']),
  kind: z.enum([
    'created',
    'moved',
    'taken',
    'changed',
    'commented',
    'paused',
    'resumed',
    'warned',
    'escalated',
    'chased',
    'approved',
    'refused',
    'called',
    'repeated',
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
  ]),
  /** Values of the translation `orders.line.<kind>`. */
  data: z.record(z.string(), z.unknown()),
  text: z.string(),
  files: z.array(FileView),
  /** True: the customer's page shows it. */
  isPublic: z.boolean(),
});
export type OrderLine = z.output<typeof OrderLine>;
export const StepVisit = z.object({
  id: Uuid,
  stepKey: FlowKey,
  stepName: Wording,
  ownerName: z.string(),
  enteredAt: Instant,
  leftAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  clock: ClockState,
  /** Working time it took so far, in milliseconds. */
  workedMs: z.int(),
});
export type StepVisit = z.output<typeof StepVisit>;
export const OrderTask = z.object({
  id: Uuid,
  title: z.string(),
  ownerTeamId: Uuid.nullable(),
  ownerId: Uuid.nullable(),
  ownerName: z.string(),
  dueAt: Instant.nullable(),
  doneAt: Instant.nullable(),
});
export type OrderTask = z.output<typeof OrderTask>;
export const ApprovalVote = z.object({
  name: z.string(),
  /** `waiting`: the turn of this approver has not come (chain). */
  state: z.enum(['waiting', 'asked', 'approved', 'refused']),
  at: Instant.nullable(),
  note: z.string(),
});
const Phones = z.array(line(40)).max(5);
/** What people write on the form. */
export const OrderForm = z.object({
  subject: line(200),
  description: freeText(20_000),
  phones: Phones,
  region: freeText(120),
  address: freeText(300),
  receipt: freeText(5000),
  plan: freeText(10_000),
  result: freeText(10_000),
  review: freeText(5000),
  rootCause: freeText(200),
  solutionAgreed: freeText(5000),
  apology: freeText(5000),
  /** Money or goods given to the customer. */
  compensation: freeText(1000),
  product: freeText(120),
  fields: FieldValues,
});
export type OrderForm = z.output<typeof OrderForm>;
export const OrderView = OrderSummary.extend({
  form: OrderForm,
  plannerName: z.string().nullable(),
  handlerName: z.string().nullable(),
  recorderName: z.string().nullable(),
  conversationId: Uuid.nullable(),
  flowVersion: z.int(),
  definition: FlowDefinition,
  /** Moves that this reader may make now, with the fields still missing. */
  moves: z.array(z.object({ key: FlowKey, name: Wording, missing: z.array(OrderField) })),
  pausedFor: PauseReason.nullable(),
  visits: z.array(StepVisit),
  lines: z.array(OrderLine),
  tasks: z.array(OrderTask),
  approvals: z.array(ApprovalVote),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
  links: z.array(
    z.object({
      kind: z.enum(['parent', 'child', 'related', 'merged_into', 'merged_from', 'split_from']),
      order: OrderSummary,
    }),
  ),
  spentMinutes: z.int(),
  recurrence: Recurrence.extend({ nextAt: Instant }).nullable(),
  rating: z.object({ score: z.int(), comment: z.string(), at: Instant }).nullable(),
});
export type OrderView = z.output<typeof OrderView>;

export const OrderScope = z.enum(['mine', 'inbox', 'recorded', 'late', 'open', 'closed', 'all']);
export const OrderFilter = z.object({
  scope: OrderScope.default('open'),
  q: z.string().max(100).optional(),
  categoryId: Uuid.optional(),
  departmentId: Uuid.optional(),
  teamId: Uuid.optional(),
  ownerId: Uuid.optional(),
  customerId: Uuid.optional(),
  stepKey: FlowKey.optional(),
  flowKey: FlowKey.optional(),
  complaints: z.stringbool().optional(),
});
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
  /** The same order again: the caller's own key makes a repetition find the first. */
  idempotencyKey: z.string().min(8).max(80).optional(),
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
  body: z.object({ subject: line(200), description: freeText(20_000), categoryId: Uuid }),
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
/** What a customer sees of an order by the signed link; no account. */
export const OrderPortalView = z.object({
  number: z.string(),
  subject: z.string(),
  organisationName: z.string(),
  locale: Locale,
  createdAt: Instant,
  status: z.enum(['open', 'closed', 'cancelled']),
  steps: z.array(
    z.object({
      name: Wording,
      state: z.enum(['done', 'current', 'to_come']),
      at: Instant.nullable(),
    }),
  ),
  lines: z.array(z.object({ at: Instant, fromCustomer: z.boolean(), text: z.string() })),
  expectedBy: Instant.nullable(),
  mayConfirm: z.boolean(),
  /** Closed not long ago: the customer may still say that it is not solved, and it goes on. */
  mayReopen: z.boolean(),
  mayRate: z.boolean(),
  rating: z.int().nullable(),
});
export type OrderPortalView = z.output<typeof OrderPortalView>;
const Token = z.object({ token: z.string().min(20).max(200) });
export const getOrderPortal = route({
  method: 'GET',
  path: '/api/order-portal/:token',
  summary: "The customer's page of an order",
  access: 'public',
  params: Token,
  response: OrderPortalView,
});
export const writeOrderPortal = route({
  method: 'POST',
  path: '/api/order-portal/:token',
  summary: 'The customer adds something, confirms, says it is not solved, or rates',
  access: 'public',
  ratePerMinute: 30,
  params: Token,
  body: z.discriminatedUnion('deed', [
    z.object({ deed: z.literal('add'), text: line(5000) }),
    z.object({ deed: z.literal('confirm') }),
    z.object({ deed: z.literal('reject'), text: freeText(5000) }),
    z.object({ deed: z.literal('rate'), score: z.int().min(1).max(5), comment: freeText(2000) }),
  ]),
  response: OrderPortalView,
});
export const linkOrderPortal = route({
  method: 'POST',
  path: '/api/orders/:id/portal-link',
  summary: "Address of the customer's page of this order",
  access: 'order.read',
  params: IdParams,
  response: z.object({ url: z.string() }),
});
