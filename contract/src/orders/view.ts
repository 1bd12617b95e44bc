import { z } from 'zod';
import { FieldValues, Tier } from '../customers.ts';
import { FileView } from '../files.ts';
import { Instant, Uuid, freeText, line } from '../route.ts';
import { FlowDefinition, FlowKey, NeededField, Wording } from './flows.ts';

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
/** What the history of an order tells of. */
export const orderLineKinds = [
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
  'not_repeated',
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
] as const;
export const OrderLine = z.object({
  id: Uuid,
  at: Instant,
  /** Null: the system, the customer or an automation. */
  byName: z.string().nullable(),
  by: z.enum(['person', 'customer', 'system', 'automation']),
  kind: z.enum(orderLineKinds),
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
  doneByName: z.string().nullable(),
  /** The step whose flow began it; null: a person added it. */
  stepKey: FlowKey.nullable(),
  /** The step waits for it (`doneFirst`). */
  isAwaited: z.boolean(),
  /** This reader may say that it is done. */
  mayFinish: z.boolean(),
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
  reviewerName: z.string().nullable(),
  recorderName: z.string().nullable(),
  conversationId: Uuid.nullable(),
  flowVersion: z.int(),
  definition: FlowDefinition,
  /** Moves that this reader may make now, with the fields still missing and what is to be done first. */
  moves: z.array(
    z.object({
      key: FlowKey,
      name: Wording,
      missing: z.array(NeededField),
      undone: z.array(z.string()),
    }),
  ),
  /** What this reader may do beside the moves: somebody who may only read may still comment. */
  may: z.object({
    /** Fill in the form, tick, add sub-tasks, tie orders, pause the clock, note time. */
    work: z.boolean(),
    /** Take the order, give it to a colleague. */
    assign: z.boolean(),
    /** It is their turn to approve. */
    vote: z.boolean(),
  }),
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
