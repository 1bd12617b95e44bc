import { z } from 'zod';
import { Instant, route } from '../route.ts';
import {
  KpiSettingsView,
  LocalDate,
  ReportFilter,
  ReportGroup,
  ReportPeriod,
  ReportStep,
} from './settings.ts';
import { Direction, StandardKey, StandardUnit } from './standards.ts';

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
  'only_by_day',
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
