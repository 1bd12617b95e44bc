import { z } from 'zod';
import { LocalDate, ReportQuery } from './kpi/index.ts';
import { freeText, IdParams, Instant, line, listOf, Locale, pageOf, route, Uuid } from './route.ts';

/** Periods that move with the calendar of the centre; weeks begin on Monday. */
export const relativePeriods = [
  'today',
  'yesterday',
  'last_7_days',
  'this_week',
  'last_week',
  'last_30_days',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
] as const;
export const RelativePeriod = z.enum(relativePeriods);
export type RelativePeriod = z.output<typeof RelativePeriod>;
/** `last week`, or two dates that both belong to it. */
export const PeriodChoice = z.union([
  z.object({ relative: RelativePeriod }),
  z
    .object({ from: LocalDate, to: LocalDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'before_from' }),
]);
export type PeriodChoice = z.output<typeof PeriodChoice>;

const DAY_MS = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * The two dates that a choice means on the day `today` of the centre. What is running now ends today, so that it is
 * compared with as many days of the period before.
 */
export function periodOf(choice: PeriodChoice, today: string): { from: string; to: string } {
  if (!('relative' in choice)) return { from: choice.from, to: choice.to };
  const now = Date.parse(`${today}T00:00:00Z`);
  const [year = 1970, month = 1] = today.split('-').map(Number);
  const days = (from: number, to: number) => ({
    from: dateOf(now + from * DAY_MS),
    to: dateOf(now + to * DAY_MS),
  });
  /** Whole months, counted from the present one; `to` belongs to them. */
  const months = (from: number, count: number) => ({
    from: dateOf(Date.UTC(year, month - 1 + from, 1)),
    to: dateOf(Date.UTC(year, month - 1 + from + count, 0)),
  });
  const monday = -((new Date(now).getUTCDay() + 6) % 7);
  const quarter = -((month - 1) % 3);
  const january = 1 - month;
  const periods: Record<RelativePeriod, () => { from: string; to: string }> = {
    today: () => days(0, 0),
    yesterday: () => days(-1, -1),
    last_7_days: () => days(-7, -1),
    this_week: () => days(monday, monday + 6),
    last_week: () => days(monday - 7, monday - 1),
    last_30_days: () => days(-30, -1),
    this_month: () => months(0, 1),
    last_month: () => months(-1, 1),
    this_quarter: () => months(quarter, 3),
    last_quarter: () => months(quarter - 3, 3),
    this_year: () => months(january, 12),
    last_year: () => months(january - 12, 12),
  };
  const { from, to } = periods[choice.relative]();
  return { from, to: to > today ? today : to };
}

/** The page that shows a view: the 23 standards, or the report by step and group. */
export const ReportPage = z.enum(['standards', 'report']);
export type ReportPage = z.output<typeof ReportPage>;
/** What a view shows; `step`, `by`, `standards` and `compare` matter to reports alone. */
export const ViewQuery = z.object({
  period: PeriodChoice,
  ...ReportQuery.omit({ from: true, to: true }).shape,
  /** Comma-separated: which earlier periods the screen draws beside. */
  compare: z
    .string()
    .regex(/^(previous|last_year)(,(previous|last_year))?$/)
    .optional(),
});
export type ViewQuery = z.output<typeof ViewQuery>;

