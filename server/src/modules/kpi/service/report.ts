import type {
  Comparison,
  DatedBand,
  KpiSettingsView,
  Missing,
  ReportGroup,
  ReportPeriod,
  ReportQuery,
  ReportRow,
  ReportStep,
  ReportView,
  StandardKey,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { mapGently } from '../../../kernel/gently.ts';
import { teamOf } from '../../identity/index.ts';
import { bandsDuring } from '../domain/bands.ts';
import { cellOf, countsOf } from '../domain/cells.ts';
import { missingOf } from '../domain/missing.ts';
import { countNeeds, needsOf } from '../domain/needs.ts';
import type { Need } from '../domain/needs.ts';
import { daysIn, previousPeriod, sameLastYear } from '../domain/steps.ts';
import type { Sums } from '../domain/sums.ts';
import { selectTargets } from '../store/targets.ts';
import type { TargetRow } from '../store/targets.ts';
import { gather, NO_GROUP } from './gather.ts';
import type { Gathered, Series, Wanted } from './gather.ts';
import {
  limitsOf,
  readingOf,
  requireCells,
  requirePeriod,
  standardsAsked,
  stepsOf,
} from './query.ts';
import type { Reading } from './query.ts';
import { scopeOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { kpiSettings } from './settings.ts';

/** Most groups of a report; the whole counts the others too. */
const MOST_ROWS = 200;

/** Everything that does not depend on the period. */
export type Frame = {
  scope: Scope;
  settings: KpiSettingsView;
  targets: TargetRow[];
  reading: Reading;
  standards: StandardKey[];
  needs: Need[];
};

/** What a report or the cards read from, for one actor and filter. */
export async function frameOf(
  ctx: Ctx,
  filter: Parameters<typeof readingOf>[1],
  standards: StandardKey[],
): Promise<Frame> {
  const [scope, settings, targets] = [
    await scopeOf(ctx),
    await kpiSettings(ctx),
    await selectTargets(ctx),
  ];
  const needs = new Set([...countNeeds, ...standards.flatMap((key) => needsOf(key, settings))]);
  const reading = readingOf(scope, filter);
  return { scope, settings, targets, reading, standards, needs: [...needs] };
}

type Cut = { period: ReportPeriod; step: ReportStep; by: ReportGroup };

export function wantedOf(frame: Frame, { period, step, by }: Cut): Wanted {
  const { scope, settings, targets, reading, needs } = frame;
  const steps = stepsOf(settings.timeZone, period, step);
  const limits = limitsOf(settings, targets, period);
  return { scope, reading, period, by, step, steps, needs, limits };
}

const sizeOf = ({ total }: Series): number => countsOf(total).contacts;

async function row(series: Series, { key, name }: { key: string; name: string }, frame: Frame) {
  const cell = (sums: Sums) => cellOf(sums, frame.standards, frame.settings);
  return { key, name, total: cell(series.total), points: await mapGently(series.points, cell) };
}

/** Reports take long, and whoever asks for one waits for it: conversations go first. */
export const aside = (ctx: Ctx): Ctx => ({ ...ctx, db: ctx.services.database.aside });

async function namesFor(
  ctx: Ctx,
  { scope }: Frame,
  by: ReportGroup,
): Promise<(key: string) => string | Promise<string>> {
  if (by === 'channel' || by === 'tier') return (key) => key;
  if (by === 'source') {
    const names = new Map(scope.sources.map(({ id, name }) => [String(id), name]));
    return (key) => names.get(key) ?? '';
  }
  if (by === 'team') {
    return async (key) => (key === NO_GROUP ? '' : ((await teamOf(ctx, key))?.name ?? ''));
  }
  return (key) => scope.members.get(Number(key))?.name ?? '';
}

/** The largest groups, by contacts. Throws `kpi.too_many_points`. */
async function rowsOf(
  ctx: Ctx,
  frame: Frame,
  { groups, whole, by }: Gathered & { by: ReportGroup },
): Promise<ReportRow[]> {
  const largest = [...groups]
    .sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || (a < b ? -1 : 1))
    .slice(0, MOST_ROWS);
  requireCells(largest.length * whole.points.length);
  const nameOf = await namesFor(ctx, frame, by);
  const rows: ReportRow[] = [];
  for (const [key, series] of largest)
    rows.push(await row(series, { key, name: await nameOf(key) }, frame));
  return rows;
}

async function compare(
  ctx: Ctx,
  frame: Frame,
  { steps, ...cut }: Cut & { steps: number },
): Promise<Comparison[]> {
  const periods = [
    { kind: 'previous' as const, ...previousPeriod(cut.period) },
    { kind: 'last_year' as const, ...sameLastYear(cut.period) },
  ] as const;
  const series = await twice([periods[0], periods[1]], async (period) => {
    const wanted = wantedOf(frame, { ...cut, period, by: 'none' });
    return row((await gather(ctx, wanted)).whole, { key: '', name: '' }, frame);
  });
  return periods.flatMap((period, at) => {
    const found = series[at];
    return found ? [{ ...period, total: found.total, points: found.points.slice(0, steps) }] : [];
  });
}

/** Reads two periods; when both are the same (the year before is also last year) it is read once. */
export async function twice<T>(
  [first, second]: [ReportPeriod, ReportPeriod],
  read: (period: ReportPeriod) => Promise<T>,
): Promise<[T, T]> {
  const reading = read({ from: first.from, to: first.to });
  const isSame = first.from === second.from && first.to === second.to;
  return Promise.all([reading, isSame ? reading : read({ from: second.from, to: second.to })]);
}

export const one = (ids: number[] | null): number | null =>
  ids?.length === 1 ? (ids[0] ?? null) : null;
const stepDays: Partial<Record<ReportStep, number>> = {
  week: 7,
  month: 30.4,
  quarter: 91.25,
  year: 365,
};

/** Bands of each standard through the period, of the queue or type when it is just one. */
function bandsOf(
  { targets, standards, reading: { slice } }: Frame,
  period: ReportPeriod,
  days: number,
): Partial<Record<StandardKey, DatedBand[]>> {
  const scope = { ...period, days, queue: one(slice.queues), type: one(slice.types) };
  return Object.fromEntries(standards.map((key) => [key, bandsDuring(key, targets, scope)]));
}

export function missingIn(
  frame: Frame,
  { whole, groups }: Gathered,
): Partial<Record<StandardKey, Missing>> {
  const { standards, settings, needs, reading } = frame;
  const unknown = (key: StandardKey): boolean =>
    needsOf(key, settings).some((need) => !(need in whole.total) && needs.includes(need));
  /** Why no group has the standard, though there are some; null where one has it. */
  const inGroups = (key: StandardKey): Missing | null => {
    const reasons = [...groups.values()].map(({ total }) => missingOf(key, total, settings));
    if (reasons.length === 0 || reasons.includes(null)) return null;
    return reasons.includes('only_by_day') ? 'only_by_day' : 'not_by_this_group';
  };
  const isOfAll = reading.tellsEntered && reading.tellsTime && reading.slice.agents === null;
  const reasons = standards.flatMap((key): [StandardKey, Missing][] => {
    const inAll = missingOf(key, whole.total, settings);
    const isCut = inAll !== 'only_by_day' && unknown(key) && !isOfAll;
    const reason = inAll === null ? inGroups(key) : isCut ? 'not_by_this_group' : inAll;
    return reason === null ? [] : [[key, reason]];
  });
  return Object.fromEntries(reasons);
}

/**
 * The standards of a period by step and group, with the periods to compare with. Throws `kpi.period_invalid`,
 * `kpi.too_many_points`, `request.invalid` for an unknown standard.
 */
export async function report(asker: Ctx, query: ReportQuery): Promise<ReportView> {
  const ctx = aside(asker);
  const { from, to, step, by } = query;
  const period = { from, to };
  requirePeriod(period);
  const frame = await frameOf(ctx, query, standardsAsked(query.standards));
  const wanted = wantedOf(frame, { period, step, by });
  const [gathered, comparisons] = await Promise.all([
    gather(ctx, wanted),
    compare(ctx, frame, { period, step, by, steps: wanted.steps.starts.length }),
  ]);
  const { starts, end } = wanted.steps;
  return {
    ...period,
    timeZone: frame.settings.timeZone,
    step,
    by,
    standards: frame.standards,
    steps: starts.map((at) => new Date(at).toISOString()),
    end: new Date(end).toISOString(),
    whole: await row(gathered.whole, { key: '', name: '' }, frame),
    rows: await rowsOf(ctx, frame, { ...gathered, by }),
    comparisons,
    bands: bandsOf(frame, period, Math.min(daysIn(period), stepDays[step] ?? 1)),
    missing: missingIn(frame, gathered),
    settings: frame.settings,
  };
}
