import { parentPort } from 'node:worker_threads';
import type { ReportDocument } from '../domain/document.ts';
import type { Grid } from '../domain/grid.ts';
import { gridPdf } from './grid/pdf.ts';
import { gridWorkbook } from './grid/xlsx.ts';
import { pdfOf } from './pdf/index.ts';
import { workbookOf } from './xlsx/index.ts';

/** What the main thread asks for; answered with the bytes, or why there are none. */
export type RenderRequest = { id: number; format: 'pdf' | 'xlsx' } & Drawing;
export type Drawing = { document: ReportDocument } | { grid: Grid };
export type RenderAnswer = { id: number; bytes: Uint8Array } | { id: number; error: string };

async function draw(format: 'pdf' | 'xlsx', what: Drawing): Promise<Uint8Array> {
  if ('grid' in what) return format === 'pdf' ? gridPdf(what.grid) : gridWorkbook(what.grid);
  return format === 'pdf' ? pdfOf(what.document) : workbookOf(what.document);
}

parentPort?.on('message', async ({ id, format, ...what }: RenderRequest) => {
  const answer = (value: RenderAnswer): void => parentPort?.postMessage(value);
  try {
    answer({ id, bytes: await draw(format, what) });
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
