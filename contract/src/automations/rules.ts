import { z } from 'zod';
import {
  Instant,
  line,
  listOf,
  pageOf,
  PageQuery,
  route,
  Uuid,
  freeText,
  IdParams,
} from '../route.ts';
import { ActionReport, Actions } from './actions.ts';
import { conditionFieldNames, conditionOps } from './fields.ts';

/** What automations watch over. Callbacks are calls for an order: `order.called`. */
export const AutomationSubject = z.enum(['order', 'conversation']);
export type AutomationSubject = z.output<typeof AutomationSubject>;

/** What can start an automation at once. The part before the dot is its subject. */
export const automationEvents = [
  'order.created',
  'order.moved',
  'order.closed',
  'order.reopened',
  'order.taken',
  'order.changed',
  'order.commented',
  'order.paused',
  'order.resumed',
  'order.warned',
  'order.late',
  'order.escalated',
  'order.approved',
  'order.refused',
  /** A callback was made (how it went: `event.callResult`), or given up after so many tries. */
  'order.called',
  'order.call_given_up',
  'order.task_done',
  'order.rated',
  'conversation.started',
  'conversation.customer_wrote',
  'conversation.agent_wrote',
  'conversation.assigned',
  'conversation.released',
  'conversation.transferred',
  'conversation.snoozed',
  'conversation.woken',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.edited',
] as const;
export const AutomationEvent = z.enum(automationEvents);
export type AutomationEvent = z.output<typeof AutomationEvent>;

/** From when an automation over time counts. The part before the dot is its subject. */
export const automationClocks = [
  /** Since the order entered its step. */
  'order.in_step',
  'order.since_created',
  /** Since anything last happened to the order. */
  'order.untouched',
  /** Before and after the deadline of the step. */
  'order.before_due',
  'order.after_due',
  'order.since_closed',
  'conversation.since_started',
  /** Since the customer began to wait for an answer. */
  'conversation.customer_waits',
  /** Since the last message of anybody. */
  'conversation.silent',
  'conversation.since_resolved',
] as const;
export const AutomationClock = z.enum(automationClocks);
export type AutomationClock = z.output<typeof AutomationClock>;

export const AutomationWhen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), events: z.array(AutomationEvent).min(1).max(12) }),
  z.object({
    kind: z.literal('time'),
    clock: AutomationClock,
    minutes: z.int().min(1).max(600_000),
    /** `working`: minutes of the organisation's hours; else of day and night. */
    by: z.enum(['flat', 'working']).default('flat'),
  }),
]);
export type AutomationWhen = z.output<typeof AutomationWhen>;

const Scalar = z.union([freeText(2000), z.number(), z.boolean()]);
export const Condition = z.object({
  field: z.enum(conditionFieldNames),
  /** Of custom fields: which. */
  key: line(60).optional(),
  op: z.enum(conditionOps),
  /** `in`, `not_in`: a list; `empty`, `not_empty`: null. Text is compared without regard to case and width. */
  value: z.union([Scalar, z.array(freeText(2000)).max(100), z.null()]).default(null),
});
export type Condition = z.output<typeof Condition>;
const Match = z.enum(['all', 'any']);
/** All or any of groups, each all or any of its conditions; without groups: always. An empty group holds. */
export const Conditions = z.object({
  match: Match.default('all'),
  groups: z
    .array(z.object({ match: Match.default('all'), items: z.array(Condition).max(20) }))
    .max(10)
    .default([]),
});
export type Conditions = z.output<typeof Conditions>;

export const AutomationInput = z.object({
  name: line(120),
  note: freeText(1000).default(''),
  subject: AutomationSubject,
  when: AutomationWhen,
  conditions: Conditions.default({ match: 'all', groups: [] }),
  actions: Actions,
  /** `once`: for each order or conversation one time only. */
  repeat: z.enum(['always', 'once']).default('always'),
  isActive: z.boolean().default(false),
});
export type AutomationInput = z.output<typeof AutomationInput>;

