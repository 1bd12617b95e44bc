import { isRisky } from '../../domain/csv.ts';
import type { Grid, GridBox, GridLook } from '../../domain/grid.ts';
import { isLarge } from './pdf.ts';
import { excelFormat } from '../xlsx/styles.ts';
import { plainWorkbook } from '../xlsx/index.ts';
import { rowXml, stored } from '../xlsx/sheet.ts';
import { columnName, sheetName, xmlHead, xmlText } from '../xlsx/xml.ts';

const FONT = '<name val="Calibri"/><family val="2"/>';
const fontOf: Record<GridLook, string> = {
  title: `<font><b/><sz val="18"/>${FONT}</font>`,
  subtitle: `<font><sz val="10"/><color rgb="FF475569"/>${FONT}</font>`,
  heading: `<font><b/><sz val="11"/><color rgb="FF0F766E"/>${FONT}</font>`,
  label: `<font><sz val="10"/><color rgb="FF475569"/>${FONT}</font>`,
  header: `<font><b/><sz val="10"/>${FONT}</font>`,
  value: `<font><sz val="10"/>${FONT}</font>`,
  free: `<font><sz val="10"/><color rgb="FF475569"/>${FONT}</font>`,
};
const order = Object.keys(fontOf) as GridLook[];
const fills: Partial<Record<GridLook, string>> = {
  heading: 'FFF0FDFA',
  label: 'FFF8FAFC',
  header: 'FFF1F5F9',
};
const filled = Object.keys(fills) as GridLook[];
const framed: ReadonlySet<GridLook> = new Set(['heading', 'label', 'header', 'value']);
const FIRST_OWN_FORMAT = 164;
const LETTERS = 32_767;
const LINE_POINTS = 14;
/** Excel's numbers of papers. */
const [A3, A4] = [8, 9];

function styleBook() {
  const xfs: string[] = [];
  const formats: string[] = [];
  const formatOf = (box: GridBox): number => {
    if (
      box.kind === 'text' ||
      (typeof box.value === 'string' && box.kind !== 'time' && box.kind !== 'day')
    )
      return 0;
    const code = excelFormat(box.kind);
    const found = formats.indexOf(code);
    return FIRST_OWN_FORMAT + (found < 0 ? formats.push(code) - 1 : found);
  };
  return {
    of(box: GridBox): number {
      const { look } = box;
      const side = box.align ?? (look === 'title' || look === 'header' ? 'center' : null);
      const fill = filled.includes(look) ? 2 + filled.indexOf(look) : 0;
      const quoted = typeof box.value === 'string' && isRisky(box.value) ? ' quotePrefix="1"' : '';
      const xf =
        `<xf numFmtId="${formatOf(box)}" fontId="${order.indexOf(look) + 1}" fillId="${fill}" borderId="${framed.has(look) ? 1 : 0}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${quoted}>` +
        `<alignment${side ? ` horizontal="${side}"` : ''} vertical="${look === 'value' ? 'top' : 'center'}" wrapText="1"/></xf>`;
      const found = xfs.indexOf(xf);
      return 1 + (found < 0 ? xfs.push(xf) - 1 : found);
    },
    xml(): string {
      const edge = (name: string) => `<${name} style="thin"><color rgb="FF94A3B8"/></${name}>`;
      const solid = (look: GridLook) =>
        `<fill><patternFill patternType="solid"><fgColor rgb="${fills[look]}"/><bgColor indexed="64"/></patternFill></fill>`;
      return (
        `${xmlHead}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
        `<numFmts count="${formats.length}">${formats.map((code, i) => `<numFmt numFmtId="${FIRST_OWN_FORMAT + i}" formatCode="${xmlText(code)}"/>`).join('')}</numFmts>` +
        `<fonts count="${order.length + 1}"><font><sz val="11"/>${FONT}</font>${order.map((look) => fontOf[look]).join('')}</fonts>` +
        `<fills count="${filled.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${filled.map(solid).join('')}</fills>` +
        `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border></borders>` +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        `<cellXfs count="${xfs.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xfs.join('')}</cellXfs>` +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
      );
    },
  };
}

function cellXml(place: string, box: GridBox, style: number): string {
  const value = stored(box);
  if (value === null) return `<c r="${place}" s="${style}"/>`;
  if (typeof value === 'number') return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, LETTERS))}</t></is></c>`;
}

/** How many lines a text takes in boxes so wide; Chinese letters are two wide. */
function linesOf({ value }: GridBox, width: number): number {
  if (typeof value !== 'string' || value === '') return 1;
  const lettersOf = (text: string) =>
    [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1.05), 0);
  return value
    .split('\n')
    .reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(lettersOf(line) / Math.max(1, width - 1))),
      0,
    );
}

type Sheet = { rows: string[]; merges: string[] };

function drawRows(grid: Grid, styles: ReturnType<typeof styleBook>): Sheet {
  const sheet: Sheet = { rows: [], merges: [] };
  grid.rows.forEach(({ boxes, lines = 1 }, index) => {
    const number = index + 1;
    let column = 0;
    let tall = lines;
    const cells: string[] = [];
    for (const box of boxes) {
      const style = styles.of(box);
      const width = grid.widths.slice(column, column + box.span).reduce((sum, one) => sum + one, 0);
      tall = Math.max(tall, linesOf(box, width));
      cells.push(cellXml(`${columnName(column)}${number}`, box, style));
      // The frame of merged cells is that of each of them.
      for (let more = 1; more < box.span; more++) {
        cells.push(`<c r="${columnName(column + more)}${number}" s="${style}"/>`);
      }
      if (box.span > 1) {
        const end = columnName(column + box.span - 1);
        sheet.merges.push(`<mergeCell ref="${columnName(column)}${number}:${end}${number}"/>`);
      }
      column += box.span;
    }
    const isTitle = boxes[0]?.look === 'title';
    const height = isTitle ? 30 : Math.min(409, 4 + LINE_POINTS * tall);
    sheet.rows.push(rowXml(number, cells.join(''), height));
  });
  return sheet;
}

/** The form as a workbook of one sheet, which prints on paper of the same width as the pages. */
export function gridWorkbook(grid: Grid): Uint8Array {
  const styles = styleBook();
  const { rows, merges } = drawRows(grid, styles);
  const top = grid.header === null ? null : grid.header + 1;
  const name = sheetName(grid.title, []);
  const pane =
    top === null
      ? ''
      : `<pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/>`;
  const sheet =
    `${xmlHead}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    `<cols>${grid.widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>` +
    `<sheetData>${rows.join('')}</sheetData>${merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''}` +
    '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${isLarge(grid) ? A3 : A4}" orientation="${grid.wide ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>` +
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>';
  const titles =
    top === null
      ? ''
      : `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${xmlText(`'${name}'!$${top}:$${top}`)}</definedName></definedNames>`;
  return plainWorkbook(grid, { name, sheet, styles: styles.xml(), names: titles });
}
