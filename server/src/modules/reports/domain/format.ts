import type { Locale, StandardUnit, TargetBand } from '@yingda/contract';
import type { Cell, CellKind, ReportDocument } from './document.ts';
import { wordsIn } from './words.ts';

const formatters = new Map<string, Intl.NumberFormat>();

function numberText(locale: Locale, value: number, options: Intl.NumberFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, options);
  formatters.set(key, known);
  return known.format(value);
}

const two = (n: number): string => String(n).padStart(2, '0');
const SECONDS_IN_CLOCK = 100;

/** `4.3s`, `38s`, and as a clock from 100 seconds on: `5:12`, `1:02:03`. */
function secondsText(locale: Locale, value: number): string {
  if (value < SECONDS_IN_CLOCK) {
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return numberText(locale, value, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'narrow',
      maximumFractionDigits,
    });
  }
  const whole = Math.floor(value);
  const [hours, minutes, seconds] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Minor units that make one whole one: 100 for most currencies, 1 for the yen. */
export function minorUnits(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return 10 ** maximumFractionDigits;
}

/** A value of a standard as a cell holds it: money in whole units of the currency, all else as it is. */
export function shown(value: number | null, unit: StandardUnit, currency: string): number | null {
  return value === null || unit !== 'money' ? value : value / minorUnits(currency);
}

/** A number with its unit, as short as it can be read: the same text as on the screen. */
export function valueText(
  value: number | null,
  kind: CellKind,
  { locale, currency, words }: Pick<ReportDocument, 'locale' | 'currency' | 'words'>,
): string {
  if (value === null) return words.noValue;
  if (kind === 'seconds') return secondsText(locale, value);
  if (kind === 'percent') {
    return numberText(locale, value / 100, { style: 'percent', maximumFractionDigits: 1 });
  }
  if (kind === 'money') {
    return numberText(locale, value, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
  }
  return numberText(locale, value, { maximumFractionDigits: kind === 'count' ? 0 : 1 });
}

export function cellText(
  { value, kind }: Cell,
  document: Pick<ReportDocument, 'locale' | 'currency' | 'words'>,
): string {
  return typeof value === 'string' ? value : valueText(value, kind, document);
}

/** `30–60 s`, `≥ 92 %`, `≤ 20 s`; empty where there is none. Values as cells hold them. */
export function rangeText(
  { low, high }: TargetBand,
  kind: CellKind,
  document: Pick<ReportDocument, 'locale' | 'currency' | 'words'>,
): string {
  const say = (value: number) => valueText(value, kind, document);
  if (low !== null && high !== null) return `${say(low)} – ${say(high)}`;
  if (low !== null) return `≥ ${say(low)}`;
  return high === null ? '' : `≤ ${say(high)}`;
}

/** What stands in brackets behind a title because the numbers below do not carry it. */
export function unitText(kind: StandardUnit, locale: Locale, currency: string): string {
  const { units } = wordsIn(locale);
  const texts: Record<StandardUnit, string> = {
    percent: '%',
    seconds: units.seconds,
    money: currency,
    count: '',
    rings: units.rings,
    score: '',
    per_hour: units.perHour,
  };
  return texts[kind];
}
