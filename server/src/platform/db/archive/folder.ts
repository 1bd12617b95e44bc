import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { DatabaseProblem } from '../problems.ts';

/** Paths below a folder, with forward slashes; half-finished uploads and what is no plain file left out. */
export async function* walk(root: string, folder = root): AsyncGenerator<string> {
  const found = await opendir(folder).catch(() => null);
  if (found === null) return;
  for await (const entry of found) {
    const path = join(folder, entry.name);
    const inside = relative(root, path).split(sep).join('/');
    if (entry.isDirectory()) {
      if (inside !== 'drafts') yield* walk(root, path);
    } else if (entry.isFile()) yield inside;
  }
}

/** A file's size and contents; null when it was deleted meanwhile. */
export async function readWhole(
  path: string,
): Promise<{ size: number; body: AsyncIterable<Buffer> } | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (found.size === 0) return { size: 0, body: (async function* () {})() };
  return { size: found.size, body: createReadStream(path, { end: found.size - 1 }) };
}

/** Where a path of the archive may be written; one that points outside the folder is no work of ours. */
export function placeInside(folder: string, path: string): string {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0:]/.test(part)))
    throw new DatabaseProblem('archive.unreadable', path);
  return join(folder, ...parts);
}

/** Writes a file to disk for good, readable by its owner only. */
export async function writeWhole(path: string, body: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

const move = async (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/**
 * Puts what was restored beside the data folder's own in its place. `undo` brings the former state back, `finish`
 * throws it away: which one, the database's commit decides.
 */
export async function swapIn(
  staged: string,
  dataDir: string,
  names: string[],
): Promise<{ undo(): Promise<void>; finish(): Promise<void> }> {
  const former = `${staged}.former`;
  await mkdir(former, { recursive: true, mode: 0o700 });
  const done: string[] = [];
  const undo = async (): Promise<void> => {
    for (const name of done) {
      await rm(join(dataDir, name), { recursive: true, force: true });
      await move(join(former, name), join(dataDir, name));
    }
    await rm(former, { recursive: true, force: true });
  };
  try {
    for (const name of names) {
      await move(join(dataDir, name), join(former, name));
      done.push(name);
      await move(join(staged, name), join(dataDir, name));
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return { undo, finish: () => rm(former, { recursive: true, force: true }) };
}
