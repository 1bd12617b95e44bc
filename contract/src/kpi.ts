import { z } from 'zod';
import { Channel, ContactEventView } from './contacts.ts';
import { Tier } from './customers.ts';
import { freeText, IdParams, Instant, line, listOf, pageOf, route, Uuid } from './route.ts';

/** The 23 standards, in the order of their numbers. */
export const standardKeys = [
  'adherence',
  'after_call_work',
  'abandon_time',
  'cost_per_contact',
  'handle_time',
  'hold_time',
  'rings',
  'queue_time',
  'speed_of_answer',
  'talk_time',
  'contacts_per_hour',
  'monitoring_score',
  'occupancy',
  'abandonment',
  'attendance',
  'blockage',
  'first_contact_resolution',
  'queued_rate',
  'transfer_rate',
  'answered_rate',
  'service_level',
  'total_contacts',
  'turnover',
] as const;
export const StandardKey = z.enum(standardKeys);
export type StandardKey = z.output<typeof StandardKey>;

/** What a value is counted in. Money is in minor units of the currency of the settings; times are seconds. */
export const StandardUnit = z.enum([
  'percent',
  'seconds',
  'money',
  'count',
  'rings',
  'score',
  'per_hour',
]);
export type StandardUnit = z.output<typeof StandardUnit>;

/** The unit of each standard, for whoever shows or enters a value. */
export const standardUnits = {
  adherence: 'percent',
  after_call_work: 'seconds',
  abandon_time: 'seconds',
  cost_per_contact: 'money',
  handle_time: 'seconds',
  hold_time: 'seconds',
  rings: 'rings',
  queue_time: 'seconds',
  speed_of_answer: 'seconds',
  talk_time: 'seconds',
  contacts_per_hour: 'per_hour',
  monitoring_score: 'score',
  occupancy: 'percent',
  abandonment: 'percent',
  attendance: 'percent',
  blockage: 'percent',
  first_contact_resolution: 'percent',
  queued_rate: 'percent',
  transfer_rate: 'percent',
  answered_rate: 'percent',
  service_level: 'percent',
  total_contacts: 'count',
  turnover: 'percent',
} as const satisfies Record<StandardKey, StandardUnit>;

/** `watch`: looked at, never judged by itself. */
export const Direction = z.enum(['higher', 'lower', 'range', 'watch']);
export type Direction = z.output<typeof Direction>;

/** Which way each standard is judged. */
export const standardDirections = {
  adherence: 'higher',
  after_call_work: 'range',
  abandon_time: 'range',
  cost_per_contact: 'range',
  handle_time: 'range',
  hold_time: 'range',
  rings: 'lower',
  queue_time: 'range',
  speed_of_answer: 'lower',
  talk_time: 'range',
  contacts_per_hour: 'watch',
  monitoring_score: 'higher',
  occupancy: 'range',
  abandonment: 'lower',
  attendance: 'higher',
  blockage: 'lower',
  first_contact_resolution: 'higher',
  queued_rate: 'range',
  transfer_rate: 'lower',
  answered_rate: 'higher',
  service_level: 'higher',
  total_contacts: 'watch',
  turnover: 'range',
} as const satisfies Record<StandardKey, Direction>;

export const ReportStep = z.enum(['half_hour', 'hour', 'day', 'week', 'month', 'quarter', 'year']);
export type ReportStep = z.output<typeof ReportStep>;

/** By what a report is split. `source`: own work or an imported log. */
export const ReportGroup = z.enum([
  'none',
  'team',
  'queue',
  'agent',
  'channel',
  'topic',
  'type',
  'tier',
  'source',
]);
export type ReportGroup = z.output<typeof ReportGroup>;

/** A local date of the centre's time zone, `2026-11-23`. */
export const LocalDate = z.iso.date();

/**
 * Ends of the bins of the wait histogram, in whole seconds: "answered within X s" and short abandons are exact for
 * these and offered for no others.
 */
export const waitEdgesSeconds = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 25, 30, 35, 40, 45, 50,
  60, 75, 90, 100, 120, 150, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600,
] as const;
export const WaitEdge = z
  .number()
  .int()
  .refine((seconds) => (waitEdgesSeconds as readonly number[]).includes(seconds), 'wait_edge');
/** Windows, in days, within which another contact on the same matter counts against first-contact resolution. */
export const repeatWindowsDays = [1, 3, 7, 14, 30] as const;
export const RepeatWindow = z
  .number()
  .int()
  .refine((days) => (repeatWindowsDays as readonly number[]).includes(days), 'repeat_window');

