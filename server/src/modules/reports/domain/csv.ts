import type { Cell, Column, Table } from './document.ts';

/**
 * Text that a spreadsheet would take for a formula, also behind spaces or in full-width signs, is made text by an
 * apostrophe (OWASP, CSV injection). Numbers never come here.
 */
export function harmless(text: string): string {
  return isRisky(text) ? `'${text}` : text;
}

export function isRisky(text: string): boolean {
  return /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(text);
}

/** RFC 4180: fields with comma, quote or line end in quotes, quotes doubled. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellField({ value }: Cell): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : field(harmless(value));
}

function titleField({ title, unit }: Column): string {
  return field(harmless(unit ? `${title} (${unit})` : title));
}

/** The table as CSV with a byte order mark, so that Excel reads it as UTF-8. */
export function csvOf({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const lines = [columns.map(titleField), ...rows.map((row) => row.map(cellField))];
  return `\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`;
}
