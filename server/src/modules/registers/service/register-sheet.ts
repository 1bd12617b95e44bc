import { registerColumns } from '@yingda/contract';
import type { Locale, RegisterColumn, RegisterKey } from '@yingda/contract';
import type { Say } from '../adapters/texts.ts';
import { box, localTime, minorUnits } from '../../reports/index.ts';
import type { Cell, Grid, GridBox } from '../../reports/index.ts';
import type { RowRow } from '../store/rows.ts';

/** What a register is drawn from. */
export type Sheet = {
  register: RegisterKey;
  rows: RowRow[];
  /** True: there are more lines than fit. */
  isCut: boolean;
  locale: Locale;
  say: Say;
  organisation: string;
  timeZone: string;
  currency: string;
  from: string;
  to: string;
  now: Date;
};

const widths: Record<RegisterColumn['kind'], number> = {
  text: 12,
  long: 26,
  time: 13,
  word: 10,
  number: 8,
  money: 14,
};
/** Columns whose values are longer or shorter than others of their kind, in letters. */
const own: Record<string, number> = {
  phones: 15,
  email: 22,
  address: 22,
  subject: 18,
  product: 16,
  recorder: 9,
  planner: 9,
  handler: 9,
  reviewer: 9,
};
const SERIAL = 7;
/** Columns of numbers that are read in one piece: as wide as the longest, so that none is broken, within bounds. */
const unbroken = new Set(['number', 'contractNumber']);
const SHORTEST = 8;
const LONGEST = 26;
/** A digit takes more than the half of a Chinese letter that counts as one, and a box has its edges. */
const wideFor = (letters: number): number =>
  Math.ceil(Math.min(Math.max(letters, SHORTEST), LONGEST) * 1.2) + 3;

function widthOf({ key, kind }: RegisterColumn, rows: RowRow[]): number {
  if (!unbroken.has(key)) return own[key] ?? widths[kind];
  return wideFor(Math.max(0, ...rows.map(({ values }) => String(values[key] ?? '').length)));
}

export const columnTitle = (
  { say, register }: Pick<Sheet, 'say' | 'register'>,
  key: string,
): string => say(key === 'at' ? 'columns.at.'.concat(register) : `columns.${key}`);

/** A value of a line as people read it. */
export function cellOf(
  { say, timeZone, currency }: Pick<Sheet, 'say' | 'timeZone' | 'currency'>,
  column: RegisterColumn,
  row: RowRow,
): Cell {
  const { key, kind } = column;
  const value = key === 'at' ? row.at.toISOString() : (row.values[key] ?? null);
  if (value === null || value === '') return { value: null, kind: 'text' };
  if (kind === 'time') {
    return { value: localTime(timeZone, Date.parse(String(value))), kind: 'time' };
  }
  if (kind === 'word') return { value: say(`words.${key}.${value}`), kind: 'text' };
  if (kind === 'money') return { value: Number(value) / minorUnits(currency), kind: 'money' };
  return kind === 'number'
    ? { value: Number(value), kind: 'count' }
    : { value: String(value), kind: 'text' };
}

const asBox = (one: Cell): GridBox => ({ ...one, look: 'value', span: 1 });

function totals(sheet: Sheet, columns: readonly RegisterColumn[]): GridBox[] | null {
  const place = columns.findIndex(({ kind }) => kind === 'money');
  const money = columns[place];
  if (!money || sheet.rows.length === 0) return null;
  const sum = sheet.rows.reduce((total, row) => total + Number(row.values[money.key] ?? 0), 0);
  const rest = columns.length - place - 1;
  return [
    box('label', sheet.say('sheet.amount'), place + 1),
    { look: 'value', span: 1, kind: 'money', value: sum / minorUnits(sheet.currency) },
    ...(rest > 0 ? [box('label', '', rest)] : []),
  ];
}

/** A register in the layout of its paper form. */
export function registerGrid(sheet: Sheet): Grid {
  const { register, rows, say, now, timeZone, from, to } = sheet;
  const columns = registerColumns[register];
  const all = columns.length + 1;
  const half = Math.floor(all / 2);
  const title = say(`titles.${register}`);
  const made = say('sheet.made', { time: localTime(timeZone, now.getTime()) });
  const sums = totals(sheet, columns);
  const note = sheet.isCut
    ? say('sheet.tooMany', { count: rows.length })
    : say(rows.length === 0 ? 'sheet.none' : 'sheet.count', { count: rows.length });
  return {
    locale: sheet.locale,
    title,
    organisation: sheet.organisation,
    currency: sheet.currency,
    wide: true,
    widths: [SERIAL, ...columns.map((column) => widthOf(column, rows))],
    header: 3,
    mostLines: 8,
    pageText: say('sheet.page'),
    noValue: '',
    rows: [
      { boxes: [box('title', title, all)] },
      { boxes: [{ ...box('subtitle', sheet.organisation, all), align: 'center' }] },
      {
        boxes: [
          box('subtitle', say('sheet.period', { from, to }), half),
          { ...box('subtitle', made, all - half), align: 'right' },
        ],
      },
      {
        boxes: [
          box('header', say('columns.serial')),
          ...columns.map(({ key }) => box('header', columnTitle(sheet, key))),
        ],
        lines: 2,
      },
      ...rows.map((row, index) => ({
        boxes: [
          { ...box('value', String(index + 1)), align: 'center' as const },
          ...columns.map((column) => asBox(cellOf(sheet, column, row))),
        ],
      })),
      ...(sums ? [{ boxes: sums }] : []),
      { boxes: [box('free', note, all)] },
      {
        boxes: [
          box('free', say('sheet.prepared'), half),
          box('free', say('sheet.checked'), all - half),
        ],
        lines: 2,
      },
    ],
  };
}
