import type { Locale, StandardKey, StandardState, StandardUnit } from '@yingda/contract';

/**
 * What a cell holds. Numbers are in the unit that people read: per cent (98.5), seconds, money in whole units of the
 * currency. `day` is `2026-11-23`, `time` `2026-11-23 09:30`, both of the centre's clock.
 */
export type CellKind = 'text' | 'day' | 'time' | StandardUnit;
export type Cell = {
  value: string | number | null;
  kind: CellKind;
  /** How the value stands to its target; nothing for what is not judged. */
  state?: StandardState;
};

export type Column = {
  title: string;
  kind: CellKind;
  /** Stands in brackets behind the title where the numbers do not carry it themselves. */
  unit: string;
  /** In characters. */
  width: number;
};

export type Table = {
  id: string;
  /** Short, for the tab of a workbook. */
  name: string;
  title: string;
  columns: Column[];
  rows: Cell[][];
  /** Left out of pages: there, charts show the same. */
  isForSheets?: boolean;
  /** Columns at the left that stay when the others scroll or go on on a further page. */
  fixed: number;
};

/** One standard over time. Bands may change in the middle, so there is one for each point. */
export type Chart = {
  key: StandardKey;
  title: string;
  kind: CellKind;
  unit: string;
  labels: string[];
  values: (number | null)[];
  states: StandardState[];
  norm: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  /** Where the values stand in a table; row 0 is the first below the header. */
  source: { table: string; column: number; row: number } | null;
};

/** A report ready to be drawn: every text in the reader's language, every number as it will stand there. */
export type ReportDocument = {
  locale: Locale;
  title: string;
  subtitle: string;
  organisation: string;
  currency: string;
  /** What the figures are of and how they were counted. */
  facts: { label: string; value: string }[];
  notes: string[];
  /** For reading: pages of a PDF, sheets of a workbook. */
  tables: Table[];
  /** For programs: the one table of a CSV file. */
  data: Table;
  charts: Chart[];
  words: DrawnWords;
};

/** Words that the writers of files need besides the content. */
export type DrawnWords = {
  cover: string;
  charts: string;
  chartData: string;
  step: string;
  value: string;
  norm: string;
  range: string;
  low: string;
  high: string;
  /** Instead of a table with too many lines for pages. */
  tooLong: string;
  page: string;
  noValue: string;
  outOfRange: string;
};

export const cell = (value: Cell['value'], kind: CellKind, state?: StandardState): Cell =>
  state === undefined ? { value, kind } : { value, kind, state };
export const textCell = (value: string): Cell => ({ value, kind: 'text' });
