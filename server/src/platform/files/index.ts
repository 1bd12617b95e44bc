// Uploads: kept in a folder or a bucket, looked at for what they are, served so that they can do no harm.
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { createLocalStore } from './local.ts';
import type { FileStore } from './store.ts';

export { rangeOf, serveHeaders } from './serve.ts';
export type { ServedFile } from './serve.ts';
export type { ByteRange, FileDescription, FileStore, StoredFile } from './store.ts';

/** The store the configuration names: the bucket when there is one, else `DATA_DIR/files`. */
export async function createFileStore(config: Pick<Config, 'dataDir' | 's3'>): Promise<FileStore> {
  if (!config.s3) return createLocalStore(join(config.dataDir, 'files'));
  // The client of the bucket takes 36 MB, so it is loaded only where one is used.
  const { createS3Store } = await import('./s3.ts');
  return createS3Store(config.s3);
}
