import { registerColumns } from '@yingda/contract';
import type { Fault, RegisterColumn, RegisterKey } from '@yingda/contract';

export type Given = Record<string, string | number | null>;
export type Entered = Record<string, string | number>;

const MOST_TEXT = 300;
const isEmpty = (value: string | number | null): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';

/** Which values each kind of column takes. */
const fits: Record<
  RegisterColumn['kind'],
  (value: string | number, column: RegisterColumn) => boolean
> = {
  number: isNumber,
  money: (value) => Number.isInteger(value),
  word: (value, { words = [] }) => isText(value) && words.includes(value),
  text: isText,
  long: isText,
  time: () => false,
};

function faultOf(column: RegisterColumn, value: string | number): string | null {
  const isGrade = column.key !== 'satisfaction' || [1, 2, 3, 4, 5].includes(Number(value));
  if (!isGrade || !fits[column.kind](value, column)) return 'invalid_value';
  return column.kind === 'text' && isText(value) && value.length > MOST_TEXT ? 'too_big' : null;
}

export type Checked = {
  /** What is entered after the change; empty values are taken away. */
  entered: Entered;
  faults: Fault[];
  /** Columns that nobody may enter. */
  closed: string[];
};

/** What stands entered on a line of a register after a change. */
export function enter(register: RegisterKey, before: Entered, given: Given): Checked {
  const columns = new Map(registerColumns[register].map((column) => [column.key, column]));
  const checked: Checked = { entered: { ...before }, faults: [], closed: [] };
  for (const [key, value] of Object.entries(given)) {
    const column = columns.get(key);
    if (!column?.entered) {
      checked.closed.push(key);
      continue;
    }
    if (value === null || isEmpty(value)) {
      delete checked.entered[key];
      continue;
    }
    const kind = faultOf(column, value);
    if (kind) {
      const params = kind === 'too_big' ? { max: MOST_TEXT } : undefined;
      checked.faults.push({ path: `values.${key}`, kind, ...(params && { params }) });
    } else checked.entered[key] = value;
  }
  return checked;
}