/** How the figures are counted. Changing any of them recounts nothing: reports read sums and histograms. */
export const KpiSettings = z.object({
  serviceLevelSeconds: WaitEdge.default(20),
  /** Who gives up within this time is no abandoned contact: it leaves numerator and denominator of the rate. */
  shortAbandonSeconds: z.union([z.literal(0), WaitEdge]).default(20),
  /** Whether short abandons stay in the denominator of the service level. */
  shortAbandonsInServiceLevel: z.boolean().default(true),
  repeatWindowDays: RepeatWindow.default(7),
  /** `source`: wrap-up on neither side; `with_wrap_up`: on both. */
  occupancy: z.enum(['source', 'with_wrap_up']).default('source'),
  /** Length of one ring in seconds: 5 in China (1 s tone, 4 s silence), 6 elsewhere. */
  ringSeconds: z.number().min(1).max(20).default(5),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
});
export type KpiSettings = z.output<typeof KpiSettings>;
export const KpiSettingsView = KpiSettings.extend({ timeZone: z.string() });
export type KpiSettingsView = z.output<typeof KpiSettingsView>;
export const getKpiSettings = route({
  method: 'GET',
  path: '/api/kpi/settings',
  summary: 'How the standards are counted',
  access: 'kpi.read',
  response: KpiSettingsView,
});
export const setKpiSettings = route({
  method: 'PATCH',
  path: '/api/kpi/settings',
  summary: 'Change how the standards are counted',
  access: 'kpi.manage',
  body: z.object({
    serviceLevelSeconds: WaitEdge.optional(),
    shortAbandonSeconds: z.union([z.literal(0), WaitEdge]).optional(),
    shortAbandonsInServiceLevel: z.boolean().optional(),
    repeatWindowDays: RepeatWindow.optional(),
    occupancy: z.enum(['source', 'with_wrap_up']).optional(),
    ringSeconds: z.number().min(1).max(20).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  }),
  response: KpiSettingsView,
});

/** A value of a dimension: a queue, agent, topic or contact type, of our own or named by an imported log. */
export const MemberKind = z.enum(['queue', 'agent', 'topic', 'type']);
export type MemberKind = z.output<typeof MemberKind>;
export const MemberView = z.object({
  /** A whole number that reports filter and group by. */
  id: z.int(),
  kind: MemberKind,
  name: z.string(),
  /** The own queue or person; null for names that only an imported log knows. */
  ref: Uuid.nullable(),
});
export type MemberView = z.output<typeof MemberView>;
export const listMembers = route({
  method: 'GET',
  path: '/api/kpi/members',
  summary: 'Queues, agents, topics and contact types that reports know',
  access: 'kpi.read',
  query: z.object({ kind: MemberKind.optional(), q: z.string().max(80).optional() }),
  response: listOf(MemberView),
});

/** Where contacts came from: own work, one imported file, or a log that is followed. */
export const SourceView = z.object({
  id: z.int(),
  kind: z.enum(['own', 'import', 'follow']),
  name: z.string(),
  contacts: z.int(),
  from: Instant.nullable(),
  to: Instant.nullable(),
  createdAt: Instant,
});
export type SourceView = z.output<typeof SourceView>;
export const listSources = route({
  method: 'GET',
  path: '/api/kpi/sources',
  summary: 'Where the contacts of the reports came from',
  access: 'kpi.read',
  response: listOf(SourceView),
});

/** `1,2,3` in an address; a whole list in a saved view. */
const ids = z
  .union([z.array(z.coerce.number().int()), z.string().max(1000)])
  .transform((given, context) => {
    const list = typeof given === 'string' ? given.split(',').filter(Boolean).map(Number) : given;
    if (list.some((id) => !Number.isInteger(id))) {
      context.addIssue({ code: 'custom', message: 'not_a_number' });
      return z.NEVER;
    }
    return list.slice(0, 100);
  });
export const ReportFilter = z.object({
  queues: ids.optional(),
  agents: ids.optional(),
  topics: ids.optional(),
  types: ids.optional(),
  sources: ids.optional(),
  channel: Channel.optional(),
  tier: Tier.optional(),
  teamId: Uuid.optional(),
});
export type ReportFilter = z.output<typeof ReportFilter>;

/** Both dates belong to the period. */
export const ReportPeriod = z.object({ from: LocalDate, to: LocalDate });
export type ReportPeriod = z.output<typeof ReportPeriod>;

export const ReportQuery = z.object({
  ...ReportPeriod.shape,
  ...ReportFilter.shape,
  step: ReportStep.default('day'),
  by: ReportGroup.default('none'),
  /** Comma-separated keys; all when left out. */
  standards: z.string().max(600).optional(),
});
export type ReportQuery = z.output<typeof ReportQuery>;