export const SavedView = z.object({
  id: Uuid,
  name: z.string(),
  page: ReportPage,
  query: ViewQuery,
  isShared: z.boolean(),
  isOwn: z.boolean(),
  ownerName: z.string(),
  /** How many schedules send it. */
  schedules: z.int(),
  updatedAt: Instant,
});
export type SavedView = z.output<typeof SavedView>;
const ViewInput = z.object({
  name: line(80),
  page: ReportPage,
  query: ViewQuery,
  /** Seen by everybody who reads reports; asks for `report.manage`. */
  isShared: z.boolean().default(false),
});
export const listSavedViews = route({
  method: 'GET',
  path: '/api/reports/views',
  summary: 'Own and shared views of the reports',
  access: 'kpi.read',
  query: z.object({ page: ReportPage.optional() }),
  response: listOf(SavedView),
});
export const createSavedView = route({
  method: 'POST',
  path: '/api/reports/views',
  summary: 'Keep a view of the reports',
  access: 'kpi.read',
  body: ViewInput,
  response: SavedView,
  status: 201,
});
export const updateSavedView = route({
  method: 'PATCH',
  path: '/api/reports/views/:id',
  summary: 'Change a kept view',
  access: 'kpi.read',
  params: IdParams,
  body: z.object({
    name: line(80).optional(),
    query: ViewQuery.optional(),
    isShared: z.boolean().optional(),
  }),
  response: SavedView,
});
export const deleteSavedView = route({
  method: 'DELETE',
  path: '/api/reports/views/:id',
  summary: 'Remove a kept view that no schedule sends',
  access: 'kpi.read',
  params: IdParams,
});

export const ExportFormat = z.enum(['xlsx', 'pdf', 'csv', 'json']);
export type ExportFormat = z.output<typeof ExportFormat>;
export const exportReport = route({
  method: 'GET',
  path: '/api/reports/export',
  summary: 'A report or the standards as a file; its numbers are those of the screen',
  access: 'kpi.read',
  query: z.object({
    format: ExportFormat,
    page: ReportPage,
    ...ReportQuery.shape,
    /** Stands on top of the file; else the name of the page. */
    title: line(120).optional(),
    /** Language of the file; else the one of the request. */
    locale: Locale.optional(),
  }),
  ratePerMinute: 60,
});
export type ExportQuery = z.output<typeof exportReport.query>;

export const ScheduleRhythm = z.enum(['daily', 'weekly', 'monthly']);
export type ScheduleRhythm = z.output<typeof ScheduleRhythm>;
export const MailAttachment = z.enum(['pdf', 'xlsx']);
export type MailAttachment = z.output<typeof MailAttachment>;
/** Why a schedule stopped by itself, as a translation key. */
export const StopReason = z.enum([
  'owner_gone',
  'owner_without_right',
  'view_gone',
  'no_recipients',
]);
export type StopReason = z.output<typeof StopReason>;

const ScheduleFields = z.object({
  name: line(80),
  viewId: Uuid,
  rhythm: ScheduleRhythm,
  /** Weekly: 1 Monday to 7 Sunday. Monthly: 1 to 31, and the last day of shorter months. */
  day: z.int().min(1).max(31).default(1),
  /** Time of the centre's clocks, in minutes since midnight. */
  minute: z.int().min(0).max(1439).default(480),
  /** People who may read reports, and any mail addresses. */
  people: z.array(Uuid).max(100).default([]),
  addresses: z.array(z.email().max(200)).max(50).default([]),
  locale: Locale,
  /** Empty: the name of the schedule and the period. `{{period}}` stands for the dates. */
  subject: freeText(150).default(''),
  attachments: z.array(MailAttachment).max(2).default(['pdf']),
  isActive: z.boolean().default(true),
});
type Fields = z.output<typeof ScheduleFields>;
const isWeekday = ({ rhythm, day }: Pick<Fields, 'rhythm' | 'day'>) =>
  rhythm !== 'weekly' || day <= 7;
/** At least one of people and addresses. */
export const ScheduleInput = ScheduleFields.refine(isWeekday, {
  path: ['day'],
  message: 'weekday',
});
export type ScheduleInput = z.output<typeof ScheduleInput>;

