import type { FastifyRequest } from 'fastify';
import type { ImportFileView } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { deleteFile, findFiles, insertFile, oldFiles } from '../store/file.ts';
import type { FileRow } from '../store/file.ts';
import { isFileInUse } from '../store/run.ts';

/** The largest file that can be sent; larger ones are imported by command. */
const MAX_BYTES = 20 * 1024 ** 3;
const KEPT_DAYS = 7;
/** How long the rest of a refused upload is taken and thrown away, so that its sender can read why. */
const DRAIN_MS = 20_000;

export const presentFile = ({ id, name, size, uploaded_at: at }: FileRow): ImportFileView => ({
  id,
  name,
  size: Number(size),
  uploadedAt: at.toISOString(),
});

function cleanName(name: string | undefined): string {
  const clean = (name ?? '').toWellFormed().replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_');
  return clean.slice(-200).toWellFormed() || 'file';
}

function drain({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
  setTimeout(() => raw.complete || raw.destroy(), DRAIN_MS).unref();
}

async function store(ctx: Ctx, request: FastifyRequest): Promise<FileRow> {
  if (!request.isMultipart()) throw new Problem('request.unsupported_type');
  const part = await request.file({ limits: { fileSize: MAX_BYTES } });
  if (!part) throw new Problem('file.missing');
  const name = cleanName(part.filename);
  const { files } = ctx.services;
  part.file.once('limit', () => part.file.destroy(new Problem('file.too_large')));
  const stored = await files.put(part.file, {
    name,
    mime: 'application/octet-stream',
    maxBytes: MAX_BYTES,
  });
  const id = newId();
  const { actor } = ctx;
  const by = actor.kind === 'user' ? actor.userId : null;
  try {
    await insertFile(ctx, {
      id,
      name,
      size: stored.size,
      storage_key: stored.key,
      uploaded_by: by,
    });
  } catch (error) {
    await files.delete(stored.key);
    throw error;
  }
  return { id, name, size: stored.size, storage_key: stored.key, uploaded_at: new Date() };
}

/** Keeps an upload of any size on its way to the store. Problems: `file.missing`, `file.too_large`, `server.disk_full`. */
export async function keepUpload(ctx: Ctx, request: FastifyRequest): Promise<ImportFileView> {
  try {
    return presentFile(await store(ctx, request));
  } catch (error) {
    drain(request);
    throw error;
  }
}

/** Uploads by id, in the order asked for. Problems: `import.file_not_found`. */
export async function uploads(ctx: Ctx, ids: string[]): Promise<FileRow[]> {
  const found = new Map((await findFiles(ctx, ids)).map((file) => [file.id, file]));
  return ids.map((id) => {
    const file = found.get(id);
    if (!file) throw new Problem('import.file_not_found');
    return file;
  });
}

/** Forgets uploads of last week that no import waits for. */
export async function sweepFiles(ctx: Ctx): Promise<void> {
  for (const file of await oldFiles(ctx, KEPT_DAYS)) {
    if (await isFileInUse(ctx, file.id)) continue;
    await ctx.services.files.delete(file.storage_key);
    await deleteFile(ctx, file.id);
  }
}
