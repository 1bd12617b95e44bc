import type { StandardKey } from '@yingda/contract';
import type { CauseCode } from './cause-rules.ts';

export type Situation = 'low' | 'high' | 'good' | 'watch' | 'above';

/** What to do, first things first; texts under `advice.<standard>.<code>`. */
const advice: Record<StandardKey, Partial<Record<Situation, readonly string[]>>> = {
  adherence: {
    low: ['explain', 'supervise', 'rules', 'other_work', 'absence', 'tool'],
    good: ['tool'],
  },
  after_call_work: {
    high: ['post', 'screens', 'steps', 'during_talk', 'retrain', 'whole'],
    low: ['complete', 'during_talk', 'steps'],
    good: ['steps'],
  },
  abandon_time: {
    low: ['blocked', 'queue', 'announce', 'short', 'alternatives'],
    high: ['staff', 'announce', 'queue'],
    good: ['announce'],
  },
  cost_per_contact: {
    high: ['volume', 'self_service', 'off_peak', 'temporary', 'new_hires', 'handle'],
    low: ['complete', 'volume', 'new_hires'],
    good: ['self_service'],
  },
  handle_time: {
    high: ['parts', 'band', 'training', 'knowledge', 'overstaffed'],
    low: ['quality', 'band', 'knowledge'],
    good: ['band'],
  },
  hold_time: {
    high: ['information', 'rights', 'systems', 'training', 'post'],
    low: ['check', 'post', 'information'],
    good: ['post'],
  },
  rings: { high: ['busy', 'ready', 'auto', 'lowest'], good: ['lowest'] },
  queue_time: {
    high: ['procedures', 'shift', 'self_service', 'board', 'temporary'],
    low: ['wasteful', 'shift_hours', 'board'],
    good: ['board'],
  },
  speed_of_answer: {
    high: ['wrap_up', 'hold', 'forecast', 'adherence', 'breaks'],
    good: ['breaks'],
  },
  talk_time: {
    high: ['behaviour', 'extremes', 'types', 'tools', 'satisfaction'],
    low: ['extremes', 'satisfaction', 'behaviour', 'types'],
    good: ['extremes'],
  },
  contacts_per_hour: {
    watch: ['balance', 'gaming', 'compare'],
    high: ['balance', 'gaming', 'compare'],
    low: ['obstacles', 'balance', 'compare'],
    good: ['balance'],
  },
  monitoring_score: {
    low: ['coach', 'method', 'record', 'calibrate', 'steady'],
    good: ['steady'],
    watch: ['steady', 'method', 'record'],
  },
  occupancy: {
    low: ['staffing', 'training_time', 'skills', 'supervision'],
    high: ['relief', 'staffing', 'skills'],
    good: ['supervision'],
  },
  abandonment: {
    high: ['waiting', 'forecast', 'handle', 'staffing', 'callback', 'misdials'],
    good: ['misdials'],
  },
  attendance: { low: ['reasons', 'talk', 'strain', 'reserve', 'swap'], good: ['swap'] },
  blockage: { high: ['people', 'overflow', 'causes', 'redials', 'lines'], good: ['redials'] },
  first_contact_resolution: {
    low: ['act', 'rights', 'information', 'training', 'topics', 'promise'],
    good: ['topics'],
  },
  queued_rate: {
    high: ['peak', 'forecast', 'lines', 'spread'],
    low: ['fewer', 'training', 'check'],
    good: ['lines'],
  },
  transfer_rate: {
    high: ['routing', 'information', 'warm', 'menus', 'training'],
    good: ['warm'],
  },
  answered_rate: {
    low: ['peak', 'lines', 'forecast', 'shift', 'self_service', 'rules'],
    good: ['forecast'],
  },
  service_level: {
    low: ['forecast', 'adherence', 'handling', 'supervision', 'breaks'],
    above: ['fewer', 'goal', 'breaks'],
    good: ['forecast'],
  },
  total_contacts: {
    watch: ['types', 'outside', 'blockage', 'repeats'],
    high: ['types', 'outside', 'blockage', 'repeats'],
    low: ['types', 'outside', 'blockage', 'repeats'],
    good: ['types'],
  },
  turnover: {
    high: ['exit', 'beyond_pay', 'cost', 'path', 'healthy'],
    low: ['healthy', 'ideas', 'path'],
    good: ['healthy'],
  },
};

