import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase, Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { problemFrom } from '../embedded/cluster.ts';
import { DatabaseProblem } from '../problems.ts';
import { readApplied, readPartitions, readSequences, readTables } from './catalog.ts';
import { readWhole, walk } from './folder.ts';
import { CLOSING, DATA, FILES, JOBS, MANIFEST, SECRET } from './manifest.ts';
import type { Closing, Manifest } from './manifest.ts';
import { copyJobsOut, readJobs } from './pending-jobs.ts';
import { COPY_SETTINGS } from './settings.ts';
import { TAR_END, tarHeader, tarPadding } from './tar.ts';

export type BackupOptions = { dataDir: string; file: string };

export type BackupResult = { schemaVersion: number; tables: number; files: number; bytes: number };

/** Rows go out in entries of this size: a tar entry must name its length before it begins. */
const ENTRY_BYTES = 4 * 1024 * 1024;

type Write = (piece: Buffer) => Promise<void>;

const writeEntry = async (write: Write, path: string, body: Buffer): Promise<void> => {
  await write(tarHeader(path, body.length));
  await write(body);
  await write(tarPadding(body.length));
};

const writeJson = (write: Write, path: string, value: unknown): Promise<void> =>
  writeEntry(write, path, Buffer.from(`${JSON.stringify(value, null, 1)}\n`));

type Sum = { bytes: number; hash: Hash };

/** Copies rows out as numbered entries below a path; memory holds one entry at a time. */
const writeRows = async (
  write: Write,
  path: string,
  rows: AsyncIterable<Buffer>,
): Promise<{ bytes: number; sha256: string }> => {
  const sum: Sum = { bytes: 0, hash: createHash('sha256') };
  let held: Buffer[] = [];
  let size = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    await writeEntry(write, `${path}/${String(count).padStart(7, '0')}`, Buffer.concat(held, size));
    [held, size, count] = [[], 0, count + 1];
  };
  for await (const piece of rows) {
    sum.hash.update(piece);
    sum.bytes += piece.length;
    held.push(piece);
    size += piece.length;
    if (size >= ENTRY_BYTES) await flush();
  }
  await flush();
  return { bytes: sum.bytes, sha256: sum.hash.digest('hex') };
};

const readManifest = async (client: ClientBase): Promise<Manifest> => {
  const migrations = await readApplied(client);
  return {
    product: 'yingda',
    format: 1,
    createdAt: new Date().toISOString(),
    schemaVersion: migrations.length,
    migrations,
    tables: await readTables(client),
    partitions: await readPartitions(client),
    jobs: await readJobs(client),
  };
};

const writeData = async (
  client: ClientBase,
  manifest: Manifest,
  write: Write,
): Promise<Closing['tables']> => {
  const sums: Closing['tables'] = {};
  for (const { name, columns } of manifest.tables) {
    const names = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const sql = `copy (select ${names} from public.${client.escapeIdentifier(name)}) to stdout`;
    sums[DATA + name] = await writeRows(write, DATA + name, client.query(copyTo(sql)));
  }
  if (manifest.jobs.queues.length > 0) {
    const rows = client.query(copyTo(copyJobsOut(client, manifest.jobs)));
    sums[JOBS] = await writeRows(write, JOBS, rows);
  }
  return sums;
};

/** The uploads, read after the snapshot was taken: every file that a row in it names is there by then. */
const writeFiles = async (dataDir: string, write: Write): Promise<Closing['files']> => {
  const hash = createHash('sha256');
  let count = 0;
  const add = async (path: string, source: string): Promise<void> => {
    const file = await readWhole(source);
    if (file === null) return;
    hash.update(`${path}\0${file.size}\0`);
    await write(tarHeader(path, file.size));
    for await (const piece of file.body) {
      hash.update(piece);
      await write(piece);
    }
    await write(tarPadding(file.size));
    count += 1;
  };
  for await (const path of walk(join(dataDir, 'files')))
    await add(FILES + path, join(dataDir, 'files', path));
  await add(SECRET, join(dataDir, 'secret'));
  return { count, sha256: hash.digest('hex') };
};

const writeAll = async (
  client: ClientBase,
  dataDir: string,
  write: Write,
): Promise<BackupResult> => {
  const manifest = await readManifest(client);
  await writeJson(write, MANIFEST, manifest);
  const tables = await writeData(client, manifest, write);
  const files = await writeFiles(dataDir, write);
  const closing: Closing = { tables, files, sequences: await readSequences(client) };
  await writeJson(write, CLOSING, closing);
  await write(TAR_END);
  const { schemaVersion } = manifest;
  return { schemaVersion, tables: manifest.tables.length, files: files.count, bytes: 0 };
};

/** Runs `work` on one connection that sees one moment of the database throughout, and changes nothing. */
const inSnapshot = async <T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(COPY_SETTINGS);
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Rows may still be on their way: closing the connection is the one sure way to stop them.
    client.release(true);
    throw error;
  }
};

/**
 * Writes everything the installation holds into one file: all rows of one moment, pending jobs, uploads and the
 * installation's secret. The product may go on working meanwhile. The file appears when it is complete.
 */
export async function backup(
  database: { pool: Pool },
  { dataDir, file }: BackupOptions,
): Promise<BackupResult> {
  if ((await stat(file).catch(() => null)) !== null)
    throw new DatabaseProblem('archive.file_exists', file);
  const draft = `${file}.part`;
  const output = createWriteStream(draft, { mode: 0o600, flush: true });
  const gzip = createGzip({ level: 5 });
  const written = finished(gzip.pipe(output));
  // A full disk ends the output, not the gzip: without this the writer would wait for ever.
  output.on('error', (error) => gzip.destroy(error));
  gzip.on('error', () => {});
  written.catch(() => {});
  const write: Write = async (piece) => {
    if (gzip.errored) throw gzip.errored;
    if (!gzip.write(piece)) await once(gzip, 'drain');
  };
  try {
    const result = await inSnapshot(database.pool, (client) => writeAll(client, dataDir, write));
    gzip.end();
    await written;
    await rename(draft, file);
    return { ...result, bytes: (await stat(file)).size };
  } catch (error) {
    gzip.destroy();
    output.destroy();
    await rm(draft, { force: true });
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? problemFrom(String(error)) : error;
  }
}
