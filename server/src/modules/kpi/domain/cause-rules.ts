import type { StandardKey } from '@yingda/contract';
import type { FigureName } from './figures.ts';

/**
 * What must be seen for a cause to be named. `up` and `down`: against the period before; `notUp`: stayed or fell;
 * `over` and `under`: outside the band; `atLeast`: a fixed bound.
 */
export type Clue =
  | { figure: FigureName; is: 'up' | 'down' | 'notUp' | 'over' | 'under' }
  | { figure: FigureName; is: 'atLeast'; bound: number };

const up = (figure: FigureName): Clue => ({ figure, is: 'up' });
const down = (figure: FigureName): Clue => ({ figure, is: 'down' });
const notUp = (figure: FigureName): Clue => ({ figure, is: 'notUp' });
const over = (figure: FigureName): Clue => ({ figure, is: 'over' });
const under = (figure: FigureName): Clue => ({ figure, is: 'under' });
const atLeast = (figure: FigureName, bound: number): Clue => ({ figure, is: 'atLeast', bound });

/** Causes by what shows them; all clues of one must be seen. */
export const causeClues = {
  wrap_and_hold_rose: [up('after_call_work'), up('hold_time'), notUp('total_contacts')],
  handle_rose_volume_did_not: [up('handle_time'), notUp('total_contacts')],
  handle_and_volume_rose: [up('handle_time'), up('total_contacts')],
  volume_rose_hours_did_not: [up('total_contacts'), notUp('signed_in_hours')],
  volume_rose: [up('total_contacts')],
  volume_fell: [down('total_contacts')],
  hours_fell: [down('signed_in_hours')],
  hours_rose: [up('signed_in_hours')],
  load_rose: [up('reached_per_hour')],
  load_fell: [down('reached_per_hour')],
  adherence_fell: [down('adherence')],
  adherence_low: [under('adherence')],
  attendance_fell: [down('attendance')],
  attendance_low: [under('attendance')],
  wrap_rose: [up('after_call_work')],
  wrap_fell: [down('after_call_work')],
  wrap_over_target: [over('after_call_work')],
  hold_rose: [up('hold_time')],
  hold_fell: [down('hold_time')],
  hold_over_target: [over('hold_time')],
  held_share_rose: [up('held_share')],
  talk_rose: [up('talk_time')],
  talk_fell: [down('talk_time')],
  talk_over_target: [over('talk_time')],
  handle_fell: [down('handle_time')],
  handle_over_target: [over('handle_time')],
  transfers_rose: [up('transfer_rate')],
  transfers_fell: [down('transfer_rate')],
  transfers_over_target: [over('transfer_rate')],
  resolution_fell: [down('first_contact_resolution')],
  resolution_rose: [up('first_contact_resolution')],
  resolution_low: [under('first_contact_resolution')],
  rings_rose: [up('rings')],
  rings_over_target: [over('rings')],
  occupancy_full: [atLeast('occupancy', 95)],
  occupancy_rose: [up('occupancy')],
  occupancy_fell: [down('occupancy')],
  occupancy_low: [under('occupancy')],
  queue_rose: [up('queue_time')],
  queue_over_target: [over('queue_time')],
  answer_slower: [up('speed_of_answer')],
  service_fell: [down('service_level')],
  service_above: [atLeast('service_level', 95)],
  abandonment_rose: [up('abandonment')],
  abandonment_fell: [down('abandonment')],
  patience_short: [under('abandon_time')],
  short_abandons_many: [atLeast('short_abandon_share', 33)],
  blockage_rose: [up('blockage')],
  blockage_fell: [down('blockage')],
  blockage_high: [over('blockage')],
  cost_rose_volume_did_not: [up('total_cost'), notUp('total_contacts')],
  cost_fell: [down('total_cost')],
  self_service_fell: [down('self_service_share')],
  self_service_rose: [up('self_service_share')],
  turnover_high: [over('turnover')],
  monitoring_fell: [down('monitoring_score')],
  monitoring_low: [under('monitoring_score')],
  pace_rose: [up('contacts_per_hour')],
} as const satisfies Record<string, readonly Clue[]>;
export type CauseCode = keyof typeof causeClues;

