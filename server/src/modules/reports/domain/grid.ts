import type { Locale } from '@yingda/contract';
import type { Cell } from './document.ts';

/**
 * How a box of a form looks: `title` and `subtitle` stand alone over the whole width, `heading` names a part, `label`
 * names the box beside it, `header` the column below, `value` is what people wrote, `free` has no box.
 */
export type GridLook = 'title' | 'subtitle' | 'heading' | 'label' | 'header' | 'value' | 'free';
export type GridBox = Cell & {
  look: GridLook;
  /** Columns that it covers. */
  span: number;
  align?: 'left' | 'center' | 'right';
};
/** Boxes from left to right; together they cover all columns. `lines`: at least so high, in lines of text. */
export type GridRow = { boxes: GridBox[]; lines?: number };

/** A form on paper: boxes in rows, the same as pages and as a sheet. */
export type Grid = {
  locale: Locale;
  /** Name of the sheet and of the document. */
  title: string;
  organisation: string;
  currency: string;
  wide: boolean;
  /** Of the columns, in letters. */
  widths: number[];
  rows: GridRow[];
  /** The row that stands on top of each page; null: none. */
  header: number | null;
  /** Longer texts are cut in pages; null: never. */
  mostLines: number | null;
  /** `{{page}}` of `{{pages}}`. */
  pageText: string;
  noValue: string;
};

export const box = (look: GridLook, value: Cell['value'], span = 1): GridBox => ({
  look,
  value,
  kind: 'text',
  span,
});
