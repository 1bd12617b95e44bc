import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../../../platform/ctx.ts';
import { Problem } from '../../../kernel/problem.ts';
import { containerOf } from '../adapters/text.ts';
import { findFiles } from '../store/file.ts';
import type { SourceRef } from '../store/run.ts';

/** Something to read from its beginning, as often as wanted. */
export type Source = { name: string; size: number; open(): Promise<Readable>; path?: string };

/** What the references stand for. Problems: `import.file_not_found`. */
export async function sourcesOf(ctx: Ctx, refs: SourceRef[]): Promise<Source[]> {
  const ids = refs.flatMap(({ fileId }) => fileId ?? []);
  const files = new Map((await findFiles(ctx, ids)).map((file) => [file.id, file]));
  return refs.map(({ name, size, fileId, path }): Source => {
    if (path !== undefined) return { name, size, path, open: async () => createReadStream(path) };
    const file = files.get(fileId ?? '');
    if (!file) throw new Problem('import.file_not_found');
    return { name, size, open: () => ctx.services.files.get(file.storage_key) };
  });
}

/** The source as a file of this machine, for formats that are read from their end. */
export async function localCopy(
  source: Source,
): Promise<{ path: string; remove: () => Promise<void> }> {
  if (source.path !== undefined) return { path: source.path, remove: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'yingda-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'file');
    await pipeline(await source.open(), createWriteStream(path));
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The first bytes as they are stored; none of an empty file. */
export async function firstBytes(source: Source): Promise<Buffer> {
  const stream = await source.open();
  try {
    for await (const chunk of stream) return chunk as Buffer;
    return Buffer.alloc(0);
  } finally {
    stream.destroy();
  }
}

/** Whether a source is a workbook (a ZIP file); old or encrypted ones are refused with `import.unreadable`. */
export async function isWorkbook(source: Source | undefined): Promise<boolean> {
  const head = source ? await firstBytes(source) : Buffer.alloc(0);
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new Problem('import.unreadable');
  return containerOf(head) === 'zip';
}
