import type { Delimiter, ImportKind, ImportSentence } from '@yingda/contract';
import { fieldsOf } from './fields.ts';
import { readQueueLine } from './queue-log-line.ts';
import { formatsOf, readTime } from './times.ts';

const delimiters: readonly Delimiter[] = ['\t', ',', ';', '|'];

/** What parts the columns: the sign that parts most lines into the same number of them. */
export function delimiterOf(lines: string[]): Delimiter {
  const scored = delimiters.map((delimiter) => {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const columns = fieldsOf(line, delimiter).length;
      counts.set(columns, (counts.get(columns) ?? 0) + 1);
    }
    const [columns = 1, agreeing = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    return {
      delimiter,
      score: columns > 1 ? (agreeing / Math.max(1, lines.length)) * 100 + Math.min(columns, 50) : 0,
    };
  });
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best.delimiter : ',';
}

const isValue = (cell: string): boolean =>
  /^-?\d+([.,]\d+)?$/.test(cell) ||
  formatsOf([cell], ['iso', 'ymd', 'dmy', 'mdy', 'time', 'd_mon_y']).length > 0;

/** Whether the first row names the columns: it holds no value, and rows below it do. */
export function hasHeaderRow(rows: string[][]): boolean {
  const [first, ...rest] = rows;
  if (!first || first.some((cell) => isValue(cell.trim()))) return false;
  const names = first.filter((cell) => cell.trim() !== '');
  return (
    names.length > 0 &&
    (rest.length === 0 || rest.some((row) => row.some((cell) => isValue(cell.trim()))))
  );
}

const dispositions = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'UNKNOWN']);
const celEvents =
  /^(CHAN_START|CHAN_END|ANSWER|HANGUP|APP_START|APP_END|BRIDGE_(START|END|ENTER|EXIT)|LINKEDID_END|BLINDTRANSFER|ATTENDEDTRANSFER|PICKUP|PARK_(START|END)|FORWARD|USER_DEFINED|LOCAL_OPTIMIZE\w*)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isTime = (cell: string | undefined): boolean =>
  cell !== undefined && readTime('iso', cell) !== undefined;
const shareOf = (rows: string[][], fits: (row: string[]) => boolean): number =>
  rows.filter(fits).length / Math.max(1, rows.length);

const fitsCdr = (row: string[]): boolean =>
  row.length >= 14 && isTime(row[9]) && isTime(row[11]) && dispositions.has(row[14] ?? '');
const fitsCel = (row: string[]): boolean => row.length >= 8 && celEvents.test(row[0] ?? '');
const fitsSwitch = (row: string[]): boolean =>
  row.length >= 11 &&
  isTime(row[4]) &&
  isTime(row[6]) &&
  /^[A-Z_]+$/.test(row[9] ?? '') &&
  UUID.test(row[10] ?? '');

const named = (row: string[] | undefined, names: string[]): boolean => {
  const header = new Set((row ?? []).map((cell) => cell.trim().toLowerCase()));
  return names.every((name) => header.has(name));
};

export type KindGuess = { kind: ImportKind; kindReason: ImportSentence };
const guess = (
  kind: ImportKind,
  code: string,
  params: ImportSentence['params'] = {},
): KindGuess => ({
  kind,
  kindReason: { code, params },
});

/** What kind of file begins with these lines. */
export function kindOf(lines: string[]): KindGuess {
  const some = lines.filter((line) => line.trim() !== '').slice(0, 200);
  const queue = some.filter((line) => readQueueLine(line, (at) => at) !== null).length;
  if (queue > some.length * 0.6 && queue > 0) {
    return guess('queue_log', 'kind_queue_log', { count: queue, of: some.length });
  }
  const start = (some[0] ?? '').trimStart();
  if (start.startsWith('{') || start.startsWith('[')) {
    return guess('freeswitch_json', 'kind_freeswitch_json');
  }
  const rows = some.map((line) => fieldsOf(line, ','));
  if (named(rows[0], ['lastapp', 'disposition', 'uniqueid']) || shareOf(rows, fitsCdr) > 0.6) {
    return guess('asterisk_cdr', 'kind_asterisk_cdr');
  }
  if (named(rows[0], ['eventtype', 'uniqueid', 'linkedid']) || shareOf(rows, fitsCel) > 0.6) {
    return guess('asterisk_cel', 'kind_asterisk_cel');
  }
  if (named(rows[0], ['hangup_cause', 'uuid', 'start_stamp']) || shareOf(rows, fitsSwitch) > 0.6) {
    return guess('freeswitch_csv', 'kind_freeswitch_csv');
  }
  return guess('table', 'kind_table');
}
