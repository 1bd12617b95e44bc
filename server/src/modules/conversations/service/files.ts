import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileView } from '@yingda/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { rangeOf, serveHeaders } from '../../../platform/files/index.ts';
import type { StoredFile } from '../../../platform/files/index.ts';
import { randomKey, sameText } from '../../../platform/secrets/index.ts';
import { findFiles, insertFile } from '../store/file.ts';
import type { FileRow } from '../store/file.ts';

function presentFile(row: FileRow): FileView {
  const { id, name, mime, width, height } = row;
  const url = `/api/files/${id}/${row.access_key}/${encodeURIComponent(name)}`;
  return { id, name, mime, size: Number(row.size), width, height, url };
}

/** Only what somebody has uploaded may that person send: an id, unlike an address, gives no right to a file. */
function isOwn({ actor }: Ctx, { uploaded_by_kind: kind, uploaded_by: by }: FileRow): boolean {
  if (actor.kind === 'system') return true;
  return kind === actor.kind && by !== null && by === uploaderOf(actor);
}

/** Files by id, to be sent by whoever asks; unknown ids and those of others' uploads are left out. */
export async function fileViews(ctx: Ctx, ids: string[]): Promise<Map<string, FileView>> {
  if (ids.length === 0) return new Map();
  const rows = await findFiles(ctx.db, ids);
  return new Map(rows.filter((row) => isOwn(ctx, row)).map((row) => [row.id, presentFile(row)]));
}

function uploaderOf(actor: Actor): string | null {
  if (actor.kind === 'user') return actor.userId;
  return actor.kind === 'visitor' ? actor.visitorId : null;
}

/** The reader of uploads gives none for a part without a name, or with one like `..`. */
function cleanName(name: string | undefined): string {
  const clean = (name ?? '').toWellFormed().replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_');
  // Cut at the front, where an emoji may be halved; the end tells the kind.
  return clean.slice(-200).toWellFormed() || 'file';
}

/** The part that is the file; ends with `file.too_large` as soon as it is. Problems: as `storeUpload`. */
async function filePart(request: FastifyRequest, max: number) {
  if (!request.isMultipart()) throw new Problem('request.unsupported_type');
  const part = await request.file();
  if (!part) throw new Problem('file.missing');
  const { file } = part;
  const tooLarge = new Problem('file.too_large', { params: { max } });
  // A small limit may have been passed before we got here.
  if (file.truncated) throw tooLarge;
  // Read to its end, a file that never ends would hold the connection for ever.
  file.once('limit', () => file.destroy(tooLarge));
  return part;
}

/** How long the rest of a refused upload is taken and thrown away, so that its sender can read why. */
const DRAIN_MS = 20_000;

function drain({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
  setTimeout(() => raw.complete || raw.destroy(), DRAIN_MS).unref();
}

/** Files by id, whoever uploaded them: the caller has checked who may see what they hang on. */
export async function filesById(ctx: Ctx, ids: string[]): Promise<Map<string, FileView>> {
  if (ids.length === 0) return new Map();
  const rows = await findFiles(ctx.db, ids);
  return new Map(rows.map((row) => [row.id, presentFile(row)]));
}

/**
 * Keeps the upload of a multipart request (field `file`). Problems: `file.missing`, `file.too_large`,
 * `server.disk_full`; nothing is kept then.
 */
export async function storeUpload(ctx: Ctx, request: FastifyRequest): Promise<FileView> {
  const { files, config } = ctx.services;
  const maxBytes = config.maxUploadBytes;
  try {
    const part = await filePart(request, maxBytes);
    const name = cleanName(part.filename);
    const stored = await files.put(part.file, { name, mime: part.mimetype, maxBytes });
    return await noteFile(ctx, name, stored).catch(async (error: unknown) => {
      await files.delete(stored.key);
      throw error;
    });
  } catch (error) {
    drain(request);
    throw error;
  }
}

async function noteFile(ctx: Ctx, name: string, stored: StoredFile): Promise<FileView> {
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
    uploaded_by_kind: ctx.actor.kind,
    uploaded_by: uploaderOf(ctx.actor),
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