/** Why an automation was switched off by itself. */
export const AutomationStop = z.enum(['loop', 'failures']);
export const AutomationView = AutomationInput.extend({
  id: Uuid,
  /** They run in this order when several start from one event. */
  position: z.int(),
  version: z.int(),
  stopped: AutomationStop.nullable(),
  runs: z.int(),
  failures: z.int(),
  lastRunAt: Instant.nullable(),
  updatedAt: Instant,
  updatedByName: z.string().nullable(),
});
export type AutomationView = z.output<typeof AutomationView>;
export const listAutomations = route({
  method: 'GET',
  path: '/api/automations',
  summary: 'Automations in the order in which they run',
  access: 'automation.manage',
  response: listOf(AutomationView),
});
export const createAutomation = route({
  method: 'POST',
  path: '/api/automations',
  summary: 'Create an automation',
  access: 'automation.manage',
  body: AutomationInput,
  response: AutomationView,
  status: 201,
});
export const updateAutomation = route({
  method: 'PUT',
  path: '/api/automations/:id',
  summary: 'Change an automation; `version` guards against overwriting a colleague',
  access: 'automation.manage',
  params: IdParams,
  body: AutomationInput.extend({ version: z.int() }),
  response: AutomationView,
});
export const switchAutomation = route({
  method: 'POST',
  path: '/api/automations/:id/switch',
  summary: 'Switch an automation on or off',
  access: 'automation.manage',
  params: IdParams,
  body: z.object({ isActive: z.boolean() }),
  response: AutomationView,
});
export const orderAutomations = route({
  method: 'PUT',
  path: '/api/automations/positions',
  summary: 'Set the order in which automations run; those left out follow behind',
  access: 'automation.manage',
  body: z.object({ ids: z.array(Uuid).max(500) }),
  response: listOf(AutomationView),
});
export const deleteAutomation = route({
  method: 'DELETE',
  path: '/api/automations/:id',
  summary: 'Delete an automation; its runs stay in the history',
  access: 'automation.manage',
  params: IdParams,
});

export const SubjectRef = z.object({
  kind: AutomationSubject,
  id: Uuid,
  /** "W20261123-0042" or "#17". */
  number: z.string(),
  title: z.string(),
});
export type SubjectRef = z.output<typeof SubjectRef>;

/** What an automation would have met in the past; conditions see orders and conversations as they are today. */
export const AutomationPreview = z.object({
  from: Instant,
  /** Starts that were looked at, at most 20,000; `isCut`: there were more. */
  considered: z.int(),
  isCut: z.boolean(),
  matched: z.int(),
  /** Different orders or conversations among them. */
  subjects: z.int(),
  perDay: z.array(z.object({ date: z.iso.date(), matched: z.int() })),
  /** The newest ones, at most 100, each order or conversation once. */
  samples: z.array(z.object({ at: Instant, subject: SubjectRef })),
});
export type AutomationPreview = z.output<typeof AutomationPreview>;
export const previewAutomation = route({
  method: 'POST',
  path: '/api/automations/preview',
  summary: 'When an automation would have run in the past days; nothing is done',
  access: 'automation.manage',
  ratePerMinute: 60,
  body: AutomationInput.pick({ subject: true, when: true, conditions: true }).extend({
    days: z.int().min(1).max(90).default(30),
  }),
  response: AutomationPreview,
});

/** One condition with what was found. */
export const ConditionReport = z.object({
  field: z.enum(conditionFieldNames),
  key: z.string().nullable(),
  op: z.enum(conditionOps),
  /** What the order or conversation says, as text. */
  found: z.string(),
  holds: z.boolean(),
});
export const DryRun = z.object({
  subject: SubjectRef,
  holds: z.boolean(),
  groups: z.array(z.object({ holds: z.boolean(), items: z.array(ConditionReport) })),
  /** What each action would do or why it would fail; also when the conditions do not hold. */
  actions: z.array(ActionReport),
});
export type DryRun = z.output<typeof DryRun>;
export const dryRunAutomation = route({
  method: 'POST',
  path: '/api/automations/dry-run',
  summary: 'Try an automation on one order (by id or number) or conversation; everything is undone',
  access: 'automation.manage',
  ratePerMinute: 60,
  body: AutomationInput.pick({ subject: true, conditions: true, actions: true }).extend({
    /** Id; of an order also its number, of a conversation also `17`. */
    on: line(80),
    /** As if this had happened; null: as over time. */
    event: AutomationEvent.nullable().default(null),
  }),
  response: DryRun,
});

export const RunState = z.enum(['done', 'failed', 'loop_stopped']);
export const AutomationRun = z.object({
  id: Uuid,
  automationId: Uuid,
  automationName: z.string(),
  automationVersion: z.int(),
  at: Instant,
  subject: SubjectRef,
  /** An event or a clock. */
  cause: z.string(),
  state: RunState,
  actions: z.array(ActionReport),
  /** Which automations led to this one, the first cause first; at most 5 follow from one another. */
  chain: z.array(z.string()),
  tookMs: z.int(),
});
export type AutomationRun = z.output<typeof AutomationRun>;
export const listAutomationRuns = route({
  method: 'GET',
  path: '/api/automations/runs',
  summary: 'What automations did, newest first',
  access: 'automation.manage',
  query: PageQuery.extend({
    automationId: Uuid.optional(),
    subjectId: Uuid.optional(),
    state: RunState.optional(),
  }),
  response: pageOf(AutomationRun),
});
