import { standardKeys } from '@yingda/contract';
import type {
  ReportFilter,
  ReportPeriod,
  ReportStep,
  StandardCard,
  StandardKey,
  StandardsView,
  TargetBand,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { bandFor, serviceSecondsFor, stateOf } from '../domain/bands.ts';
import { countsOf } from '../domain/cells.ts';
import { standardOf, valueOf } from '../domain/definitions.ts';
import { diagnose } from '../domain/diagnosis.ts';
import { needsOf } from '../domain/needs.ts';
import { daysIn, previousPeriod, sameLastYear } from '../domain/steps.ts';
import type { Sums } from '../domain/sums.ts';
import { countCustomers } from '../store/customers.ts';
import { gather, sourceFor } from './gather.ts';
import type { Series } from './gather.ts';
import { requirePeriod } from './query.ts';
import { aside, frameOf, missingIn, one, twice, wantedOf } from './report.ts';
import type { Frame } from './report.ts';

/** Counting different customers reads each contact: for more than so many it is not done. */
const MOST_CONTACTS_TO_TELL = 400_000;

/** The step of a trend: some twenty to fifty points. */
export function trendStep(period: ReportPeriod): ReportStep {
  const days = daysIn(period);
  if (days <= 1) return 'half_hour';
  if (days <= 2) return 'hour';
  if (days <= 62) return 'day';
  if (days <= 130) return 'week';
  return days <= 1500 ? 'month' : 'quarter';
}

type Three = { now: Series; before: Series; lastYear: Series };
type Bands = Record<StandardKey, TargetBand>;

const scopeAt = ({ reading: { slice } }: Frame, period: ReportPeriod) => ({
  queue: one(slice.queues),
  type: one(slice.types),
  day: period.to,
  days: daysIn(period),
});

/** Bands as they hold at the end of the period. */
function bandsAt(frame: Frame, period: ReportPeriod): Bands {
  const { targets } = frame;
  const scope = scopeAt(frame, period);
  return Object.fromEntries(
    standardKeys.map((key) => [key, bandFor(key, targets, scope)]),
  ) as Bands;
}

function partsOf(key: StandardKey, sums: Sums, frame: Frame): Record<string, number> {
  return Object.fromEntries(
    needsOf(key, frame.settings).flatMap((need) => {
      const value = sums[need];
      return value === undefined ? [] : [[need, value] as const];
    }),
  );
}

function cardOf(
  key: StandardKey,
  { now, before, lastYear }: Three,
  frame: Frame & { bands: Bands; serviceSeconds: number },
) {
  const { settings, bands } = frame;
  const { number, unit, direction } = standardOf(key);
  const value = valueOf(key, now.total, settings);
  const told = diagnose(key, {
    now: now.total,
    before: countsOf(before.total).contacts > 0 ? before.total : null,
    settings,
    bands,
    serviceSeconds: frame.serviceSeconds,
  });
  const missing = missingIn(frame, { whole: now, groups: new Map() });
  return {
    key,
    number,
    unit,
    direction,
    value,
    state: stateOf(key, value, bands[key]),
    band: bands[key],
    previous: valueOf(key, before.total, settings),
    lastYear: valueOf(key, lastYear.total, settings),
    trend: now.points.map((point) => valueOf(key, point, settings)),
    parts: partsOf(key, now.total, frame),
    ...told,
    missing: missing[key] ?? null,
  } satisfies StandardCard;
}

/**
 * All 23 standards of a period, each with its trend, what it says, why, and what to do. Throws `kpi.period_invalid`.
 */
export async function standardsOf(
  asker: Ctx,
  query: ReportPeriod & ReportFilter,
): Promise<StandardsView> {
  const ctx = aside(asker);
  const period = { from: query.from, to: query.to };
  requirePeriod(period);
  const frame = await frameOf(ctx, query, [...standardKeys]);
  // Steps within a day by agent, topic or tier are read from contacts, which do not know all that days know.
  const finest = trendStep(period);
  const source = sourceFor(finest, 'none', frame.reading.slice);
  const step = source === 'contact' || source === 'contact_part' ? 'day' : finest;
  const wanted = wantedOf(frame, { period, step, by: 'none' });
  const other = async (earlier: ReportPeriod): Promise<Series> =>
    (await gather(ctx, wantedOf(frame, { period: earlier, step: 'year', by: 'none' }))).whole;
  const { whole: now } = await gather(ctx, wanted);
  const counts = countsOf(now.total);
  const [[before, lastYear], uniqueCustomers] = await Promise.all([
    twice([previousPeriod(period), sameLastYear(period)], other),
    counts.contacts > MOST_CONTACTS_TO_TELL
      ? null
      : countCustomers(ctx, frame.reading.slice, wanted.steps),
  ]);
  const known = {
    ...frame,
    bands: bandsAt(frame, period),
    serviceSeconds: serviceSecondsFor(frame.targets, frame.settings, scopeAt(frame, period)),
  };
  return {
    ...period,
    timeZone: frame.settings.timeZone,
    step,
    steps: wanted.steps.starts.map((at) => new Date(at).toISOString()),
    counts,
    uniqueCustomers,
    cards: standardKeys.map((key) => cardOf(key, { now, before, lastYear }, known)),
    settings: frame.settings,
  };
}