/** Advice that answers a cause goes before the rest, wherever a standard has it. */
const answers: Partial<Record<CauseCode, readonly string[]>> = {
  wrap_and_hold_rose: ['handling', 'wrap_up', 'hold', 'handle', 'procedures', 'causes', 'parts'],
  handle_rose_volume_did_not: ['handling', 'handle', 'procedures', 'causes', 'obstacles'],
  handle_and_volume_rose: ['handling', 'handle', 'procedures'],
  handle_over_target: ['handling', 'handle', 'causes'],
  wrap_rose: ['handling', 'wrap_up', 'handle', 'parts', 'procedures'],
  wrap_over_target: ['wrap_up', 'handling', 'handle', 'parts'],
  hold_rose: ['hold', 'handling', 'handle', 'information', 'rights', 'parts', 'causes'],
  hold_over_target: ['hold', 'handling', 'handle', 'information', 'rights'],
  talk_rose: ['parts', 'training', 'causes'],
  volume_rose_hours_did_not: ['forecast', 'staffing', 'peak', 'temporary', 'people', 'relief'],
  volume_rose: ['forecast', 'staffing', 'peak', 'temporary', 'people', 'redials'],
  load_rose: ['forecast', 'staffing', 'peak', 'strain', 'beyond_pay', 'relief'],
  hours_fell: ['staffing', 'forecast', 'staff', 'people', 'relief'],
  volume_fell: ['volume', 'off_peak', 'fewer', 'staffing', 'training_time', 'shift_hours'],
  hours_rose: ['off_peak', 'fewer', 'staffing', 'shift_hours'],
  load_fell: ['fewer', 'staffing', 'shift_hours', 'training_time'],
  adherence_fell: ['adherence', 'supervision', 'rules', 'breaks', 'ready'],
  adherence_low: ['adherence', 'supervision', 'rules', 'breaks', 'ready'],
  attendance_fell: ['absence', 'supervision', 'reserve', 'staffing'],
  attendance_low: ['absence', 'supervision', 'reserve', 'staffing'],
  transfers_rose: ['routing', 'information', 'rights', 'warm', 'gaming'],
  transfers_over_target: ['information', 'rights'],
  resolution_fell: ['repeats', 'satisfaction', 'quality', 'information', 'balance'],
  resolution_low: ['repeats', 'information'],
  turnover_high: ['new_hires', 'shift', 'retrain', 'training'],
  queue_rose: ['waiting', 'queue', 'causes', 'peak'],
  queue_over_target: ['waiting', 'queue', 'causes'],
  blockage_rose: ['blocked', 'blockage', 'lines'],
  blockage_high: ['blocked', 'blockage'],
  abandonment_rose: ['redials', 'repeats'],
  short_abandons_many: ['short', 'misdials'],
  self_service_fell: ['self_service'],
  occupancy_fell: ['off_peak', 'overstaffed', 'fewer'],
  occupancy_low: ['off_peak', 'overstaffed', 'fewer'],
  occupancy_full: ['busy', 'relief', 'strain', 'beyond_pay', 'other_work'],
  pace_rose: ['satisfaction', 'gaming', 'balance', 'quality', 'coach'],
  monitoring_fell: ['training', 'coach'],
};

/** Codes of what to do (`service_level.forecast`), those that answer the causes found first; at most six. */
export function actionsFor(
  key: StandardKey,
  situation: Situation,
  causes: readonly string[],
): string[] {
  const all = advice[key][situation] ?? [];
  const wanted = causes.flatMap((code) => answers[code as CauseCode] ?? []);
  const fitting = [...new Set(wanted)].filter((code) => all.includes(code));
  return [...new Set([...fitting, ...all])].map((code) => `${key}.${code}`);
}

/** Every code of the catalogue, for the test that each has its texts. */
export const adviceCodes: readonly string[] = Object.entries(advice).flatMap(([key, sides]) =>
  [...new Set(Object.values(sides).flat())].map((code) => `${key}.${code}`),
);
