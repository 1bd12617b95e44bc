import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../../../platform/error-code.ts';

/** Where reading of a growing file stands, and how the file is known again. */
export type Place = { inode: string; fingerprint: string; position: number };

const PRINT_BYTES = 256;
export const STEP_BYTES = 2 * 1024 * 1024;

export type Found = { inode: string; size: number };

/** The file as it is now; null: there is none. */
export async function lookAt(path: string): Promise<Found | null> {
  try {
    const { ino, dev, size } = await stat(path, { bigint: true });
    return { inode: `${dev}:${ino}`, size: Number(size) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

export async function readPart(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const hashOf = (bytes: Buffer): string =>
  createHash('sha1').update(bytes).digest('hex').slice(0, 20);

/** Tells a file by how it begins: a length and a hash of so many bytes. */
export async function fingerprintOf(path: string, size: number): Promise<string> {
  const bytes = await readPart(path, 0, Math.min(size, PRINT_BYTES));
  return bytes.length === 0 ? '' : `${bytes.length}:${hashOf(bytes)}`;
}

async function begins(path: string, fingerprint: string): Promise<boolean> {
  const [length = '0', hash = ''] = fingerprint.split(':');
  const bytes = await readPart(path, 0, Number(length));
  return bytes.length === Number(length) && hashOf(bytes) === hash;
}

/** Whether the file is still the one that was read so far. */
export async function isSame(path: string, { inode, size }: Found, place: Place): Promise<boolean> {
  if (place.inode === '') return true;
  if (size < place.position) return false;
  if (place.fingerprint !== '' && !(await begins(path, place.fingerprint))) return false;
  return inode === place.inode || place.fingerprint !== '';
}

/** Where the file that was read so far has gone: rotation renames it, or copies it before it is emptied. */
export async function rotatedCopy(
  path: string,
  place: Place,
): Promise<{ path: string; size: number } | null> {
  if (place.fingerprint === '') return null;
  const folder = dirname(path);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(basename(path)) && name !== basename(path),
  );
  for (const name of names.toSorted()) {
    const other = join(folder, name);
    const found = await lookAt(other);
    if (!found || found.size < place.position) continue;
    if (await begins(other, place.fingerprint)) return { path: other, size: found.size };
  }
  return null;
}
