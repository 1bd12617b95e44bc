import { z } from 'zod';
import { Channel } from '../contacts.ts';
import { Tier } from '../customers.ts';
import { Instant, Uuid, listOf, route } from '../route.ts';

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
