import type { ReportDocument } from '../../domain/document.ts';
import { legible, withTexts } from './legible.ts';
import { drawChart } from './chart.ts';
import { hasGlyph } from './fonts.ts';
import { bytesOf, colours, heading, inner, margin, need, openPages } from './page.ts';
import type { Pages } from './page.ts';
import { drawTable } from './table.ts';

function cover(pages: Pages): void {
  const { doc, document } = pages;
  const { title, subtitle, organisation, facts, notes } = document;
  doc
    .font('bold')
    .fontSize(20)
    .fillColor(colours.title)
    .text(title, margin.x, pages.y, { width: inner.width, height: 52, ellipsis: true });
  pages.y = doc.y + 2;
  doc
    .font('regular')
    .fontSize(11)
    .fillColor(colours.text)
    .text([subtitle, organisation].filter(Boolean).join(' · '), margin.x, pages.y, {
      width: inner.width,
    });
  pages.y = doc.y + 12;
  const width = inner.width / 2 - 12;
  const half = Math.ceil(facts.length / 2);
  const start = pages.y;
  let lowest = start;
  [facts.slice(0, half), facts.slice(half)].forEach((list, column) => {
    let y = start;
    const x = margin.x + column * (width + 24);
    for (const { label, value } of list) {
      doc.font('regular').fontSize(8.5).fillColor(colours.soft).text(label, x, y, { width: 140 });
      const below = doc.y;
      doc.fillColor(colours.text).text(value, x + 146, y, { width: width - 146 });
      y = Math.max(doc.y, below) + 2;
    }
    lowest = Math.max(lowest, y);
  });
  pages.y = lowest + 6;
  doc.font('regular').fontSize(8).fillColor(colours.soft);
  for (const note of notes) {
    need(pages, 14);
    doc.text(note, margin.x, pages.y, { width: inner.width });
    pages.y = doc.y + 2;
  }
  pages.y += 14;
}

const CHART_HEIGHT = 156;
const GAP = 24;

function charts(pages: Pages): void {
  const { charts: list, words } = pages.document;
  if (list.length === 0) return;
  heading(pages, words.charts, CHART_HEIGHT);
  const width = (inner.width - GAP) / 2;
  for (let i = 0; i < list.length; i += 2) {
    need(pages, CHART_HEIGHT);
    list.slice(i, i + 2).forEach((chart, c) =>
      drawChart(pages, chart, {
        x: margin.x + c * (width + GAP),
        y: pages.y,
        width,
        height: CHART_HEIGHT - 10,
      }),
    );
    pages.y += CHART_HEIGHT + 8;
  }
  pages.y += 4;
}

/** The document as pages of A4, lying: what it is of, its first table, the charts, the other tables. */
export async function pdfOf(given: ReportDocument): Promise<Uint8Array> {
  const document = withTexts(given, legible(hasGlyph));
  const pages = openPages(document);
  cover(pages);
  const tables = document.tables.filter(({ isForSheets }) => !isForSheets);
  const first = tables.findIndex(({ id }) => id === 'standards' || id === 'totals') + 1;
  for (const table of tables.slice(0, first)) drawTable(pages, table);
  charts(pages);
  for (const table of tables.slice(first)) drawTable(pages, table);
  return bytesOf(pages);
}
