import type {
  DatedBand,
  KpiSettings,
  ReportPeriod,
  StandardKey,
  StandardState,
  TargetBand,
  TargetView,
} from '@yingda/contract';
import { standardOf } from './definitions.ts';

/** A target as it was set; see `kpi_target`. */
export type Target = Pick<
  TargetView,
  'id' | 'standard' | 'queueId' | 'typeId' | 'norm' | 'low' | 'high' | 'seconds' | 'validFrom'
>;
/** For what a band is asked: members of the filter, when it names just one. */
export type BandScope = { queue?: number | null; type?: number | null };

const YEAR_DAYS = 365;
const NEAR = 0.1;

/** How closely a target fits: queue and type, queue, type, all; -1 when it is for another. */
function closeness({ queueId, typeId }: Target, { queue, type }: BandScope): number {
  if (queueId !== null && queueId !== queue) return -1;
  if (typeId !== null && typeId !== type) return -1;
  return (queueId === null ? 0 : 2) + (typeId === null ? 0 : 1);
}

/** Targets that hold on a day, the one that goes before all others first. */
function holding(
  standard: StandardKey,
  targets: readonly Target[],
  scope: BandScope & { day: string },
): Target[] {
  return targets
    .filter(
      (target) =>
        target.standard === standard &&
        target.validFrom <= scope.day &&
        closeness(target, scope) >= 0,
    )
    .toSorted(
      (a, b) =>
        closeness(b, scope) - closeness(a, scope) ||
        b.validFrom.localeCompare(a.validFrom) ||
        b.id.localeCompare(a.id),
    );
}

const hasBounds = ({ norm, low, high }: TargetBand): boolean =>
  norm !== null || low !== null || high !== null;

/** A target of the service level may set its seconds alone; it leaves the bounds as they are. */
const setsBounds = (target: Target): boolean => target.seconds === null || hasBounds(target);

/**
 * The band of a standard on a day: the newest target of the queue and type, of the queue, of the type, of all, else
 * the default. Bands of a year shrink to the days asked for.
 */
export function bandFor(
  standard: StandardKey,
  targets: readonly Target[],
  scope: BandScope & { day: string; days: number },
): TargetBand {
  const { band, isYearly } = standardOf(standard);
  const { norm, low, high } = holding(standard, targets, scope).find(setsBounds) ?? band;
  const share = isYearly ? scope.days / YEAR_DAYS : 1;
  const scaled = (bound: number | null) => (bound === null ? null : bound * share);
  return { norm: scaled(norm), low: scaled(low), high: scaled(high) };
}

/** The bands of a period: what held on its first day, then each change, dated. */
export function bandsDuring(
  standard: StandardKey,
  targets: readonly Target[],
  scope: BandScope & ReportPeriod & { days: number },
): DatedBand[] {
  const { from, to } = scope;
  const changes = targets
    .filter((target) => target.standard === standard)
    .map(({ validFrom }) => validFrom)
    .filter((day) => day > from && day <= to);
  return [...new Set([from, ...changes])]
    .toSorted()
    .map((day) => ({ from: day, ...bandFor(standard, targets, { ...scope, day }) }))
    .filter(
      (band, index, all) =>
        index === 0 ||
        (['norm', 'low', 'high'] as const).some((name) => all[index - 1]?.[name] !== band[name]),
    );
}

/** The seconds of the service level on a day: of the target that fits closest, else of the settings. */
export function serviceSecondsFor(
  targets: readonly Target[],
  settings: KpiSettings,
  scope: BandScope & { day: string },
): number {
  const found = holding('service_level', targets, scope).find(({ seconds }) => seconds !== null);
  return found?.seconds ?? settings.serviceLevelSeconds;
}

/** On which side of its band a value is. What is better the higher cannot be too high. */
export function sideOf(
  key: StandardKey,
  value: number,
  { low, high }: TargetBand,
): 'in' | 'low' | 'high' {
  const { direction } = standardOf(key);
  if (low !== null && value < low && direction !== 'lower') return 'low';
  if (high !== null && value > high && direction !== 'higher') return 'high';
  return 'in';
}

/**
 * How a value stands to its band. `near`: outside by no more than a tenth of the bound; `watch`: nothing to judge by.
 */
export function stateOf(key: StandardKey, value: number | null, band: TargetBand): StandardState {
  if (value === null) return 'none';
  const { direction } = standardOf(key);
  const bounds = {
    higher: [band.low],
    lower: [band.high],
    range: [band.low, band.high],
    watch: [],
  };
  if (bounds[direction].every((bound) => bound === null)) return 'watch';
  const side = sideOf(key, value, band);
  if (side === 'in') return 'good';
  const bound = (side === 'low' ? band.low : band.high) ?? 0;
  return Math.abs(value - bound) <= bound * NEAR ? 'near' : 'out';
}
