import type { ImportNotice } from '@yingda/contract';

/** Keeps spreadsheets from reading a cell as a formula, and cells apart. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows that were met, as a table for spreadsheets: file, line, what is wrong, the line itself. */
export function noticesCsv(
  notices: readonly ImportNotice[],
  titles: readonly string[],
  say: (notice: ImportNotice) => string,
): string {
  const rows = notices.flatMap((notice) =>
    notice.places.map(({ file, line, text }) => [file, String(line), say(notice), text]),
  );
  const lines = [titles, ...rows].map((row) => row.map(cell).join(','));
  // With a mark at the front Excel reads it as UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
