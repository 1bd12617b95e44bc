import type { ColumnMapping, ColumnRole, ImportMapping } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { ownText } from './model.ts';
import { isNothing, readDuration, readTime } from './times.ts';
import type { ReadTime } from './times.ts';
import { toUtcOf } from './zone.ts';

export const timeRoles: readonly ColumnRole[] = [
  'date',
  'arrived_at',
  'menu_start',
  'menu_end',
  'queued_at',
  'left_queue_at',
  'answered_at',
  'ended_at',
];
export const durationRoles: readonly ColumnRole[] = [
  'menu_time',
  'wait',
  'ring',
  'talk',
  'hold',
  'wrap_up',
];

/** A cell cannot be read as its column says. */
export class CellError extends Error {
  readonly code: string;
  readonly params: Record<string, string>;

  constructor(code: string, params: Record<string, string>) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

type Fields = string[];
const HALF_DAY = 43_200_000;
const DAY = 86_400_000;
const REMEMBERED = 20_000;

/** The value of something for each different text, worked out once for as many texts as are worth it. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const value = read(text);
    known.set(ownText(text), value);
    return value;
  };
}

/** When a row's column says; null: nothing stands there. `isNone`: a value written for "none" can be one here. */
type TimeReader = (fields: Fields, near: number | null, isNone: boolean) => number | null;
type DurationReader = (fields: Fields) => number | null;
type TextReader = (fields: Fields) => string;

/** Columns of a table by what they tell, ready to read row after row. Those that are not there say nothing. */
export type Columns = {
  /** Set when a time of the row was taken as one of the next day. */
  met: { midnight: boolean };
  has(role: ColumnRole): boolean;
  time(role: ColumnRole): TimeReader;
  duration(role: ColumnRole): DurationReader;
  text(role: ColumnRole): TextReader;
  /** One more than the last column that is read. */
  width: number;
  keyOf: TextReader;
};

const isUndecided = ({ role, format, unit }: ColumnMapping): boolean =>
  (timeRoles.includes(role) && format === null) || (durationRoles.includes(role) && unit === null);

function dayReader(column: ColumnMapping | undefined): (fields: Fields) => number {
  if (!column?.format) {
    return () => {
      throw new CellError('time_without_date', {});
    };
  }
  const { format } = column;
  const read = remembering((text: string) => {
    const found = readTime(format, text);
    if (!found || found.kind === 'time') return null;
    return found.ms - (found.kind === 'local' ? found.ms % DAY : 0);
  });
  return (fields) => {
    const text = fields[column.column] ?? '';
    const day = read(text);
    if (day === null) throw new CellError('time_unreadable', nameAndValue(column, text));
    return day;
  };
}

type TimeContext = {
  zone: string;
  noTime: ReadonlySet<string>;
  dayOf: (fields: Fields) => number;
  met: Columns['met'];
};

function timeReader(column: ColumnMapping | undefined, context: TimeContext): TimeReader {
  if (!column?.format) return () => null;
  const { format } = column;
  const { noTime, dayOf, met } = context;
  const toUtc = toUtcOf(column.zone ?? context.zone);
  const read = (text: string): ReadTime | null => {
    const fast = format === 'time' ? clockOf(text) : -1;
    if (fast >= 0) return { kind: 'time', ms: fast };
    const found = readTime(format, text);
    if (found) return found;
    if (isNothing(text)) return null;
    throw new CellError('time_unreadable', nameAndValue(column, text));
  };
  /** A time of the day far before the arrival is one after midnight. */
  const onItsDay = (day: number, ms: number, near: number | null): number => {
    const at = toUtc(day + ms);
    if (near === null || at >= near - HALF_DAY) return at;
    met.midnight = true;
    return toUtc(day + DAY + ms);
  };
  return (fields, near, isNone) => {
    const text = (fields[column.column] ?? '').trim();
    if (text === '' || (isNone && noTime.has(text))) return null;
    const found = read(text);
    if (found === null) return null;
    const { kind, ms } = found;
    if (kind === 'utc') return ms;
    return kind === 'local' ? toUtc(ms) : onItsDay(dayOf(fields), ms, near);
  };
}

function durationReader(column: ColumnMapping | undefined): DurationReader {
  if (!column?.unit) return () => null;
  const { unit } = column;
  return (fields) => {
    const text = fields[column.column] ?? '';
    if (text === '' || text.trim() === '') return null;
    const ms = readDuration(unit, text);
    if (ms !== undefined) return ms;
    if (isNothing(text)) return null;
    throw new CellError('duration_unreadable', nameAndValue(column, text));
  };
}

function textReader(column: ColumnMapping | undefined): TextReader {
  if (!column) return () => '';
  // Nearly every row has another customer: nothing to remember.
  if (column.role === 'customer') {
    return (fields) => (fields[column.column] ?? '').trim().slice(0, 120);
  }
  const clean = remembering((text: string) => ownText(text.trim().slice(0, 120)));
  return (fields) => clean(fields[column.column] ?? '');
}

/** Problems: `import.undecided`, `import.no_arrival`. */
export function compileColumns(mapping: ImportMapping, zone: string): Columns {
  const used = mapping.columns.filter(({ role }) => role !== 'ignore');
  const of = (role: ColumnRole) => used.find((column) => column.role === role);
  if (used.some(isUndecided)) throw new Problem('import.undecided');
  if (!of('arrived_at') && !of('menu_start') && !of('queued_at')) {
    throw new Problem('import.no_arrival');
  }
  const met = { midnight: false };
  const context = { zone, noTime: new Set(mapping.noTime), dayOf: dayReader(of('date')), met };
  const keys = used.filter(({ role }) => role === 'key').map(({ column }) => column);
  return {
    met,
    has: (role) => of(role) !== undefined,
    time: (role) => timeReader(of(role), context),
    duration: (role) => durationReader(of(role)),
    text: (role) => textReader(of(role)),
    width: Math.max(0, ...used.map(({ column }) => column + 1)),
    keyOf: (fields) =>
      keys.length === 0 ? fields.join('\t') : keys.map((column) => fields[column]).join('/'),
  };
}

const COLON = 58;
const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
};

/** Milliseconds into the day of `7:02:47` or `07:02:47`, the way nearly all logs write it; -1 for all others. */
function clockOf(text: string): number {
  const start = text.length === 7 ? 1 : 2;
  if (text.length !== start + 6 || text.charCodeAt(start) !== COLON) return -1;
  if (text.charCodeAt(start + 3) !== COLON) return -1;
  const hours = start === 1 ? digit(text, 0) : digit(text, 0) * 10 + digit(text, 1);
  const minutes = digit(text, start + 1) * 10 + digit(text, start + 2);
  const seconds = digit(text, start + 4) * 10 + digit(text, start + 5);
  const isTime = hours < 24 && minutes < 60 && seconds < 60;
  return isTime ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : -1;
}

function nameAndValue(column: ColumnMapping, text: string): Record<string, string> {
  return { column: column.header ?? String(column.column + 1), value: text.slice(0, 60) };
}

const yes = new Set('1 y yes true t x 是 有 √ 转接 已转接 已解决 solved transferred'.split(' '));
const no = new Set(['', ...'0 n no false f 否 无 未转接 未解决 -'.split(' ')]);

/** Whether a text says yes; undefined when it says neither. */
export function readFlag(text: string): boolean | undefined {
  const given = text.trim().toLowerCase();
  if (yes.has(given)) return true;
  return no.has(given) ? false : undefined;
}
