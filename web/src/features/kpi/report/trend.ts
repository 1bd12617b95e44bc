import type {
  Cell,
  Comparison,
  DatedBand,
  ReportRow,
  ReportView,
  StandardKey,
} from '@yingda/contract';
import { bandAt, judgedBand, standingOf } from '../model/values.ts';
import type { Standing } from '../model/values.ts';
import { stepDay } from '../model/step-label.ts';

/** More lines than this are a tangle; the table beside the chart has all groups. */
export const maxLines = 6;

export const valueIn = (cell: Cell | undefined, key: StandardKey): number | null =>
  cell?.values[key] ?? null;

/** One line of the chart. */
export interface Line {
  key: string;
  name: string;
  values: (number | null)[];
  kind: 'main' | 'group' | 'previous' | 'last_year';
}

const valuesOf = (points: readonly Cell[], key: StandardKey, length: number): (number | null)[] =>
  Array.from({ length }, (_, index) => valueIn(points[index], key));

/** The row that is looked at: the group that was chosen, else the whole. */
export const shownRow = (view: ReportView, row: string | undefined): ReportRow =>
  view.rows.find(({ key }) => key === row) ?? view.whole;

/** The groups with most contacts, as many as a chart can hold. */
export function linedRows(view: ReportView): ReportRow[] {
  return view.rows
    .toSorted((a, b) => b.total.counts.contacts - a.total.counts.contacts)
    .slice(0, maxLines);
}

/**
 * The lines of a standard: what is looked at, its groups unless one was chosen, and its earlier periods. `view` compares
 * what is looked at.
 */
export function linesOf(
  view: ReportView,
  key: StandardKey,
  { row, compare }: { row: string | undefined; compare: readonly Comparison['kind'][] },
): Line[] {
  const { length } = view.steps;
  const main = shownRow(view, row);
  const groups = main === view.whole ? linedRows(view) : [];
  const earlier = view.comparisons.filter(({ kind }) => compare.includes(kind));
  return [
    ...earlier.map(({ kind, points }): Line => ({
      key: kind,
      name: kind,
      kind,
      values: valuesOf(points, key, length),
    })),
    ...groups.map((group): Line => ({
      key: group.key,
      name: group.name,
      kind: 'group',
      values: valuesOf(group.points, key, length),
    })),
    { key: main.key, name: main.name, kind: 'main', values: valuesOf(main.points, key, length) },
  ];
}

/** A stretch of steps under one band: from the first index up to and with the last. */
export interface BandStretch {
  first: number;
  last: number;
  band: DatedBand;
}

/** Which band holds for which steps: one stretch, or several when the target changed within the period. */
export function bandStretches(
  steps: readonly string[],
  zone: string,
  bands: readonly DatedBand[] | undefined,
): BandStretch[] {
  if (!bands || bands.length === 0 || steps.length === 0) return [];
  const stretches: BandStretch[] = [];
  steps.forEach((step, index) => {
    const band = bandAt(bands, stepDay(step, zone));
    const before = stretches.at(-1);
    if (!band) return;
    if (before?.band === band) before.last = index;
    else stretches.push({ first: index, last: index, band });
  });
  return stretches;
}

/** The bands of a standard in the period, as its values are judged. */
export const bandsOf = (view: ReportView, key: StandardKey): DatedBand[] =>
  (view.bands[key] ?? []).map((band) => judgedBand(key, band));

/** The band of a step. */
export function bandOfStep(
  view: ReportView,
  key: StandardKey,
  index: number,
): DatedBand | undefined {
  const step = view.steps[index];
  return step === undefined ? undefined : bandAt(bandsOf(view, key), stepDay(step, view.timeZone));
}

/** The band a whole period is judged by: the last one of it. */
export const bandOfPeriod = (view: ReportView, key: StandardKey): DatedBand | undefined =>
  bandsOf(view, key).at(-1);

/** Where a value stands to a band that may not be. */
export const standing = (value: number | null, band: DatedBand | undefined): Standing | null =>
  band ? standingOf(value, band) : null;

/** Standards that no contacts stand behind: time, people, grades. */
const withoutContacts: readonly StandardKey[] = [
  'adherence',
  'attendance',
  'monitoring_score',
  'occupancy',
  'turnover',
];
export const hasContacts = (key: StandardKey): boolean => !withoutContacts.includes(key);
