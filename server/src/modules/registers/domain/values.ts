import { registerColumns } from '@yingda/contract';
import type { Fault, RegisterColumn, RegisterKey } from '@yingda/contract';

export type Given = Record<string, string | number | null>;
export type Entered = Record<string, string | number>;

const MOST_TEXT = 300;
const isEmpty = (value: string | number | null): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');

function faultOf({ key, kind, words = [] }: RegisterColumn, value: string | number): string | null {
  if (key === 'satisfaction') {
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
      ? null
      : 'invalid_value';
  }
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? null : 'invalid_value';
    case 'money':
      return typeof value === 'number' && Number.isInteger(value) ? null : 'invalid_value';
    case 'word':
      return typeof value === 'string' && words.includes(value) ? null : 'invalid_value';
    case 'text':
      return typeof value !== 'string'
        ? 'invalid_value'
        : value.length > MOST_TEXT
          ? 'too_big'
          : null;
    default:
      return typeof value === 'string' ? null : 'invalid_value';
  }
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
