import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileView } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { rangeOf, serveHeaders } from '../../../platform/files/index.ts';
import { randomKey, sameText } from '../../../platform/secrets/index.ts';
import { findFiles, insertFile } from '../store/file.ts';
import type { FileRow } from '../store/file.ts';

function presentFile(row: FileRow): FileView {
  const { id, name, mime, width, height } = row;
  const url = `/api/files/${id}/${row.access_key}/${encodeURIComponent(name)}`;
  return { id, name, mime, size: Number(row.size), width, height, url };
}

/** Files by id; unknown ids are left out. */
export async function fileViews(ctx: Ctx, ids: string[]): Promise<Map<string, FileView>> {
  if (ids.length === 0) return new Map();
  const rows = await findFiles(ctx.db, ids);
  return new Map(rows.map((row) => [row.id, presentFile(row)]));
}

function cleanName(name: string): string {
  return (
    name
      .toWellFormed()
      .replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_')
      .slice(-200) || 'file'
  );
}

/**
 * Keeps the upload of a multipart request (field `file`). Problems: `file.missing`, `file.too_large`,
 * `server.disk_full`; nothing is kept then.
 */
export async function storeUpload(ctx: Ctx, request: FastifyRequest): Promise<FileView> {
  if (!request.isMultipart()) throw new Problem('request.unsupported_type');
  const part = await request.file();
  if (!part) throw new Problem('file.missing');
  const name = cleanName(part.filename);
  const maxBytes = ctx.services.config.maxUploadBytes;
  const stored = await ctx.services.files.put(part.file, { name, mime: part.mimetype, maxBytes });
  if (part.file.truncated) {
    await ctx.services.files.delete(stored.key);
    throw new Problem('file.too_large', { params: { max: maxBytes } });
  }
  const { actor } = ctx;
  const by =
    actor.kind === 'user' ? actor.userId : actor.kind === 'visitor' ? actor.visitorId : null;
  const row = {
    id: newId(),
    access_key: randomKey('f'),
    storage_key: stored.key,
    name,
    mime: stored.mime,
    size: stored.size,
    width: stored.width,
    height: stored.height,
    sha256: stored.sha256,
    uploaded_by_kind: actor.kind,
    uploaded_by: by,
  };
  await insertFile(ctx.db, row);
  return presentFile({ ...row, created_at: new Date() });
}

/** Sends a file to whoever holds its address, so that nothing in it can act. */
export async function sendFile(
  ctx: Ctx,
  { id, key }: { id: string; key: string },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const [file] = await findFiles(ctx.db, [id]);
  if (!file || !sameText(file.access_key, key)) throw new Problem('file.not_found');
  void reply.headers(serveHeaders({ name: file.name, mime: file.mime, sha256: file.sha256 }));
  if (request.headers['if-none-match'] === `"${file.sha256}"`) return reply.code(304).send();
  const size = Number(file.size);
  const range = rangeOf(request.headers.range, size);
  void reply.header('accept-ranges', 'bytes');
  if (range === null) return reply.code(416).header('content-range', `bytes */${size}`).send();
  if (range) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    void reply.header('content-length', range.end - range.start + 1);
  } else void reply.header('content-length', size);
  return reply.send(await ctx.services.files.get(file.storage_key, range));
}
