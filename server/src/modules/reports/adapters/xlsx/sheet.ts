import { isRisky } from '../../domain/csv.ts';
import type { Cell, Table } from '../../domain/document.ts';
import type { Style, styleBook } from './styles.ts';
import { columnName, xmlHead, xmlText } from './xml.ts';

type Styles = ReturnType<typeof styleBook>;

const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar, which takes 1900 for a leap year. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** A local date or time as Excel counts it: days, without a zone. */
function serial(text: string): number {
  const ms = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? ':00' : 'T00:00:00'}Z`);
  return (ms - EPOCH_MS) / DAY_MS;
}

/** The number as the cell stores it: a per cent is a hundredth. */
export function stored({ value, kind }: Cell): number | string | null {
  if (typeof value === 'string') return kind === 'day' || kind === 'time' ? serial(value) : value;
  return value !== null && kind === 'percent' ? value / 100 : value;
}

/** Excel takes no longer text in a cell. */
const MOST_LETTERS = 32_767;

/** How a cell is written: the styles of its workbook, and its look. */
type Writing = { styles: Styles; look?: Style['look'] };

/** One cell; text stands in the sheet itself and is never a formula. */
export function cellXml(place: string, one: Cell, { styles, look }: Writing): string {
  const value = stored(one);
  const style = { kind: one.kind, state: one.state, ...(look && { look }) };
  if (value === null)
    return `<c r="${place}" s="${styles.of({ kind: one.kind, ...(look && { look }) })}"/>`;
  if (typeof value === 'number')
    return `<c r="${place}" s="${styles.of(style)}"><v>${value}</v></c>`;
  const s = styles.of({ ...style, quoted: isRisky(value) });
  return `<c r="${place}" s="${s}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, MOST_LETTERS))}</t></is></c>`;
}

export function rowXml(number: number, cells: string, height?: number): string {
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${number}"${tall}>${cells}</row>`;
}

/** A sheet of rows; `top` rows and `left` columns stay when it is scrolled. */
export function sheetXml(parts: {
  rows: string[];
  widths: number[];
  frozen?: { top: number; left: number };
  filter?: string;
  drawing?: string;
  wide?: boolean;
}): string {
  const { rows, widths, frozen, filter, drawing, wide } = parts;
  const pane = frozen
    ? `<pane${frozen.left > 0 ? ` xSplit="${frozen.left}"` : ''} ySplit="${frozen.top}" topLeftCell="${columnName(frozen.left)}${frozen.top + 1}" activePane="${frozen.left > 0 ? 'bottomRight' : 'bottomLeft'}" state="frozen"/>`
    : '';
  return (
    `${xmlHead}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
    `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView showGridLines="${frozen ? 1 : 0}" workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    (widths.length > 0
      ? `<cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`
      : '') +
    `<sheetData>${rows.join('')}</sheetData>` +
    (filter ? `<autoFilter ref="${filter}"/>` : '') +
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="${wide ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>` +
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>' +
    (drawing ? `<drawing r:id="${drawing}"/>` : '') +
    '</worksheet>'
  );
}

/** A table with its header frozen and a filter on it. */
export function tableSheet({ columns, rows, fixed }: Table, styles: Styles): string {
  const header = columns.map(({ title, unit }, i) =>
    cellXml(
      `${columnName(i)}1`,
      { kind: 'text', value: unit ? `${title} (${unit})` : title },
      { styles, look: 'header' },
    ),
  );
  const lines = rows.map((row, r) =>
    rowXml(
      r + 2,
      row.map((one, c) => cellXml(`${columnName(c)}${r + 2}`, one, { styles })).join(''),
    ),
  );
  return sheetXml({
    rows: [rowXml(1, header.join(''), 32), ...lines],
    widths: columns.map(({ width }) => width),
    frozen: { top: 1, left: fixed },
    filter: `A1:${columnName(columns.length - 1)}${rows.length + 1}`,
    wide: true,
  });
}
