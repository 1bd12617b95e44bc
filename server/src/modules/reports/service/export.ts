import type { ExportFormat, ExportQuery } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { render } from '../adapters/render.ts';
import { csvOf } from '../domain/csv.ts';
import { drawnOf } from './document.ts';
import type { Drawn } from './document.ts';

export type ReportFile = { name: string; mime: string; bytes: Uint8Array };

export const mimes: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

async function bytesOf(format: ExportFormat, { document, view }: Drawn): Promise<Uint8Array> {
  if (format === 'csv') return Buffer.from(csvOf(document.data));
  if (format === 'json') return Buffer.from(JSON.stringify(view));
  return render(format, document);
}

/** A name of words that no file system and no header trips over. */
export function fileNameOf(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .trim()
    .slice(0, 80)
    .toWellFormed();
}

/** What tells the report. */
function nameOf({ document, view }: Drawn, format: ExportFormat): string {
  const title = fileNameOf(document.title);
  return `${title || 'report'} ${view.from === view.to ? view.from : `${view.from} ${view.to}`}.${format}`;
}

/** The document in a format. Problems: `export.failed`, `export.busy`. */
export async function fileOf(drawn: Drawn, format: ExportFormat): Promise<ReportFile> {
  return { name: nameOf(drawn, format), mime: mimes[format], bytes: await bytesOf(format, drawn) };
}

/** A report or the standards as a file, with the rights of the actor. */
export async function exportFile(ctx: Ctx, { format, ...asked }: ExportQuery): Promise<ReportFile> {
  return fileOf(await drawnOf(ctx, { ...asked, locale: asked.locale ?? ctx.locale }), format);
}
