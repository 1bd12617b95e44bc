import type { Sentence, StandardKey, StandardUnit } from './kpi.ts';

/** What each standard is counted in. */
export const standardUnits: Record<StandardKey, StandardUnit> = {
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
};

/** Figures beside the standards that causes speak of. */
export const causeUnits = {
  signed_in_hours: 'count',
  reached_per_hour: 'per_hour',
  self_service_share: 'percent',
  short_abandon_share: 'percent',
  held_share: 'percent',
  total_cost: 'money',
} as const satisfies Record<string, StandardUnit>;
export type CauseFigure = keyof typeof causeUnits;

export type SentenceWords = {
  /** Text of a key of the standards' catalogue with its placeholders filled. */
  text(key: string, params: Record<string, string>): string;
  /** A value with its unit, as people read it. */
  format(unit: StandardUnit, value: number): string;
};

const figureUnits: Record<string, StandardUnit> = { ...standardUnits, ...causeUnits };
const plainUnits: Record<string, StandardUnit> = {
  contacts: 'count',
  seconds: 'seconds',
  change: 'percent',
};

/**
 * Unit of a value in a sentence: `now_<figure>`, `was_<figure>` and `bound_<figure>` are counted in what the figure is
 * (`change_<figure>` in per cent), `value`, `previous`, `low`, `high` and `norm` in what the `standard` is.
 */
function unitOf(name: string, standard: string): StandardUnit {
  const [, kind, figure = ''] = /^(now|was|bound|change)_(.+)$/.exec(name) ?? [];
  if (kind === 'change') return 'percent';
  return plainUnits[name] ?? figureUnits[kind ? figure : standard] ?? 'count';
}

/** A sentence about a standard (`says`) or a cause (`causes`) as people read it. */
export function sentenceText(
  kind: 'says' | 'causes',
  { code, params }: Sentence,
  words: SentenceWords,
): string {
  const { standard = '', trend = 'none', ...values } = params;
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    filled[name] =
      typeof value === 'number' ? words.format(unitOf(name, String(standard)), value) : value;
  }
  if (standard !== '') filled.name = words.text(`standards.${standard}.name`, {});
  filled.trend = trend === 'none' ? '' : words.text(`trends.${trend}`, filled);
  return words.text(`${kind}.${code}`, filled);
}

/** A text with its `{{placeholders}}` filled; one that is not given stays empty. */
export const fillText = (text: string, params: Record<string, string>): string =>
  text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => params[name] ?? '');
