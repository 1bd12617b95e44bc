const DAY_MS = 86_400_000;
/** Of the formats every spreadsheet has built in: dates, times, and lengths of time. */
const builtInDates = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58,
]);
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56]);

export type CellStyle = 'plain' | 'date' | 'time';

/** Whether numbers of a format are dates, times of the day, or just numbers. */
export function styleOf(formatId: number, code: string | undefined): CellStyle {
  if (code === undefined) {
    if (builtInDates.has(formatId)) return 'date';
    return builtInTimes.has(formatId) ? 'time' : 'plain';
  }
  // Without texts in quotes, escaped letters, colours and conditions; [h] counts hours and stays.
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/general|[#0?]/.test(bare.replaceAll(/\.0+/g, '')) && !/[ydhs]/.test(bare)) return 'plain';
  if (/[yd年日]/.test(bare)) return 'date';
  return /[hs时秒]/.test(bare) ? 'time' : 'plain';
}

const two = (value: number): string => String(value).padStart(2, '0');

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A number of a spreadsheet as people see it: dates and times as text, by the cell's style. */
export function cellText(value: string, style: CellStyle, is1904: boolean): string {
  if (style === 'plain' || value === '') return value;
  const days = Number(value);
  if (!Number.isFinite(days)) return value;
  if (style === 'time' || (days >= 0 && days < 1)) return clock(days * DAY_MS);
  const base = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const at = new Date(base + Math.round(days * 86_400) * 1000);
  if (Number.isNaN(at.getTime())) return value;
  const iso = at.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** Number from 0 of the column in a reference such as `AB12`; -1 when it is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}
