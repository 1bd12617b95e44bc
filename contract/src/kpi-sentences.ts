import { standardUnits } from './kpi/index.ts';
import type { Sentence, StandardUnit } from './kpi/index.ts';

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
  // A unit in Chinese needs no space before the Chinese that follows.
  return words
    .text(`${kind}.${code}`, filled)
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** A text with its `{{placeholders}}` filled; one that is not given stays empty. */
export const fillText = (text: string, params: Record<string, string>): string =>
  text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => params[name] ?? '');
