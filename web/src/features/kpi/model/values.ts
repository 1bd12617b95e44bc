import { standardDirections } from '@yingda/contract';
import type { StandardKey, StandardUnit, TargetBand } from '@yingda/contract';
import { formatClock } from '../../../lib/format.ts';
import { currentLanguage } from '../../../lib/language.ts';
import { formatMoney, moneySign, toMajor } from '../../../lib/money.ts';

/** What a missing value reads as. */
export const nothing = '–';

const formats = new Map<string, Intl.NumberFormat>();
function number(value: number, options: Intl.NumberFormatOptions): string {
  const key = `${currentLanguage()}|${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(currentLanguage(), options);
  formats.set(key, known);
  return known.format(value);
}

const secondsInClock = 100;

/** A value with its unit, as short as it can be read: `82.4%`, `38 s`, `5:12`, `¥3.20`. */
export function formatValue(value: number | null, unit: StandardUnit, currency: string): string {
  if (value === null) return nothing;
  switch (unit) {
    case 'percent':
      return number(value / 100, { style: 'percent', maximumFractionDigits: 1 });
    case 'seconds':
      return Math.abs(value) >= secondsInClock
        ? `${value < 0 ? '-' : ''}${formatClock(Math.abs(value) * 1000)}`
        : number(value, {
            style: 'unit',
            unit: 'second',
            unitDisplay: 'narrow',
            maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
          });
    case 'money':
      return formatMoney(value, currency);
    case 'count':
      return number(value, { maximumFractionDigits: 0 });
    default:
      return number(value, { maximumFractionDigits: 1 });
  }
}

/** The same for an axis, where there is room for few letters. */
export function formatTick(value: number, unit: StandardUnit, currency: string): string {
  if (unit === 'money')
    return `${moneySign(currency)}${number(toMajor(value, currency), { maximumFractionDigits: 2 })}`;
  if (unit === 'count') return number(value, { notation: 'compact' });
  return formatValue(value, unit, currency);
}

export interface Change {
  direction: 'up' | 'down' | 'same';
  /** Percentages differ in points; everything else in per cent of what it was. */
  by: 'points' | 'percent';
  amount: number;
}

/** How a value differs from an earlier one; null when one of them is missing or there was nothing to compare with. */
export function changeOf(
  value: number | null,
  before: number | null,
  unit: StandardUnit,
): Change | null {
  if (value === null || before === null) return null;
  const by = unit === 'percent' ? 'points' : 'percent';
  if (by === 'percent' && before === 0)
    return value === 0 ? { direction: 'same', by, amount: 0 } : null;
  const raw = by === 'points' ? value - before : ((value - before) / Math.abs(before)) * 100;
  const amount = Math.round(Math.abs(raw) * 10) / 10;
  const direction = amount === 0 ? 'same' : raw > 0 ? 'up' : 'down';
  return { direction, by, amount };
}

export const formatAmount = (amount: number): string =>
  number(amount, { maximumFractionDigits: 1 });

/**
 * The part of a band that a value is judged by: what is better the lower cannot be too low, what is better the higher
 * not too high.
 */
export function judgedBand<B extends TargetBand>(key: StandardKey, band: B): B {
  const direction = standardDirections[key];
  if (direction === 'lower') return { ...band, low: null };
  return direction === 'higher' ? { ...band, high: null } : band;
}

export type Standing = 'in' | 'below' | 'above';

/** Where a value stands to its band; null without a value or without a band. */
export function standingOf(
  value: number | null,
  { low, high }: Pick<TargetBand, 'low' | 'high'>,
): Standing | null {
  if (value === null || (low === null && high === null)) return null;
  if (low !== null && value < low) return 'below';
  return high !== null && value > high ? 'above' : 'in';
}

/** The band in force at a date: the last that began by then. */
export function bandAt<B extends { from: string }>(
  bands: readonly B[] | undefined,
  date: string,
): B | undefined {
  return bands?.findLast(({ from }) => from <= date) ?? bands?.[0];
}
