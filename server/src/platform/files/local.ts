import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { access, constants, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../kernel/problem.ts';
import { errorCode } from '../error-code.ts';
import { asStream, inspect } from './inspect.ts';
import { isFileKey } from './store.ts';
import type { FileStore } from './store.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DRAFT_LIFE_MS = 24 * 60 * 60 * 1000;

function storageProblem(error: unknown): unknown {
  return FULL.has(errorCode(error) ?? '')
    ? new Problem('server.disk_full', { cause: error })
    : error;
}

/** Makes a new name in a folder survive a loss of power; Windows does not allow it and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

/** Removes what uploads cut off by a crash left behind; those of the last day may still be running elsewhere. */
function removeOldDrafts(drafts: string): void {
  for (const name of readdirSync(drafts)) {
    const path = join(drafts, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > DRAFT_LIFE_MS) rmSync(path, { force: true });
  }
}

/**
 * Files in a folder, two levels of 256 sub-folders deep. A file is written beside its place, synced and then moved
 * there: it is complete or not there at all.
 */
export function createLocalStore(folder: string): FileStore {
  const drafts = join(folder, 'drafts');
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  removeOldDrafts(drafts);

  const placeOf = (key: string): string => {
    if (!isFileKey(key)) throw new Problem('file.not_found');
    return join(folder, key.slice(0, 2), key.slice(2, 4), key);
  };

  return {
    async put(source, description) {
      const inspection = inspect(description);
      const draft = join(drafts, inspection.key);
      const place = placeOf(inspection.key);
      const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
      try {
        await pipeline(asStream(source), inspection.pass, target);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await rename(draft, place);
        await syncFolder(dirname(place));
        return inspection.result();
      } catch (error) {
        // Given up before it was opened, the draft would appear after it was removed.
        if (!target.closed) await once(target, 'close').catch(() => {});
        await rm(draft, { force: true });
        throw storageProblem(error);
      }
    },

    async get(key, range) {
      const place = placeOf(key);
      const file = await open(place, 'r').catch((error: unknown) => {
        throw errorCode(error) === 'ENOENT' ? new Problem('file.not_found') : error;
      });
      return createReadStream(place, { fd: file, ...range });
    },

    async delete(key) {
      await rm(placeOf(key), { force: true });
    },

    check: () => access(drafts, constants.W_OK),
  };
}
