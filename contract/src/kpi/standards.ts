import { z } from 'zod';

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