/** A cause that says the same more precisely makes the others superfluous. */
export const saidBy: Partial<Record<CauseCode, readonly CauseCode[]>> = {
  wrap_and_hold_rose: [
    'wrap_rose',
    'hold_rose',
    'handle_rose_volume_did_not',
    'wrap_over_target',
    'hold_over_target',
    'handle_over_target',
  ],
  handle_rose_volume_did_not: ['handle_over_target'],
  handle_and_volume_rose: ['handle_over_target', 'volume_rose'],
  volume_rose_hours_did_not: ['volume_rose', 'load_rose', 'handle_and_volume_rose'],
  hours_fell: ['load_rose'],
  wrap_rose: ['wrap_over_target'],
  hold_rose: ['hold_over_target'],
  talk_rose: ['talk_over_target'],
  adherence_fell: ['adherence_low'],
  attendance_fell: ['attendance_low'],
  transfers_rose: ['transfers_over_target'],
  resolution_fell: ['resolution_low'],
  rings_rose: ['rings_over_target'],
  occupancy_fell: ['occupancy_low'],
  queue_rose: ['queue_over_target', 'answer_slower'],
  blockage_rose: ['blockage_high'],
  monitoring_fell: ['monitoring_low'],
};

/** Why customers wait longer, most telling first. */
const waiting = [
  'wrap_and_hold_rose',
  'volume_rose_hours_did_not',
  'hours_fell',
  'handle_rose_volume_did_not',
  'adherence_fell',
  'attendance_fell',
  'handle_and_volume_rose',
  'wrap_rose',
  'hold_rose',
  'talk_rose',
  'volume_rose',
  'load_rose',
  'adherence_low',
  'attendance_low',
  'wrap_over_target',
  'hold_over_target',
  'transfers_rose',
  'resolution_fell',
  'blockage_fell',
  'handle_over_target',
  'rings_rose',
  'occupancy_full',
] as const satisfies readonly CauseCode[];

/** Why nobody has to wait. */
const slack = [
  'volume_fell',
  'hours_rose',
  'load_fell',
  'handle_fell',
  'occupancy_fell',
  'occupancy_low',
  'blockage_high',
] as const satisfies readonly CauseCode[];

type Sides = { low?: readonly CauseCode[]; high?: readonly CauseCode[] };

