/** Cells of what a spreadsheet puts on the clipboard: tabs between, quotes around cells that hold tabs or breaks. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  };
  const plain = text.replaceAll(/\r\n?/g, '\n');
  for (let at = 0; at < plain.length; at++) {
    const sign = plain[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (plain[at + 1] === '"') cell += plain[at++];
      else quoted = false;
    } else if (sign === '"' && cell === '' && closes(plain, at)) quoted = true;
    else if (sign === '\t') endCell();
    else if (sign === '\n') endRow();
    else cell += sign;
  }
  endRow();
  return rows;
}

/** Whether a quote that opens a cell is closed again; a lone inch sign is no quote. */
function closes(text: string, from: number): boolean {
  return /^"(?:[^"]|"")*"(?=[\t\n]|$)/.test(text.slice(from));
}

/** A number as people write it: `1,234.50`, `￥1,234`, `1.2万`, `８５`; null when it is none or could mean two things. */
export function readNumber(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .replaceAll(/[\s¥$€£元]/g, '')
    .replace(/^[A-Z]{3}(?=\d)/, '');
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(万|%)?$/.exec(plain);
  if (!match) return null;
  const value = Number(`${(match[1] ?? '').replaceAll(',', '')}${match[2] ?? ''}`);
  const isTenThousands = match[3] !== undefined && match[3] !== '%';
  return isTenThousands ? Number(`${value}e4`) : value;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-23` when there is such a day. */
function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1970 && year < 2200 ? `${year}-${two(month)}-${two(day)}` : null;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export type DateFault = 'not_a_date' | 'ambiguous_date';
export interface Dates {
  from: string;
  /** The last day that was meant: a month has more than one. */
  to: string;
}

/** Year, month and day, or what stands in their places; undefined where these are no numbers. */
function dateParts(typed: string): number[] | undefined {
  const plain = typed.normalize('NFKC').trim();
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (whole) return whole.slice(1).map(Number);
  const parts = plain.split(/[-/.年月日\s]+/).filter((part) => part !== '');
  const isDate = parts.length <= 3 && parts.every((part) => /^\d{1,4}$/.test(part));
  return isDate ? parts.map(Number) : undefined;
}

/** A day or a month as people write it: `2026/11/23`, `2026年11月`, `20261123`, `23.11.2026`. */
export function readDates(typed: string): Dates | DateFault {
  const [a, b, c] = dateParts(typed) ?? [];
  if (a === undefined || b === undefined) return 'not_a_date';
  if (c === undefined) return monthOf(a, b);
  if (a >= 1000) return single(dayOf(a, b, c));
  // Day or month first: only where one of the two can be no month.
  if (c < 1000) return 'not_a_date';
  if (a <= 12 && b <= 12 && a !== b) return 'ambiguous_date';
  return single(a > 12 ? dayOf(c, b, a) : dayOf(c, a, b));
}

function single(day: string | null): Dates | DateFault {
  return day === null ? 'not_a_date' : { from: day, to: day };
}

function monthOf(a: number, b: number): Dates | DateFault {
  const [year, month] = a >= 1000 ? [a, b] : [b, a];
  const from = dayOf(year, month, 1);
  const to = dayOf(year, month, lastDay(year, month));
  return from === null || to === null ? 'not_a_date' : { from, to };
}
