// Uploads: kept in a folder or a bucket, looked at for what they are, served so that they can do no harm.
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { createLocalStore } from './local.ts';
import type { FileStore } from './store.ts';

export { rangeOf, serveHeaders } from './serve.ts';
export type { ServedFile } from './serve.ts';
export type { ByteRange, FileDescription, FileStore, StoredFile } from './store.ts';

/** A store that is loaded when it is first used. */
function loadedLater(load: () => Promise<FileStore>): FileStore {
  let loading: Promise<FileStore> | undefined;
  const store = (): Promise<FileStore> => (loading ??= load());
  return {
    put: async (source, description) => (await store()).put(source, description),
    get: async (key, range) => (await store()).get(key, range),
    delete: async (key) => (await store()).delete(key),
    check: async () => (await store()).check(),
  };
}

/**
 * The store the configuration names: the bucket when there is one, else `DATA_DIR/files`. Throws when that folder
 * cannot be made.
 */
export function createFileStore(config: Pick<Config, 'dataDir' | 's3'>): FileStore {
  const { s3 } = config;
  if (!s3) return createLocalStore(join(config.dataDir, 'files'));
  // The client of the bucket takes 36 MB, so it is loaded only where one is used.
  return loadedLater(async () => (await import('./s3.ts')).createS3Store(s3));
}
