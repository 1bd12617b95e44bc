import type { StandardUnit, TargetBand, TargetView } from '@yingda/contract';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { text } from '../../../lib/i18n.ts';
import { formatMoney } from '../../../lib/money.ts';

/** A value of a standard with its unit, as it is read aloud. */
export function valueText(value: number, unit: StandardUnit, currency: string): string {
  if (unit === 'money') return formatMoney(value, currency);
  // Up to two minutes people of the trade think in seconds.
  if (unit === 'seconds' && value >= 120) return formatDuration(value * 1000);
  return text(`measures:units.${unit}`, { value: formatNumber(value) });
}

/** What is recommended, in words: `30–60 s`, `at least 80 %`; null where nothing is. */
export function rangeText(
  { low, high }: Pick<TargetBand, 'low' | 'high'>,
  unit: StandardUnit,
  currency: string,
): string | null {
  const of = (value: number): string => valueText(value, unit, currency);
  const isPlain = unit !== 'money' && (unit !== 'seconds' || (high ?? 0) < 120);
  if (low !== null && high !== null && isPlain) {
    const value = `${formatNumber(low)}–${formatNumber(high)}`;
    return text(`measures:units.${unit}`, { value });
  }
  if (low !== null && high !== null) {
    return text('measures:targets.between', { low: of(low), high: of(high) });
  }
  if (low !== null) return text('measures:targets.atLeast', { value: of(low) });
  return high === null ? null : text('measures:targets.atMost', { value: of(high) });
}

/** Whom a target is for: every contact, a queue, a type, or a type within a queue. */
export const scopeKey = ({ queueId, typeId }: Pick<TargetView, 'queueId' | 'typeId'>): string =>
  `${queueId ?? ''}/${typeId ?? ''}`;

const newestFirst = (a: TargetView, b: TargetView): number =>
  b.validFrom.localeCompare(a.validFrom) || b.createdAt.localeCompare(a.createdAt);

/** The target in force on a day for each scope that has one; of several from the same day the last entered. */
export function targetsOn(targets: readonly TargetView[], day: string): Map<string, TargetView> {
  const begun = targets.filter(({ validFrom }) => validFrom <= day).toSorted(newestFirst);
  const byScope = new Map<string, TargetView>();
  for (const target of begun) {
    if (!byScope.has(scopeKey(target))) byScope.set(scopeKey(target), target);
  }
  return byScope;
}

/** Every scope's targets in the order of their beginning, newest first, with the day before the next one begins. */
export function withEnds(
  targets: readonly TargetView[],
): (TargetView & { until: string | null })[] {
  const sorted = targets.toSorted(newestFirst);
  return sorted.map((target, index) => {
    const next = sorted.slice(0, index).findLast((later) => scopeKey(later) === scopeKey(target));
    return { ...target, until: next?.validFrom ?? null };
  });
}
