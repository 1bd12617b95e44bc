import { z } from 'zod';
import { IdParams, Instant, Uuid, freeText, line, listOf, pageOf, route } from '../route.ts';
import { TargetBand } from './report.ts';
import { LocalDate, ReportPeriod, WaitEdge } from './settings.ts';
import { StandardKey } from './standards.ts';

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
