import PDFDocument from 'pdfkit';
import type { ReportDocument } from '../../domain/document.ts';
import { fill } from '../../domain/words.ts';
import { fontFiles } from './fonts.ts';

export const colours = {
  text: '#0f172a',
  soft: '#64748b',
  line: '#e2e8f0',
  strong: '#cbd5e1',
  accent: '#0d9488',
  title: '#0f766e',
  band: '#ccfbf1',
  stripe: '#f8fafc',
  red: '#b91c1c',
  amber: '#92400e',
};
export const size = { width: 841.89, height: 595.28 };
export const margin = { x: 36, top: 34, bottom: 40 };
export const inner = { width: size.width - 2 * margin.x, bottom: size.height - margin.bottom };

/** Pages being written, with the height down to which the present one is filled. */
export type Pages = {
  doc: PDFKit.PDFDocument;
  document: ReportDocument;
  y: number;
};

export function openPages(document: ReportDocument): Pages {
  const doc = new PDFDocument({
    size: [size.width, size.height],
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    autoFirstPage: false,
    bufferPages: true,
    lang: document.locale,
    info: { Title: document.title, Author: document.organisation },
  });
  doc.registerFont('regular', fontFiles.regular);
  doc.registerFont('bold', fontFiles.bold);
  const pages = { doc, document, y: 0 };
  newPage(pages);
  return pages;
}

export function newPage(pages: Pages): void {
  pages.doc.addPage();
  pages.y = margin.top;
}

/** Goes on on a new page unless so much height is left. */
export function need(pages: Pages, height: number): boolean {
  if (pages.y + height <= inner.bottom) return false;
  newPage(pages);
  return true;
}

export function heading(pages: Pages, text: string, room = 80): void {
  need(pages, 26 + room);
  pages.doc
    .font('bold')
    .fontSize(12)
    .fillColor(colours.title)
    .text(text, margin.x, pages.y, { lineBreak: false });
  pages.y += 22;
}

/** Writes foot lines once the number of pages is known. */
function footers({ doc, document }: Pages): void {
  const { start, count } = doc.bufferedPageRange();
  const top = size.height - 26;
  for (let i = start; i < start + count; i++) {
    doc.switchToPage(i);
    doc
      .moveTo(margin.x, top - 6)
      .lineTo(size.width - margin.x, top - 6)
      .lineWidth(0.5)
      .strokeColor(colours.line)
      .stroke();
    doc.font('regular').fontSize(8).fillColor(colours.soft);
    const left = [document.organisation, document.title, document.subtitle]
      .filter(Boolean)
      .join(' · ');
    doc.text(left, margin.x, top, {
      width: inner.width * 0.8,
      height: 10,
      ellipsis: true,
      lineBreak: false,
    });
    const page = fill(document.words.page, { page: i - start + 1, pages: count });
    doc.text(page, margin.x, top, { width: inner.width, align: 'right', lineBreak: false });
  }
}

export async function bytesOf(pages: Pages): Promise<Uint8Array> {
  const { doc } = pages;
  footers(pages);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
