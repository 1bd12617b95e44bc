import type { RegisterColumn, RegisterKey, RegisterRow } from '@yingda/contract';
import { registerColumns } from '@yingda/contract';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { formatMoney, toMajor, toMinor } from '../../../lib/money.ts';

/** What a cell needs to be read by people. */
export interface CellWords {
  /** A word of the column in the reader's language. */
  word: (column: string, value: string) => string;
  zone: string;
  currency: string;
}

type Value = RegisterRow['values'][string];

/** A cell as people read it; empty when nothing is known. */
export function cellText(
  { key, kind }: RegisterColumn,
  value: Value | undefined,
  { word, zone, currency }: CellWords,
): string {
  if (value === null || value === undefined || value === '') return '';
  if (kind === 'time') return formatDateTime(value, zone);
  if (kind === 'word') return word(key, String(value));
  if (kind === 'money') return formatMoney(Number(value), currency);
  return kind === 'number' ? formatNumber(Number(value)) : String(value);
}

/** Columns that people write. */
export const enteredColumns = (register: RegisterKey): RegisterColumn[] =>
  registerColumns[register].filter(({ entered }) => entered === true);

/** A value as its field holds it: money in whole units. */
export function fieldText(
  { kind }: RegisterColumn,
  value: Value | undefined,
  currency: string,
): string {
  if (value === null || value === undefined) return '';
  return kind === 'money' ? String(toMajor(Number(value), currency)) : String(value);
}

/** What a field holds as the server takes it; an empty one clears the value. */
export function fieldValue({ kind }: RegisterColumn, typed: string, currency: string): Value {
  const text = typed.trim();
  if (text === '') return null;
  if (kind === 'money') return toMinor(Number(text), currency);
  return kind === 'number' ? Number(text) : text;
}

/** Numbers as people type them into one line. */
export const phonesOf = (typed: string): string[] =>
  typed
    .split(/[,，、;；\n]/)
    .map((phone) => phone.trim())
    .filter((phone) => phone !== '')
    .slice(0, 5);
