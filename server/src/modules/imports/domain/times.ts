import type { DurationUnit, TimeFormat } from '@yingda/contract';

const DAY = 86_400_000;
/** Of the years that a service's logs may be from; anything else is no time. */
const MIN_MS = Date.UTC(1980, 0, 1);
const MAX_MS = Date.UTC(2100, 0, 1);

/**
 * What a text says: `local` milliseconds as if the zone were UTC, or `utc` when it names its zone itself; `time` of the
 * day alone. Undefined: it says none.
 */
export type ReadTime = { kind: 'local' | 'utc' | 'time'; ms: number };

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function day(year: number, month: number, date: number): number | undefined {
  if (month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const ms = Date.UTC(year, month - 1, date);
  return new Date(ms).getUTCDate() === date && ms >= MIN_MS && ms < MAX_MS ? ms : undefined;
}

const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
};

const TIME =
  /^(?:(上午|下午|am|pm)\s*)?(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,6}))?秒?)?\s*(am|pm|a\.m\.|p\.m\.)?$/i;

function hourOf(hour: number, half: string): number | undefined {
  if (half === '') return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.startsWith('p') || half === '下午' ? 12 : 0);
}

/** Milliseconds into the day of `7:02:47`, `14:05`, `2:05 pm`, `00:00:01.5`; undefined when it is none. */
export function readTimeOfDay(text: string): number | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, before, hours, minutes, seconds = '0', fraction = '', after] = match;
  const half = (before ?? after ?? '').toLowerCase();
  const hour = hourOf(Number(hours), half);
  const [minute, second] = [Number(minutes), Number(seconds)];
  if (hour === undefined || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** A day, and after it a time of the day or nothing, and a zone or nothing. */
function withTime(date: number | undefined, rest: string): ReadTime | undefined {
  if (date === undefined) return undefined;
  let clock = rest.replace(/^[T日\s,]+/, '').trim();
  if (clock === '') return { kind: 'local', ms: date };
  const zone = /\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)$/i.exec(clock);
  if (zone) clock = clock.slice(0, zone.index);
  // 2026-11-23 14:05:06.5 and 140506 alike.
  const packed = /^(\d{2})(\d{2})(\d{2})$/.exec(clock);
  const time = readTimeOfDay(packed ? `${packed[1]}:${packed[2]}:${packed[3]}` : clock);
  if (time === undefined) return undefined;
  if (!zone) return { kind: 'local', ms: date + time };
  const minutes = zone[1] ? 0 : Number(zone[3]) * 60 + Number(zone[4] ?? 0);
  return { kind: 'utc', ms: date + time - (zone[2] === '-' ? -minutes : minutes) * 60_000 };
}

const patterned =
  (pattern: RegExp, order: (parts: string[]) => number | undefined) =>
  (text: string): ReadTime | undefined => {
    const match = pattern.exec(text);
    return match ? withTime(order(match.slice(1)), text.slice(match[0].length)) : undefined;
  };
const at = (parts: string[], index: number): string => parts[index] ?? '';
const numbers = (year: number, month: number, date: number) => (parts: string[]) =>
  day(fullYear(at(parts, year)), Number(at(parts, month)), Number(at(parts, date)));
const named = (year: number, month: number, date: number) => (parts: string[]) =>
  day(
    fullYear(at(parts, year)),
    months.indexOf(at(parts, month).toLowerCase()) + 1,
    Number(at(parts, date)),
  );
const scaled =
  (factor: number, pattern: RegExp) =>
  (text: string): ReadTime | undefined => {
    if (!pattern.test(text)) return undefined;
    const ms = Math.round(Number(text) * factor);
    return ms >= MIN_MS && ms < MAX_MS ? { kind: 'utc', ms } : undefined;
  };

const [SPACE, PLUS, DASH, COLON, LETTER_T] = [32, 43, 45, 58, 84];
/** The two digits at a place as a number; NaN when they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Minutes east of Greenwich that `+08:00` at a place of a text says; NaN for anything else. */
function offsetAt(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if ((sign !== PLUS && sign !== DASH) || text.charCodeAt(at + 3) !== COLON) return Number.NaN;
  const minutes = twoDigits(text, at + 1) * 60 + twoDigits(text, at + 4);
  return sign === DASH ? -minutes : minutes;
}