export const SendingState = z.enum(['waiting', 'retrying', 'sent', 'failed']);
export type SendingState = z.output<typeof SendingState>;
export const ScheduleView = ScheduleFields.extend({
  id: Uuid,
  viewName: z.string(),
  ownerName: z.string(),
  /** Null: paused or stopped. */
  nextDueAt: Instant.nullable(),
  stopped: StopReason.nullable(),
  last: z.object({ at: Instant, state: SendingState }).nullable(),
  /** Names of people, and addresses. */
  recipients: z.array(z.string()),
});
export type ScheduleView = z.output<typeof ScheduleView>;
export const listSchedules = route({
  method: 'GET',
  path: '/api/reports/schedules',
  summary: 'Reports that are mailed by themselves',
  access: 'report.manage',
  response: z.object({
    items: z.array(ScheduleView),
    /** False: no mail server is configured, and nothing is sent. */
    canSend: z.boolean(),
    timeZone: z.string(),
  }),
});
export const createSchedule = route({
  method: 'POST',
  path: '/api/reports/schedules',
  summary: 'Mail a view of the reports at a time of the day',
  access: 'report.manage',
  body: ScheduleInput,
  response: ScheduleView,
  status: 201,
});
export const updateSchedule = route({
  method: 'PUT',
  path: '/api/reports/schedules/:id',
  summary: 'Change a schedule; who changes it answers for it from then on',
  access: 'report.manage',
  params: IdParams,
  body: ScheduleInput,
  response: ScheduleView,
});
export const deleteSchedule = route({
  method: 'DELETE',
  path: '/api/reports/schedules/:id',
  summary: 'Remove a schedule with its send log',
  access: 'report.manage',
  params: IdParams,
});
export const previewSchedule = route({
  method: 'POST',
  path: '/api/reports/schedules/preview',
  summary: 'The mail as it would be sent now',
  access: 'report.manage',
  body: ScheduleFields.pick({
    name: true,
    viewId: true,
    locale: true,
    subject: true,
    attachments: true,
  }),
  response: z.object({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    files: z.array(
      z.object({ name: z.string(), mime: z.string(), size: z.int(), address: z.string() }),
    ),
  }),
  ratePerMinute: 60,
});
export const sendScheduleNow = route({
  method: 'POST',
  path: '/api/reports/schedules/:id/send',
  summary: 'Mail a schedule at once: to its recipients, or as a trial to oneself',
  access: 'report.manage',
  params: IdParams,
  body: z.object({ to: z.enum(['me', 'recipients']) }),
  response: z.object({ sendingId: Uuid }),
  status: 202,
  ratePerMinute: 30,
});

/** `sending`: handed to the mail server at this moment. `refused`: for good. `retrying`: again at `nextTryAt`. */
export const DeliveryState = z.enum([
  'waiting',
  'sending',
  'retrying',
  'sent',
  'refused',
  'failed',
]);
export type DeliveryState = z.output<typeof DeliveryState>;
export const DeliveryView = z.object({
  id: Uuid,
  recipient: z.string(),
  state: DeliveryState,
  attempts: z.int(),
  /** What the last attempt met. */
  problem: z.string().nullable(),
  at: Instant.nullable(),
});
export type DeliveryView = z.output<typeof DeliveryView>;
export const SendingView = z.object({
  id: Uuid,
  scheduleId: Uuid,
  kind: z.enum(['due', 'by_hand', 'trial']),
  state: SendingState,
  dueAt: Instant,
  subject: z.string(),
  problem: z.string().nullable(),
  nextTryAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  deliveries: z.array(DeliveryView),
});
export type SendingView = z.output<typeof SendingView>;
export const listSendings = route({
  method: 'GET',
  path: '/api/reports/schedules/:id/sendings',
  summary: 'What a schedule has sent, newest first, with the outcome for each recipient',
  access: 'report.manage',
  params: IdParams,
  query: z.object({
    cursor: Uuid.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: pageOf(SendingView),
});
export const retrySending = route({
  method: 'POST',
  path: '/api/reports/sendings/:id/retry',
  summary: 'Try again at once what could not be sent',
  access: 'report.manage',
  params: IdParams,
  response: SendingView,
  status: 202,
});