/** For each standard the causes of its being too low or too high, most telling first. */
export const causesOf: Record<StandardKey, Sides> = {
  adherence: {
    low: ['attendance_fell', 'attendance_low', 'occupancy_full', 'load_rose', 'turnover_high'],
  },
  after_call_work: {
    high: [
      'volume_fell',
      'talk_fell',
      'transfers_rose',
      'turnover_high',
      'monitoring_fell',
      'occupancy_full',
    ],
    low: ['talk_rose', 'pace_rose', 'volume_rose', 'occupancy_full'],
  },
  abandon_time: {
    low: ['blockage_rose', 'blockage_high', 'queue_rose', 'answer_slower', 'short_abandons_many'],
    high: ['queue_rose', 'queue_over_target', 'service_fell', 'hours_fell', 'volume_rose'],
  },
  cost_per_contact: {
    high: [
      'cost_rose_volume_did_not',
      'volume_fell',
      'handle_rose_volume_did_not',
      'self_service_fell',
      'occupancy_fell',
      'hours_rose',
      'resolution_fell',
      'transfers_rose',
      'turnover_high',
      'handle_over_target',
      'occupancy_low',
    ],
    low: ['volume_rose', 'cost_fell', 'handle_fell', 'self_service_rose', 'occupancy_rose'],
  },
  handle_time: {
    high: [
      'wrap_and_hold_rose',
      'talk_rose',
      'hold_rose',
      'wrap_rose',
      'talk_over_target',
      'hold_over_target',
      'wrap_over_target',
      'held_share_rose',
      'turnover_high',
      'monitoring_fell',
      'occupancy_full',
    ],
    low: ['talk_fell', 'wrap_fell', 'hold_fell', 'pace_rose', 'resolution_fell', 'transfers_rose'],
  },
  hold_time: {
    high: [
      'held_share_rose',
      'transfers_rose',
      'resolution_fell',
      'turnover_high',
      'monitoring_fell',
      'occupancy_full',
    ],
    low: ['held_share_rose', 'transfers_rose', 'resolution_fell'],
  },
  rings: {
    high: [
      'adherence_fell',
      'volume_rose_hours_did_not',
      'wrap_rose',
      'occupancy_full',
      'load_rose',
      'volume_rose',
      'adherence_low',
      'wrap_over_target',
    ],
  },
  queue_time: { high: [...waiting, 'turnover_high'], low: slack },
  speed_of_answer: {
    high: ['wrap_over_target', 'hold_over_target', 'adherence_low', ...waiting],
  },
  talk_time: {
    high: ['volume_fell', 'occupancy_fell', 'resolution_fell', 'turnover_high', 'monitoring_fell'],
    low: ['pace_rose', 'resolution_fell', 'transfers_rose', 'monitoring_fell', 'volume_rose'],
  },
  contacts_per_hour: {
    high: ['handle_fell', 'load_rose', 'occupancy_rose', 'volume_rose', 'resolution_fell'],
    low: ['handle_rose_volume_did_not', 'load_fell', 'occupancy_fell', 'volume_fell', 'hours_rose'],
  },
  monitoring_score: {
    low: [
      'pace_rose',
      'talk_fell',
      'handle_fell',
      'resolution_fell',
      'transfers_rose',
      'turnover_high',
      'occupancy_full',
    ],
  },
  occupancy: {
    low: [
      'load_fell',
      'volume_fell',
      'hours_rose',
      'handle_fell',
      'blockage_high',
      'service_above',
    ],
    high: ['volume_rose_hours_did_not', 'hours_fell', 'load_rose', 'talk_rose', 'attendance_low'],
  },
  abandonment: {
    high: ['queue_rose', 'answer_slower', 'service_fell', ...waiting, 'patience_short'],
  },
  attendance: {
    low: ['occupancy_full', 'occupancy_rose', 'load_rose', 'turnover_high', 'monitoring_fell'],
  },
  blockage: {
    high: [
      'volume_rose',
      'queue_rose',
      'handle_rose_volume_did_not',
      'talk_rose',
      'hold_rose',
      'abandonment_rose',
      'hours_fell',
      'resolution_fell',
      'queue_over_target',
      'handle_over_target',
    ],
  },
  first_contact_resolution: {
    low: [
      'transfers_rose',
      'hold_rose',
      'talk_fell',
      'monitoring_fell',
      'pace_rose',
      'transfers_over_target',
      'hold_over_target',
      'monitoring_low',
      'turnover_high',
    ],
  },
  queued_rate: { high: waiting, low: slack },
  transfer_rate: {
    high: [
      'talk_fell',
      'resolution_fell',
      'hold_rose',
      'monitoring_fell',
      'pace_rose',
      'turnover_high',
      'occupancy_full',
      'hold_over_target',
      'resolution_low',
    ],
  },
  answered_rate: { low: ['queue_rose', 'service_fell', ...waiting] },
  service_level: { low: waiting },
  total_contacts: {
    high: [
      'resolution_fell',
      'blockage_rose',
      'abandonment_rose',
      'self_service_fell',
      'resolution_low',
    ],
    low: ['self_service_rose', 'resolution_rose', 'blockage_fell', 'abandonment_fell'],
  },
  turnover: {
    high: [
      'occupancy_full',
      'occupancy_rose',
      'load_rose',
      'pace_rose',
      'attendance_low',
      'adherence_low',
      'monitoring_fell',
    ],
  },
};
