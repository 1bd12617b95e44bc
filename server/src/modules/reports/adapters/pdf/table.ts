import type { Cell, Column, Table } from '../../domain/document.ts';
import { cellText } from '../../domain/format.ts';
import { colours, heading, inner, margin, need } from './page.ts';
import type { Pages } from './page.ts';

const PAD = 4;
const FONT_SIZE = 8;
const MOST_LINES = 9;
const WIDEST = 190;
const NARROWEST = 46;
/** Some eighty pages: nobody reads on, and they would take seconds to draw. */
const MOST_CELLS = 30_000;

type Slice = { columns: number[]; widths: number[] };

const headerText = ({ title, unit, kind }: Column): string =>
  unit && kind !== 'percent' && kind !== 'seconds' && kind !== 'money'
    ? `${title} (${unit})`
    : title;
const isText = (column: Column) => column.kind === 'text';

/** Width that a column asks for: its longest cell, and its title over two lines. */
function widthOf({ doc, document }: Pages, { columns, rows }: Table, index: number): number {
  const column = columns[index];
  if (!column) return 0;
  // Letters, not the font, are measured: of thousands of cells the font would take too long.
  const letters = (text: string) =>
    [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1.08), 0);
  const longest = Math.max(
    ...rows.slice(0, 400).map((row) => letters(row[index] ? cellText(row[index], document) : '')),
    0,
  );
  doc.font('bold').fontSize(FONT_SIZE);
  const words = Math.max(
    ...headerText(column)
      .split(' ')
      .map((word) => Math.min(doc.widthOfString(word), 60)),
    doc.widthOfString(headerText(column)) / 2.2,
  );
  return Math.min(
    WIDEST,
    Math.max(NARROWEST, words + 2 * PAD, longest * FONT_SIZE * 0.5 + 2 * PAD + 2),
  );
}

/** Columns by page width: the fixed ones stand at the left of each slice. */
function slices(pages: Pages, table: Table): Slice[] {
  const widths = table.columns.map((_, i) => widthOf(pages, table, i));
  const fixed = Array.from({ length: table.fixed }, (_, i) => i);
  const sum = (list: number[]) => list.reduce((total, i) => total + (widths[i] ?? 0), 0);
  const cut = (limit: number): number[][] => {
    const made: number[][] = [[...fixed]];
    for (let i = table.fixed; i < widths.length; i++) {
      const present = made.at(-1) ?? [];
      if (present.length > fixed.length && sum([...present, i]) > limit) made.push([...fixed, i]);
      else present.push(i);
    }
    return made;
  };
  // As few pages beside each other as can be, and on each about as many columns.
  const { length: count } = cut(inner.width);
  const even = sum(fixed) + (sum(widths.map((_, i) => i)) - sum(fixed)) / count;
  const balanced = cut(Math.min(inner.width, even + NARROWEST));
  const made = balanced.length > count ? cut(inner.width) : balanced;
  return made.map((columns) => {
    const asked = sum(columns);
    // Text columns share what is left; a table of numbers alone stays as narrow as it is.
    const texts = columns.filter((i) => table.columns[i] && isText(table.columns[i]));
    const more =
      asked > inner.width || texts.length === 0
        ? 0
        : Math.min((inner.width - asked) / texts.length, 120);
    const scale = Math.min(1, inner.width / asked);
    return {
      columns,
      widths: columns.map((i) => ((widths[i] ?? 0) + (texts.includes(i) ? more : 0)) * scale),
    };
  });
}

function header(pages: Pages, table: Table, { columns, widths }: Slice): void {
  const { doc } = pages;
  doc.font('bold').fontSize(FONT_SIZE);
  const titles = columns.map((i) => (table.columns[i] ? headerText(table.columns[i]) : ''));
  const height =
    Math.max(
      ...titles.map((title, c) => doc.heightOfString(title, { width: (widths[c] ?? 0) - 2 * PAD })),
    ) +
    2 * PAD;
  doc
    .rect(
      margin.x,
      pages.y,
      widths.reduce((a, b) => a + b, 0),
      height,
    )
    .fill(colours.title);
  doc.fillColor('#ffffff');
  let { x } = margin;
  titles.forEach((title, c) => {
    const column = table.columns[columns[c] ?? 0];
    doc.text(title, x + PAD, pages.y + PAD, {
      width: (widths[c] ?? 0) - 2 * PAD,
      align: column && isText(column) ? 'left' : 'right',
    });
    x += widths[c] ?? 0;
  });
  pages.y += height;
}

function drawCell(
  pages: Pages,
  one: Cell,
  { x, width, height }: { x: number; width: number; height: number },
): void {
  const { doc, document } = pages;
  const isWords = one.kind === 'text';
  doc.font(one.state === 'out' ? 'bold' : 'regular').fontSize(FONT_SIZE);
  doc.fillColor(
    one.state === 'out' ? colours.red : one.state === 'near' ? colours.amber : colours.text,
  );
  doc.text(cellText(one, document), x + PAD, pages.y + PAD - 1, {
    width: width - 2 * PAD,
    height,
    ellipsis: true,
    align: isWords ? 'left' : 'right',
    lineBreak: isWords,
  });
}

function heightOf({ doc, document }: Pages, cells: Cell[], widths: number[]): number {
  doc.font('regular').fontSize(FONT_SIZE);
  const line = doc.currentLineHeight(true);
  const heights = cells.map((one, c) => {
    const text = cellText(one, document);
    const width = (widths[c] ?? 0) - 2 * PAD;
    if (one.kind !== 'text' || (text.length * FONT_SIZE < width && !text.includes('\n')))
      return line;
    return Math.min(doc.heightOfString(text, { width }), line * MOST_LINES);
  });
  return Math.max(...heights) + 2 * PAD - 2;
}

/** A table over as many pages as it takes, its header on each of them. */
export function drawTable(pages: Pages, table: Table): void {
  if (table.rows.length === 0) return;
  if (table.rows.length * table.columns.length > MOST_CELLS) {
    heading(pages, table.title);
    pages.doc.font('regular').fontSize(9).fillColor(colours.soft);
    pages.doc.text(pages.document.words.tooLong, margin.x, pages.y, { width: inner.width });
    pages.y += 30;
    return;
  }
  for (const slice of slices(pages, table)) {
    heading(pages, table.title);
    header(pages, table, slice);
    const wide = slice.widths.reduce((a, b) => a + b, 0);
    table.rows.forEach((row, r) => {
      const cells = slice.columns.map((i): Cell => row[i] ?? { value: null, kind: 'text' });
      const height = heightOf(pages, cells, slice.widths);
      if (need(pages, height)) header(pages, table, slice);
      if (r % 2 === 1) pages.doc.rect(margin.x, pages.y, wide, height).fill(colours.stripe);
      let { x } = margin;
      cells.forEach((one, c) => {
        const width = slice.widths[c] ?? 0;
        drawCell(pages, one, { x, width, height: height - PAD });
        x += width;
      });
      pages.y += height;
    });
    pages.y += 18;
  }
}
