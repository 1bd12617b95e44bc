import { causeUnits, standardKeys, standardUnits } from '@yingda/contract';
import type { CauseFigure, KpiSettings, StandardKey, TargetBand } from '@yingda/contract';
import { valueOf } from './definitions.ts';
import type { Sums } from './sums.ts';

/** What a cause may rest on: the standards, and some figures beside them. */
export type FigureName = StandardKey | CauseFigure;

type Part = number | undefined;
const HOUR_MS = 3_600_000;
const share = (part: Part, all: Part): number | null =>
  part === undefined || !all ? null : (part / all) * 100;

const besides: Record<CauseFigure, (sums: Sums) => number | null> = {
  signed_in_hours: ({ signedInMs }) => (signedInMs ? signedInMs / HOUR_MS : null),
  reached_per_hour: ({ answered, abandoned, signedInMs }) =>
    signedInMs && answered !== undefined && abandoned !== undefined
      ? (answered + abandoned) / (signedInMs / HOUR_MS)
      : null,
  self_service_share: ({ selfServed, answered }) =>
    selfServed === undefined || answered === undefined
      ? null
      : share(selfServed, selfServed + answered),
  short_abandon_share: ({ shortAbandoned, abandoned }) => share(shortAbandoned, abandoned),
  held_share: ({ held, holdKnown }) => share(held, holdKnown),
  total_cost: ({ cost }) => cost || null,
};

/** They grow with the number of days, so periods of different length are compared by the day. */
const totals: ReadonlySet<FigureName> = new Set([
  'total_contacts',
  'signed_in_hours',
  'total_cost',
]);

export type Figure = {
  now: number | null;
  was: number | null;
  /** Relative to before, of totals by the day; null when one of them is unknown. */
  change: number | null;
  /** More than chance and rounding. */
  moved: 'up' | 'down' | 'no' | null;
  band: TargetBand;
};
export type Figures = (name: FigureName) => Figure;

const isStandard = (name: FigureName): name is StandardKey =>
  (standardKeys as readonly string[]).includes(name);
/** Whether a figure is a share in per cent, where points tell more than ratios. */
export const isPercent = (name: FigureName): boolean =>
  (isStandard(name) ? standardUnits[name] : causeUnits[name]) === 'percent';

const LEAST_CHANGE = 0.05;
const LEAST_POINTS = 0.3;
const MANY_POINTS = 2;
const LEAST_CONTACTS = 5;

/** Whether a change is worth a word: a twentieth, or two points of a share; neither a trifle nor a handful. */
function movedBy(name: FigureName, change: number, distance: number) {
  const points = Math.abs(distance);
  const isLarge = isPercent(name)
    ? points >= MANY_POINTS || (Math.abs(change) >= LEAST_CHANGE && points >= LEAST_POINTS)
    : Math.abs(change) >= LEAST_CHANGE && (name !== 'total_contacts' || points >= LEAST_CONTACTS);
  if (!isLarge) return 'no' as const;
  return change > 0 ? ('up' as const) : ('down' as const);
}

export type Compared = {
  now: Sums;
  before: Sums | null;
  settings: KpiSettings;
  bands: Partial<Record<StandardKey, TargetBand>>;
};

const noBand: TargetBand = { norm: null, low: null, high: null };

function figureOf(name: FigureName, { now: sums, before, settings, bands }: Compared): Figure {
  const value = (of: Sums) => (isStandard(name) ? valueOf(name, of, settings) : besides[name](of));
  const [now, was] = [value(sums), before && value(before)];
  const band = (isStandard(name) ? bands[name] : undefined) ?? noBand;
  if (now === null || was === null) return { now, was, change: null, moved: null, band };
  const perDay = totals.has(name) && sums.days && before?.days ? before.days / sums.days : 1;
  const comparable = now * perDay;
  const change = was === 0 ? (now === 0 ? 0 : 1) : (comparable - was) / Math.abs(was);
  return { now, was, change, moved: movedBy(name, change, comparable - was), band };
}

/** Figures of two periods, each computed when it is first asked for. */
export function figuresOf(compared: Compared): Figures {
  const known = new Map<FigureName, Figure>();
  return (name) => {
    const found = known.get(name) ?? figureOf(name, compared);
    known.set(name, found);
    return found;
  };
}
