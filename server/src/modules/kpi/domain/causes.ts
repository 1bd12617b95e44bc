import type { Sentence, StandardKey } from '@yingda/contract';
import { sideOf } from './bands.ts';
import { causeClues, causesOf, saidBy } from './cause-rules.ts';
import type { CauseCode, Clue } from './cause-rules.ts';
import { isPercent } from './figures.ts';
import type { Figure, Figures } from './figures.ts';

export type Side = 'low' | 'high';
type Found = { code: CauseCode; weight: number; params: Record<string, number> };

const MOST = 4;
/** A move of this many points of a share weighs like one by the whole of another figure. */
const FULL_POINTS = 20;
/** Being over a target tells less than having moved. */
const BAND_WEIGHT = 0.6;
const FIXED_WEIGHT = 0.2;
const RANK_WEIGHT = 0.3;
const CLUE_WEIGHT = 0.1;

function moveWeight(name: Clue['figure'], { change, now, was }: Figure): number {
  const relative = Math.abs(change ?? 0);
  const points = isPercent(name) ? Math.abs((now ?? 0) - (was ?? 0)) / FULL_POINTS : 0;
  return Math.min(1, Math.max(relative, points));
}

function boundOf(clue: Clue, { now, band }: Figure): number | null {
  if (clue.is === 'atLeast') return now !== null && now >= clue.bound ? clue.bound : null;
  const side = clue.is === 'over' ? 'high' : 'low';
  const isOutside = now !== null && sideOf(clue.figure as StandardKey, now, band) === side;
  return isOutside ? band[side] : null;
}

/** How much a clue tells, with its figures; null when it is not seen. */
function seen(clue: Clue, figure: Figure): { weight: number; bound: number | null } | null {
  const { moved } = figure;
  if (clue.is === 'notUp')
    return moved === 'no' || moved === 'down' ? { weight: 0, bound: null } : null;
  if (clue.is === 'up' || clue.is === 'down') {
    return moved === clue.is ? { weight: moveWeight(clue.figure, figure), bound: null } : null;
  }
  const bound = boundOf(clue, figure);
  if (bound === null) return null;
  if (clue.is === 'atLeast') return { weight: FIXED_WEIGHT, bound };
  const distance = bound === 0 ? 1 : Math.abs((figure.now ?? 0) - bound) / bound;
  return { weight: Math.min(1, distance) * BAND_WEIGHT, bound };
}

function paramsOf(clue: Clue, { now, was, change }: Figure, bound: number | null) {
  const name = clue.figure;
  return {
    ...(now === null ? {} : { [`now_${name}`]: now }),
    ...(was === null ? {} : { [`was_${name}`]: was }),
    ...(change === null ? {} : { [`change_${name}`]: Math.abs(change) * 100 }),
    ...(bound === null ? {} : { [`bound_${name}`]: bound }),
  };
}

function look(code: CauseCode, key: StandardKey, figures: Figures): Found | null {
  const clues: readonly Clue[] = causeClues[code];
  let weight = (clues.length - 1) * CLUE_WEIGHT;
  let params: Record<string, number> = {};
  for (const clue of clues) {
    if (clue.figure === key) return null;
    const figure = figures(clue.figure);
    const clueSeen = seen(clue, figure);
    if (!clueSeen) return null;
    weight += clueSeen.weight;
    params = { ...params, ...paramsOf(clue, figure, clueSeen.bound) };
  }
  return { code, weight, params };
}

/**
 * Why a standard is too low or too high, as far as the other standards show it: at most four sentences, the one with
 * the greatest change first. Empty when they show nothing.
 */
export function likelyCauses(key: StandardKey, side: Side, figures: Figures): Sentence[] {
  const candidates = [...new Set(causesOf[key][side] ?? [])];
  const found = candidates.flatMap((code, index) => {
    const cause = look(code, key, figures);
    const rank = ((candidates.length - index) / candidates.length) * RANK_WEIGHT;
    return cause ? [{ ...cause, weight: cause.weight + rank }] : [];
  });
  const said = new Set(found.flatMap(({ code }) => saidBy[code] ?? []));
  return found
    .filter(({ code }) => !said.has(code))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ code, params }) => ({ code, params }));
}