/** Milliseconds of `2026-11-23 14:05:06`, or with a T, at the beginning of a text; undefined when it is none. */
function plainTime(text: string): number | undefined {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  const between = text.charCodeAt(10);
  if (between !== SPACE && between !== LETTER_T) return undefined;
  const [hours, minutes, seconds] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const date = day(year, twoDigits(text, 5), twoDigits(text, 8));
  return date === undefined ? undefined : date + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** The way most logs write a time, with its zone or without, read without patterns; undefined for all others. */
function plainIso(text: string): ReadTime | undefined {
  if (text.length !== 19 && text.length !== 25) return undefined;
  const ms = plainTime(text);
  if (ms === undefined) return undefined;
  if (text.length === 19) return { kind: 'local', ms };
  const offset = offsetAt(text, 19);
  return Number.isNaN(offset) ? undefined : { kind: 'utc', ms: ms - offset * 60_000 };
}

const anyIso = patterned(/^(\d{4})-(\d{1,2})-(\d{1,2})(?=[T\s]|$)/, numbers(0, 1, 2));

const readers: Record<TimeFormat, (text: string) => ReadTime | undefined> = {
  iso: (text) => plainIso(text) ?? anyIso(text),
  ymd: patterned(/^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?(?=\s|$)/, numbers(0, 1, 2)),
  dmy: patterned(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?=[\s,T]|$)/, numbers(2, 1, 0)),
  mdy: patterned(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?=[\s,T]|$)/, numbers(2, 0, 1)),
  d_mon_y: patterned(
    /^(\d{1,2})[\s/-]([a-z]{3})[a-z]*\.?[\s/,-]+(\d{4}|\d{2})(?=[\s,T:]|$)/i,
    named(2, 1, 0),
  ),
  mon_d_y: patterned(/^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?=[\s,T]|$)/i, named(2, 0, 1)),
  yyyymmdd: patterned(/^((?:19|20)\d{2})(\d{2})(\d{2})(?=\d{6}$|T\d{6}|\s|$)/, numbers(0, 1, 2)),
  yymmdd: patterned(/^(\d{2})(\d{2})(\d{2})(?=\d{6}$|\s|$)/, numbers(0, 1, 2)),
  ddmmyy: patterned(/^(\d{2})(\d{2})(\d{2})(?=\d{6}$|\s|$)/, numbers(2, 1, 0)),
  epoch_s: scaled(1000, /^\d{9,10}(?:\.\d+)?$/),
  epoch_ms: scaled(1, /^\d{12,13}$/),
  epoch_us: scaled(0.001, /^\d{15,16}$/),
  excel: (text) => {
    if (!/^\d{5}(?:[.,]\d+)?$/.test(text)) return undefined;
    const ms = Math.round((Number(text.replace(',', '.')) - 25_569) * DAY);
    return ms >= MIN_MS && ms < MAX_MS ? { kind: 'local', ms } : undefined;
  },
  time: (text) => {
    const ms = readTimeOfDay(text);
    return ms === undefined ? undefined : { kind: 'time', ms };
  },
};

/** Reads one value as the format says; undefined when it is none of it. */
export function readTime(format: TimeFormat, text: string): ReadTime | undefined {
  return readers[format](text.trim());
}

const placeholders = new Set(['', '-', '--', '—', 'n/a', 'na', 'null', 'none', '\\n', '无', '空']);

/** Whether a text is what programs and people write where there is no time. */
export const isNothing = (text: string): boolean => placeholders.has(text.trim().toLowerCase());

/** Of the values of a column as many may be spoilt without its being anything else: rows of those are told as errors. */
const SPOILT = 0.05;

/** Whether what fits a number of values is what nearly all of them are; of three or more, one may be spoilt. */
export const areMost = (fitting: number, all: number): boolean =>
  fitting > 0 && all - fitting <= Math.max(all < 3 ? 0 : 1, all * SPOILT);

/** The formats that read the most of the values, should these be nearly all; most usual first. */
export function formatsOf(values: readonly string[], among: readonly TimeFormat[]): TimeFormat[] {
  const fitting = among.map(
    (format) => values.filter((value) => readTime(format, value) !== undefined).length,
  );
  const most = Math.max(0, ...fitting);
  return areMost(most, values.length) ? among.filter((_, index) => fitting[index] === most) : [];
}

const CLOCK = /^(-?)(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?$/;
const factors = { s: 1000, ms: 1, min: 60_000, excel: DAY } as const;

/** A length of time in milliseconds (may be negative); undefined when the text is none. */
export function readDuration(unit: DurationUnit, given: string): number | undefined {
  const text = given.trim();
  if (unit === 'clock') {
    const match = CLOCK.exec(text);
    if (!match) return undefined;
    const [, sign, hours = '0', minutes, seconds, fraction = ''] = match;
    if (Number(seconds) > 59) return undefined;
    const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    const ms = whole * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
    return sign === '-' ? -ms : ms;
  }
  if (unit === 's' && text.length < 6 && /^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^-?\d+(?:[.,]\d+)?$/.test(text)) return undefined;
  const ms = Math.round(Number(text.replace(',', '.')) * factors[unit]);
  return Math.abs(ms) < 400 * DAY ? ms : undefined;
}
