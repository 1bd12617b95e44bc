import PDFDocument from 'pdfkit';
import type { Grid, GridBox, GridLook, GridRow } from '../../domain/grid.ts';
import { valueText } from '../../domain/format.ts';
import { fill, wordsIn } from '../../domain/words.ts';
import { fontFiles } from '../pdf/fonts.ts';

const A4 = { short: 595.28, long: 841.89 };
const A3 = { short: 841.89, long: 1190.55 };
/** Points that a letter needs to be read; half the size of the font, as Chinese letters count as two. */
const NARROWEST_LETTER = 3.7;
const USUAL_SIZE = 8.5;
const MARGIN = { x: 32, top: 34, bottom: 40 };
const PAD = 4;

type Look = {
  font: 'regular' | 'bold';
  size: number;
  colour: string;
  fill?: string;
  framed: boolean;
};
const looks: Record<GridLook, Look> = {
  title: { font: 'bold', size: 17, colour: '#0f172a', framed: false },
  subtitle: { font: 'regular', size: 8.5, colour: '#475569', framed: false },
  heading: { font: 'bold', size: 9.5, colour: '#0f766e', fill: '#f0fdfa', framed: true },
  label: { font: 'regular', size: 8.5, colour: '#475569', fill: '#f8fafc', framed: true },
  header: { font: 'bold', size: 8.5, colour: '#0f172a', fill: '#f1f5f9', framed: true },
  value: { font: 'regular', size: 8.5, colour: '#0f172a', framed: true },
  free: { font: 'regular', size: 8.5, colour: '#475569', framed: false },
};
const FRAME = '#94a3b8';

type Paper = {
  doc: PDFKit.PDFDocument;
  grid: Grid;
  widths: number[];
  size: { width: number; height: number };
  /** Of the text in boxes: smaller where many columns share the page. */
  textSize: number;
  y: number;
};

const lettersOf = ({ widths }: Grid): number => widths.reduce((sum, width) => sum + width, 0);

/** Whether so many columns need the larger paper. */
export const isLarge = (grid: Grid): boolean =>
  grid.wide && (A4.long - 2 * MARGIN.x) / lettersOf(grid) < NARROWEST_LETTER;

function open(grid: Grid): Paper {
  const { short, long } = isLarge(grid) ? A3 : A4;
  const size = grid.wide ? { width: long, height: short } : { width: short, height: long };
  const doc = new PDFDocument({
    size: [size.width, size.height],
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    autoFirstPage: false,
    bufferPages: true,
    lang: grid.locale,
    info: { Title: grid.title, Author: grid.organisation },
  });
  doc.registerFont('regular', fontFiles.regular);
  doc.registerFont('bold', fontFiles.bold);
  doc.addPage();
  const scale = (size.width - 2 * MARGIN.x) / lettersOf(grid);
  const widths = grid.widths.map((width) => width * scale);
  const textSize = Math.min(USUAL_SIZE, 2 * scale);
  return { doc, grid, size, widths, textSize, y: MARGIN.top };
}

function textOf({ grid }: Paper, { value, kind }: GridBox): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  const { locale, currency } = grid;
  return valueText(value, kind, { locale, currency, words: wordsIn(locale).drawn });
}

function dress({ doc, textSize }: Paper, look: GridLook): void {
  const { font, size, colour, framed } = looks[look];
  doc
    .font(font)
    .fontSize(framed ? Math.min(size, textSize) : size)
    .fillColor(colour);
}

const alignOf = ({ align, look, kind }: GridBox): 'left' | 'center' | 'right' => {
  if (align) return align;
  if (look === 'title' || look === 'header') return 'center';
  return look === 'value' && kind !== 'text' && kind !== 'time' && kind !== 'day'
    ? 'right'
    : 'left';
};

type Placed = { box: GridBox; x: number; width: number };

function place({ widths }: Paper, { boxes }: GridRow): Placed[] {
  let column = 0;
  let x = MARGIN.x;
  return boxes.map((box) => {
    const width = widths.slice(column, column + box.span).reduce((sum, one) => sum + one, 0);
    const placed = { box, x, width };
    column += box.span;
    x += width;
    return placed;
  });
}

function heightOf(paper: Paper, row: GridRow, placed: Placed[]): number {
  const { doc, grid, size } = paper;
  const heights = placed.map(({ box, width }) => {
    dress(paper, box.look);
    const line = doc.currentLineHeight(true);
    const text = textOf(paper, box);
    const full = text === '' ? line : doc.heightOfString(text, { width: width - 2 * PAD });
    const most = grid.mostLines === null ? Infinity : grid.mostLines * line;
    return Math.max(Math.min(full, most), (row.lines ?? 1) * line);
  });
  return Math.min(Math.max(...heights) + 2 * PAD, size.height - MARGIN.top - MARGIN.bottom);
}

function drawRow(paper: Paper, placed: Placed[], height: number): void {
  const { doc, y } = paper;
  for (const { box, x, width } of placed) {
    const { fill: colour, framed } = looks[box.look];
    if (colour) doc.rect(x, y, width, height).fill(colour);
    if (framed) doc.rect(x, y, width, height).lineWidth(0.5).strokeColor(FRAME).stroke();
    dress(paper, box.look);
    const text = textOf(paper, box);
    if (text === '') continue;
    doc.text(text, x + PAD, y + PAD, {
      width: width - 2 * PAD,
      // One line more than fits would be a page of its own.
      height: height - 2 * PAD + 1,
      ellipsis: true,
      align: alignOf(box),
    });
  }
  paper.y += height;
}

function footers({ doc, grid, size }: Paper): void {
  const { start, count } = doc.bufferedPageRange();
  const top = size.height - 26;
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    doc.font('regular').fontSize(8).fillColor('#64748b');
    const width = size.width - 2 * MARGIN.x;
    const text = fill(grid.pageText, { page: page - start + 1, pages: count });
    doc.text(grid.organisation, MARGIN.x, top, {
      width: width * 0.7,
      height: 10,
      ellipsis: true,
      lineBreak: false,
    });
    doc.text(text, MARGIN.x, top, { width, align: 'right', lineBreak: false });
  }
}

/** The form as pages: a row that does not fit goes on the next one, under the header again. */
export async function gridPdf(grid: Grid): Promise<Uint8Array> {
  const paper = open(grid);
  const header = grid.header === null ? undefined : grid.rows[grid.header];
  grid.rows.forEach((row, index) => {
    const placed = place(paper, row);
    const height = heightOf(paper, row, placed);
    if (paper.y + height > paper.size.height - MARGIN.bottom) {
      paper.doc.addPage();
      paper.y = MARGIN.top;
      if (header && grid.header !== null && index > grid.header) {
        const top = place(paper, header);
        drawRow(paper, top, heightOf(paper, header, top));
      }
    }
    drawRow(paper, placed, height);
  });
  footers(paper);
  const chunks: Buffer[] = [];
  paper.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    paper.doc.on('end', resolve);
    paper.doc.on('error', reject);
  });
  paper.doc.end();
  await ended;
  return Buffer.concat(chunks);
}