/** Counts that stand beside the standards, so that no percentage comes without its base. */
export const Counts = z.object({
  contacts: z.int(),
  answered: z.int(),
  abandoned: z.int(),
  blocked: z.int(),
  selfServed: z.int(),
  handled: z.int(),
  withinServiceLevel: z.int(),
});
export type Counts = z.output<typeof Counts>;
export const Cell = z.object({
  counts: Counts,
  /** Value of each standard asked for; null where its denominator is 0 or its data is missing. */
  values: z.partialRecord(StandardKey, z.number().nullable()),
});
export type Cell = z.output<typeof Cell>;

/** Why a standard has no value, as a translation key `kpi.missing.<code>`. */
export const Missing = z.enum([
  'no_contacts',
  'no_sign_in_times',
  'no_schedule',
  'no_wrap_up',
  'no_hold',
  'no_rings',
  'no_blocked',
  'no_costs',
  'no_grades',
  'no_staff',
  'no_customers',
  'no_transfers',
  'not_by_this_group',
]);
export type Missing = z.output<typeof Missing>;

export const TargetBand = z.object({
  /** The trade's average, dashed in charts. */
  norm: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type TargetBand = z.output<typeof TargetBand>;
/** A band in force from a date on; the list of a period begins with what held on its first day. */
export const DatedBand = TargetBand.extend({ from: LocalDate });
export type DatedBand = z.output<typeof DatedBand>;

export const ReportRow = z.object({
  /** Member id, channel, tier, team id or source id as text; empty for the whole. */
  key: z.string(),
  name: z.string(),
  total: Cell,
  points: z.array(Cell),
});
export type ReportRow = z.output<typeof ReportRow>;
export const Comparison = z.object({
  kind: z.enum(['previous', 'last_year']),
  ...ReportPeriod.shape,
  total: Cell,
  /** As many as the period has steps or fewer, first to first. */
  points: z.array(Cell),
});
export type Comparison = z.output<typeof Comparison>;
export const ReportView = z.object({
  ...ReportPeriod.shape,
  timeZone: z.string(),
  step: ReportStep,
  by: ReportGroup,
  standards: z.array(StandardKey),
  /** Begin of each step; a step ends where the next one begins, the last at the end of the period. */
  steps: z.array(Instant),
  end: Instant,
  whole: ReportRow,
  rows: z.array(ReportRow),
  comparisons: z.array(Comparison),
  bands: z.partialRecord(StandardKey, z.array(DatedBand)),
  missing: z.partialRecord(StandardKey, Missing),
  settings: KpiSettingsView,
});
export type ReportView = z.output<typeof ReportView>;
export const getReport = route({
  method: 'GET',
  path: '/api/kpi/report',
  summary: 'The standards of a period, by step and group, compared with earlier periods',
  access: 'kpi.read',
  query: ReportQuery,
  response: ReportView,
});

/** One sentence as a translation key (`kpi.says.<code>`) and its values. */
export const Sentence = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Sentence = z.output<typeof Sentence>;
/** `good` inside the band, `near` outside by little, `out` outside, `watch` never judged, `none` without a value. */
export const StandardState = z.enum(['good', 'near', 'out', 'watch', 'none']);
export type StandardState = z.output<typeof StandardState>;
export const StandardCard = z.object({
  key: StandardKey,
  number: z.int(),
  unit: StandardUnit,
  direction: Direction,
  value: z.number().nullable(),
  state: StandardState,
  band: TargetBand,
  previous: z.number().nullable(),
  lastYear: z.number().nullable(),
  trend: z.array(z.number().nullable()),
  /** Sums the value was made of, by name, for "how is this counted". */
  parts: z.record(z.string(), z.number()),
  diagnosis: Sentence,
  /** Likely causes, most telling first, each shown by other standards. */
  causes: z.array(Sentence),
  /** What to do, first things first: codes of the advice catalogue (`kpi.advice.<code>`). */
  actions: z.array(z.string()),
  missing: Missing.nullable(),
});
export type StandardCard = z.output<typeof StandardCard>;
export const StandardsView = z.object({
  ...ReportPeriod.shape,
  timeZone: z.string(),
  step: ReportStep,
  steps: z.array(Instant),
  counts: Counts,
  /** Different customers who came, beside the contacts; null where the period has too many contacts to tell. */
  uniqueCustomers: z.int().nullable(),
  cards: z.array(StandardCard),
  settings: KpiSettingsView,
});
export type StandardsView = z.output<typeof StandardsView>;
export const StandardsQuery = z.object({ ...ReportPeriod.shape, ...ReportFilter.shape });
export const getStandards = route({
  method: 'GET',
  path: '/api/kpi/standards',
  summary: 'All 23 standards of a period with diagnosis, causes and actions',
  access: 'kpi.read',
  query: StandardsQuery,
  response: StandardsView,
});

export const Outcome = z.enum(['answered', 'abandoned', 'blocked', 'self_served', 'open']);
export type Outcome = z.output<typeof Outcome>;
export const ContactFactView = z.object({
  contactId: Uuid,
  arrivedAt: Instant,
  channel: Channel,
  outcome: Outcome,
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  topic: z.string().nullable(),
  type: z.string().nullable(),
  tier: Tier.nullable(),
  waitSeconds: z.number(),
  talkSeconds: z.number(),
  holdSeconds: z.number(),
  wrapUpSeconds: z.number(),
  isTransferred: z.boolean(),
  source: z.string(),
  /** The conversation it is about, when the reader may open it. */
  conversationId: Uuid.nullable(),
});
export type ContactFactView = z.output<typeof ContactFactView>;
/** What a point of a chart stands for. */
export const ContactsQuery = z.object({
  /** From this instant, up to but without `until`. */
  since: Instant,
  until: Instant,
  ...ReportFilter.shape,
  /** The contacts that this standard counts: for example the abandoned ones of `abandonment`. */
  standard: StandardKey.optional(),
  outcome: Outcome.optional(),
  sort: z.enum(['newest', 'longest_wait', 'longest_handled']).default('newest'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ContactsQuery = z.output<typeof ContactsQuery>;
export const listCountedContacts = route({
  method: 'GET',
  path: '/api/kpi/contacts',
  summary: 'The contacts behind a figure',
  access: 'kpi.read',
  query: ContactsQuery,
  response: pageOf(ContactFactView),
});
export const NamedContactEvent = ContactEventView.extend({
  queueName: z.string().nullable(),
  agentName: z.string().nullable(),
});
export type NamedContactEvent = z.output<typeof NamedContactEvent>;
export const getCountedContact = route({
  method: 'GET',
  path: '/api/kpi/contacts/:id',
  summary: 'One contact with its whole event line',
  access: 'kpi.read',
  params: IdParams,
  response: z.object({ contact: ContactFactView, events: z.array(NamedContactEvent) }),
});

/** Figures of now, for the top of the desk and the wall board. */
export const LiveFigures = z.object({
  counts: Counts,
  values: z.partialRecord(StandardKey, z.number().nullable()),
});
export type LiveFigures = z.output<typeof LiveFigures>;
export const LiveQueue = z.object({
  queueId: Uuid,
  teamId: Uuid,
  name: z.string(),
  waiting: z.int(),
  longestWaitSince: Instant.nullable(),
  agentsReady: z.int(),
  agentsBusy: z.int(),
  agentsAway: z.int(),
  today: LiveFigures,
  /** The half hour that ended last and the one running. */
  lastHalfHour: LiveFigures,
  bands: z.partialRecord(StandardKey, TargetBand),
});
export type LiveQueue = z.output<typeof LiveQueue>;
export const getLiveFigures = route({
  method: 'GET',
  path: '/api/kpi/live',
  summary: 'Today so far and the last half hour, per queue',
  access: 'kpi.read',
  response: z.object({ at: Instant, timeZone: z.string(), queues: z.array(LiveQueue) }),
});

export const TargetView = z.object({
  id: Uuid,
  standard: StandardKey,
  /** Null: for every queue, every type. */
  queueId: z.int().nullable(),
  typeId: z.int().nullable(),
  ...TargetBand.shape,
  /** Service level only: its seconds. */
  seconds: z.int().nullable(),
  validFrom: LocalDate,
  note: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
});
export type TargetView = z.output<typeof TargetView>;
export const TargetInput = z
  .object({
    standard: StandardKey,
    queueId: z.int().nullable().default(null),
    typeId: z.int().nullable().default(null),
    norm: z.number().min(0).nullable().default(null),
    low: z.number().min(0).nullable().default(null),
    high: z.number().min(0).nullable().default(null),
    seconds: WaitEdge.nullable().default(null),
    validFrom: LocalDate,
    note: freeText(300).default(''),
  })
  .refine(({ low, high }) => low === null || high === null || low <= high, {
    path: ['high'],
    message: 'below_low',
  });
export const listTargets = route({
  method: 'GET',
  path: '/api/kpi/targets',
  summary: 'Targets with their history, newest first; the defaults stand beside them',
  access: 'kpi.read',
  response: z.object({
    items: z.array(TargetView),
    defaults: z.record(StandardKey, TargetBand),
  }),
});
export const createTarget = route({
  method: 'POST',
  path: '/api/kpi/targets',
  summary: 'Set a target from a date on; what held before stays for earlier reports',
  access: 'kpi.manage',
  body: TargetInput,
  response: TargetView,
  status: 201,
});
export const deleteTarget = route({
  method: 'DELETE',
  path: '/api/kpi/targets/:id',
  summary: 'Remove a target entered by mistake',
  access: 'kpi.manage',
  params: IdParams,
});

/**
 * Figures that no event tells: typed in or imported until a module knows them. Each is a total of its dates (spread
 * evenly over the days for shorter steps) except `staff` (an average) and `grade` (one grading, 0–100).
 */
export const EntryMeasure = z.enum([
  'cost_fixed',
  'cost_variable',
  'staff',
  'leavers',
  'people_scheduled',
  'people_worked',
  'scheduled_hours',
  'adherent_hours',
  'signed_in_hours',
  'ready_hours',
  'grade',
]);
export type EntryMeasure = z.output<typeof EntryMeasure>;
export const EntryView = z.object({
  id: Uuid,
  measure: EntryMeasure,
  from: LocalDate,
  to: LocalDate,
  /** Money in minor units. */
  value: z.number(),
  agentId: z.int().nullable(),
  teamId: Uuid.nullable(),
  note: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
});
export type EntryView = z.output<typeof EntryView>;
const EntryFields = z.object({
  measure: EntryMeasure,
  from: LocalDate,
  to: LocalDate,
  value: z.number().min(0).max(1e13),
  agentId: z.int().nullable().default(null),
  teamId: Uuid.nullable().default(null),
  note: freeText(300).default(''),
});
export const EntryInput = EntryFields.refine(({ from, to }) => from <= to, {
  path: ['to'],
  message: 'before_from',
});
export const listEntries = route({
  method: 'GET',
  path: '/api/kpi/entries',
  summary: 'Costs, staff, schedules and grades that were entered, newest first',
  access: 'kpi.read',
  query: z.object({
    measure: EntryMeasure.optional(),
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: pageOf(EntryView),
});
export const createEntries = route({
  method: 'POST',
  path: '/api/kpi/entries',
  summary: 'Enter figures that no event tells; all or none of them',
  access: 'kpi.manage',
  body: z.object({ entries: z.array(EntryInput).min(1).max(1000) }),
  response: listOf(EntryView),
  status: 201,
});
export const deleteEntry = route({
  method: 'DELETE',
  path: '/api/kpi/entries/:id',
  summary: 'Remove an entered figure',
  access: 'kpi.manage',
  params: IdParams,
});
/** Planned work of one agent; adherence and attendance compare it with the sign-in times. */
export const ShiftView = z.object({
  id: Uuid,
  agentId: z.int(),
  agentName: z.string(),
  startsAt: Instant,
  endsAt: Instant,
});
export type ShiftView = z.output<typeof ShiftView>;
export const listShifts = route({
  method: 'GET',
  path: '/api/kpi/shifts',
  summary: 'Planned shifts of a period',
  access: 'kpi.read',
  query: z.object({ ...ReportPeriod.shape, agentId: z.coerce.number().int().optional() }),
  response: listOf(ShiftView),
});
export const createShifts = route({
  method: 'POST',
  path: '/api/kpi/shifts',
  summary: 'Enter planned shifts; all or none of them. An agent not known yet is given by name',
  access: 'kpi.manage',
  body: z.object({
    shifts: z
      .array(
        z.object({
          agentId: z.int().optional(),
          agent: line(120).optional(),
          startsAt: Instant,
          endsAt: Instant,
        }),
      )
      .min(1)
      .max(1000),
  }),
  response: listOf(ShiftView),
  status: 201,
});
export const deleteShift = route({
  method: 'DELETE',
  path: '/api/kpi/shifts/:id',
  summary: 'Remove a planned shift',
  access: 'kpi.manage',
  params: IdParams,
});

/** Counting everything anew from the log, while reports go on with the old figures until it is done. */
export const RebuildView = z.object({
  state: z.enum(['never', 'running', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type RebuildView = z.output<typeof RebuildView>;
export const getRebuild = route({
  method: 'GET',
  path: '/api/kpi/rebuild',
  summary: 'How far the recount is',
  access: 'kpi.manage',
  response: RebuildView,
});
export const startRebuild = route({
  method: 'POST',
  path: '/api/kpi/rebuild',
  summary: 'Count everything anew from the event log',
  access: 'kpi.manage',
  response: RebuildView,
  status: 202,
});
