import type { FastifyReply } from 'fastify';
import type { ReportFile } from './export.ts';

/** Answers a request with a file to be saved under its name, which every browser understands. */
export function sendFile(reply: FastifyReply, { name, mime, bytes }: ReportFile): FastifyReply {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  return reply
    .header('content-type', mime)
    .header(
      'content-disposition',
      `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
    )
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(bytes));
}
