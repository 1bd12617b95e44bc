import type { Missing, Sentence, StandardKey, StandardState } from '@yingda/contract';
import { actionsFor } from './advice.ts';
import type { Situation } from './advice.ts';
import { sideOf, stateOf } from './bands.ts';
import { likelyCauses } from './causes.ts';
import type { Side } from './causes.ts';
import { standardOf } from './definitions.ts';
import { figuresOf } from './figures.ts';
import type { Compared, Figure, Figures } from './figures.ts';
import { missingOf } from './missing.ts';
import type { Sums } from './sums.ts';

export type Diagnosis = {
  /** One sentence, texts under `says`. */
  diagnosis: Sentence;
  /** Most telling first, texts under `causes`. */
  causes: Sentence[];
  /** First things first, texts under `advice`. */
  actions: string[];
  missing: Missing | null;
};

/** Below so many contacts a figure may move by chance. */
const FEW = 30;
/** So many points over its goal, the service level is bought with idle people. */
const WELL_ABOVE = 15;

const without = (figure: Figure, side: 'low' | 'high'): number => figure.band[side] ?? 0;

/** How far a value lies from what is wanted; 0 inside the band. */
function distance(key: StandardKey, value: number, figure: Figure): number {
  const side = sideOf(key, value, figure.band);
  return side === 'in' ? 0 : Math.abs(value - without(figure, side));
}

/** Positive when a value came nearer to what is wanted, 0 when neither can be said. */
function towardsWanted(
  key: StandardKey,
  figure: Figure,
  { now, was }: { now: number; was: number },
): number {
  const { direction } = standardOf(key);
  if (direction === 'watch') return 0;
  if (direction === 'range') return distance(key, was, figure) - distance(key, now, figure);
  return direction === 'higher' ? now - was : was - now;
}

function trendOf(key: StandardKey, figure: Figure): string {
  const { now, was, moved } = figure;
  if (now === null || was === null || moved === null) return 'none';
  if (moved === 'no') return 'same';
  const isUp = now > was;
  const nearer = towardsWanted(key, figure, { now, was });
  if (nearer === 0) return isUp ? 'up' : 'down';
  return nearer > 0 ? 'better' : 'worse';
}

const tellsAbove = (key: StandardKey, { now, band }: Figure): boolean =>
  key === 'service_level' &&
  now !== null &&
  now >= Math.min(100, band.high ?? (band.low ?? 100) + WELL_ABOVE);

function situationOf(key: StandardKey, state: StandardState, figure: Figure): Situation {
  if (state === 'watch' || figure.now === null) return 'watch';
  if (tellsAbove(key, figure)) return 'above';
  const side = sideOf(key, figure.now, figure.band);
  return side === 'in' ? 'good' : side;
}

/** Standards whose sentence without a target has words of its own. */
const watched: ReadonlySet<StandardKey> = new Set<StandardKey>([
  'contacts_per_hour',
  'total_contacts',
]);

function sentenceFor(key: StandardKey, situation: Situation, figure: Figure): Sentence {
  const { now, was, band } = figure;
  const params: Sentence['params'] = { standard: key, trend: trendOf(key, figure) };
  const values = { value: now, previous: was, ...band };
  for (const [name, value] of Object.entries(values)) if (value !== null) params[name] = value;
  const isPlain = situation === 'watch' && !watched.has(key);
  return { code: isPlain ? 'watch' : `${key}.${situation}`, params };
}

/** On which side causes are looked for: where it is out, else where it moved to the worse, or at all. */
function sideInQuestion(key: StandardKey, situation: Situation, figure: Figure): Side | null {
  if (situation === 'low' || situation === 'high') return situation;
  const { moved } = figure;
  if (moved !== 'up' && moved !== 'down') return null;
  const side = moved === 'up' ? 'high' : 'low';
  if (situation === 'watch') return side;
  const { direction } = standardOf(key);
  const isWorse =
    (direction === 'higher' && side === 'low') || (direction === 'lower' && side === 'high');
  return isWorse && situation === 'good' ? side : null;
}

function causesFor(
  key: StandardKey,
  side: Side,
  seen: { figures: Figures; sums: Sums },
): Sentence[] {
  const { figures, sums } = seen;
  const causes = likelyCauses(key, side, figures);
  const contacts = sums.handled ?? sums.answered ?? 0;
  if (contacts > 0 && contacts < FEW) causes.push({ code: 'few_contacts', params: { contacts } });
  if (causes.length > 0) return causes;
  const isCompared = figures('total_contacts').was !== null || figures(key).was !== null;
  return [{ code: isCompared ? 'none_visible' : 'no_comparison', params: {} }];
}

/**
 * What to say of a standard: how it stands to its band and to the period before, why (read from the other standards),
 * and what to do about it. Bands are those of the period, `serviceSeconds` those in force when they differ from the
 * settings.
 */
export function diagnose(
  key: StandardKey,
  compared: Compared & { serviceSeconds?: number },
): Diagnosis {
  const { now, settings } = compared;
  const figures = figuresOf(compared);
  const figure = figures(key);
  if (figure.now === null) {
    const diagnosis = { code: 'none', params: { standard: key } };
    return { diagnosis, causes: [], actions: [], missing: missingOf(key, now, settings) };
  }
  const situation = situationOf(key, stateOf(key, figure.now, figure.band), figure);
  const side = sideInQuestion(key, situation, figure);
  const causes = side ? causesFor(key, side, { figures, sums: now }) : [];
  const diagnosis = sentenceFor(key, situation, figure);
  if (key === 'service_level') {
    diagnosis.params.seconds = compared.serviceSeconds ?? settings.serviceLevelSeconds;
  }
  return {
    diagnosis,
    causes,
    actions: actionsFor(
      key,
      situation === 'good' && side ? side : situation,
      causes.map(({ code }) => code),
    ),
    missing: null,
  };
}
