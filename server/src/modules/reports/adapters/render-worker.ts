import { parentPort } from 'node:worker_threads';
import type { ReportDocument } from '../domain/document.ts';
import { pdfOf } from './pdf/index.ts';
import { workbookOf } from './xlsx/index.ts';

/** What the main thread asks for; answered with the bytes, or why there are none. */
export type RenderRequest = { id: number; format: 'pdf' | 'xlsx'; document: ReportDocument };
export type RenderAnswer = { id: number; bytes: Uint8Array } | { id: number; error: string };

parentPort?.on('message', async ({ id, format, document }: RenderRequest) => {
  const answer = (value: RenderAnswer): void => parentPort?.postMessage(value);
  try {
    answer({ id, bytes: format === 'pdf' ? await pdfOf(document) : workbookOf(document) });
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
