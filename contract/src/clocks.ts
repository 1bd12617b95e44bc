import { z } from 'zod';
import { changesOf, IdParams, line, listOf, route, Uuid } from './route.ts';

/** Minutes since local midnight, 0–1440; `to` is exclusive and after `from`. */
export const Period = z.object({ from: z.int().min(0).max(1440), to: z.int().min(0).max(1440) });
export type Period = z.output<typeof Period>;
const Periods = z.array(Period).max(12);
/** A calendar day that differs from its weekday: a holiday (no periods) or a make-up working day (调休). */
export const SpecialDay = z.object({
  date: z.iso.date(),
  name: z.string().max(80),
  periods: Periods,
});
export const HoursView = z.object({
  id: Uuid,
  name: z.string(),
  timeZone: z.string(),
  /** Seven entries, Monday first. */
  week: z.array(Periods).length(7),
  specialDays: z.array(SpecialDay).max(800),
  openNow: z.boolean(),
  nextChangeAt: z.string().nullable(),
});
export type HoursView = z.output<typeof HoursView>;
const HoursInput = z.object({
  name: line(80),
  timeZone: z.string().max(60),
  week: z.array(Periods).length(7),
  specialDays: z.array(SpecialDay).max(800).default([]),
});
export const listHours = route({
  method: 'GET',
  path: '/api/hours',
  summary: 'Opening hours',
  access: 'user',
  response: listOf(HoursView),
});
export const createHours = route({
  method: 'POST',
  path: '/api/hours',
  summary: 'Create opening hours',
  access: 'hours.manage',
  body: HoursInput,
  response: HoursView,
  status: 201,
});
export const updateHours = route({
  method: 'PATCH',
  path: '/api/hours/:id',
  summary: 'Change opening hours',
  access: 'hours.manage',
  params: IdParams,
  body: changesOf(HoursInput),
  response: HoursView,
});
export const deleteHours = route({
  method: 'DELETE',
  path: '/api/hours/:id',
  summary: 'Delete opening hours no queue uses',
  access: 'hours.manage',
  params: IdParams,
});
