import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ClientBase, Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { z } from 'zod';
import { readMigrations } from '../migrate.ts';
import type { Migration } from '../migrate.ts';
import { DatabaseProblem } from '../problems.ts';
import { suspendRules } from './catalog.ts';
import { placeInside, swapIn, writeWhole } from './folder.ts';
import { CLOSING, Closing, DATA, FILES, JOBS, MANIFEST, Manifest, SECRET } from './manifest.ts';
import { rebaseOutbox } from './outbox.ts';
import { makeQueues, replaceJobs, stageJobs } from './pending-jobs.ts';
import { assertEmpty, assertUnused, buildSchema, finishSchema, makePartitions } from './target.ts';
import { readTar } from './tar.ts';
import type { TarEntry } from './tar.ts';
import { COPY_SETTINGS } from './settings.ts';

export type RestoreOptions = {
  dataDir: string;
  file: string;
  migrationsDir: string;
  /** Replace what the database holds. */
  force?: boolean;
};

export type RestoreResult = {
  schemaVersion: number;
  tables: number;
  files: number;
  createdAt: string;
};

/** Reads a gzipped archive; a fault of the file or of the zip ends the stream that is read. */
const entriesOf = (file: string): AsyncGenerator<TarEntry> => {
  const gunzip = createGunzip();
  // Who reads the stream hears of its faults; one that comes when nobody reads any more does not matter.
  gunzip.on('error', () => {});
  pipeline(createReadStream(file), gunzip).catch(() => {});
  return readTar(gunzip as AsyncIterable<Buffer>);
};

const readJson = async <T extends z.ZodType>(entry: TarEntry, schema: T): Promise<z.infer<T>> => {
  const pieces: Buffer[] = [];
  for await (const piece of entry.body) pieces.push(piece);
  try {
    return schema.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
  } catch (cause) {
    throw new DatabaseProblem('archive.unreadable', entry.path, { cause });
  }
};

/** The entries in order, with the one in hand kept, so that consecutive ones can be taken together. */
class Entries {
  readonly #source: AsyncGenerator<TarEntry>;
  current: TarEntry | null = null;

  constructor(file: string) {
    this.#source = entriesOf(file);
  }

  async next(): Promise<void> {
    const { done, value } = await this.#source.next();
    this.current = done === true ? null : value;
  }

  async close(): Promise<void> {
    await this.#source.return(null);
  }
}

const readManifest = async (entries: Entries): Promise<Manifest> => {
  await entries.next();
  if (entries.current?.path !== MANIFEST)
    throw new DatabaseProblem('archive.unreadable', `${MANIFEST} is missing`);
  const manifest = await readJson(entries.current, Manifest);
  await entries.next();
  return manifest;
};

/** The archive's schema must be one that our migrations make on the way to the newest. */
const checkVersion = (manifest: Manifest, migrations: Migration[]): void => {
  if (manifest.schemaVersion > migrations.length)
    throw new DatabaseProblem(
      'archive.newer_schema',
      `${manifest.schemaVersion} > ${migrations.length}`,
    );
  for (const { version, checksum, name } of manifest.migrations)
    if (migrations[version - 1]?.checksum !== checksum)
      throw new DatabaseProblem('database.migration_edited', `${version}-${name}`);
};

type Run = {
  client: ClientBase;
  entries: Entries;
  manifest: Manifest;
  staged: string;
  sums: Closing['tables'];
  files: { count: number; hash: Hash };
  names: Set<string>;
};

/** All consecutive entries below a path as one stream, summed up on the way. */
async function* rowsBelow(run: Run, path: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  while (run.entries.current?.path.startsWith(`${path}/`) === true) {
    for await (const piece of run.entries.current.body) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    await run.entries.next();
  }
  run.sums[path] = { bytes, sha256: hash.digest('hex') };
}

const loadRows = async (run: Run, path: string, sql: string): Promise<void> => {
  const target = run.client.query(copyFrom(sql));
  try {
    await pipeline(Readable.from(rowsBelow(run, path), { objectMode: false }), target);
  } catch (cause) {
    // Values that are none (class 22) can only come from a damaged file.
    const { code, message } = cause as { code?: string; message: string };
    if (code?.startsWith('22') !== true) throw cause;
    throw new DatabaseProblem('archive.unreadable', `${path}: ${message}`, { cause });
  }
};

const loadTables = async (run: Run): Promise<void> => {
  const quote = (name: string): string => run.client.escapeIdentifier(name);
  for (const { name, columns } of run.manifest.tables) {
    const sql = `copy public.${quote(name)} (${columns.map(quote).join(', ')}) from stdin`;
    await loadRows(run, DATA + name, sql);
  }
  if (run.manifest.jobs.queues.length > 0)
    await loadRows(run, JOBS, await stageJobs(run.client, run.manifest.jobs));
  await replaceJobs(run.client, run.manifest.jobs);
};

async function* hashed(body: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
}

const loadFiles = async ({ entries, staged, files, names }: Run): Promise<void> => {
  for (; entries.current !== null && entries.current.path !== CLOSING; await entries.next()) {
    const { path, size, body } = entries.current;
    if (!path.startsWith(FILES) && path !== SECRET)
      throw new DatabaseProblem('archive.unreadable', path);
    files.hash.update(`${path}\0${size}\0`);
    await writeWhole(placeInside(staged, path), hashed(body, files.hash));
    files.count += 1;
    names.add(path.split('/')[0] ?? path);
  }
};

const verify = async ({ entries, sums, files }: Run): Promise<Closing> => {
  if (entries.current === null)
    throw new DatabaseProblem('archive.unreadable', `${CLOSING} is missing`);
  const closing = await readJson(entries.current, Closing);
  await entries.next();
  const wrong = Object.keys({ ...closing.tables, ...sums }).filter(
    (name) => closing.tables[name]?.sha256 !== sums[name]?.sha256,
  );
  if (files.count !== closing.files.count || files.hash.digest('hex') !== closing.files.sha256)
    wrong.push(FILES);
  if (wrong.length > 0) throw new DatabaseProblem('archive.unreadable', wrong.join(', '));
  return closing;
};

const load = async (run: Run, migrations: Migration[]): Promise<void> => {
  const { client, manifest } = run;
  await buildSchema(client, migrations.slice(0, manifest.schemaVersion));
  await makePartitions(client, manifest.partitions);
  const resume = await suspendRules(client);
  const names = manifest.tables.map(({ name }) => client.escapeIdentifier(name));
  if (names.length > 0) await client.query(`truncate ${names.join(', ')}`);
  await loadTables(run);
  await loadFiles(run);
  const { sequences } = await verify(run);
  await rebaseOutbox(client);
  // Deferred checks must be through before a table may be altered again.
  await client.query('set constraints all immediate');
  await resume();
  await finishSchema(client, sequences, migrations.slice(manifest.schemaVersion));
};

const restoreIn = async (
  run: Run,
  migrations: Migration[],
  options: RestoreOptions,
): Promise<void> => {
  const { client, staged } = run;
  await client.query('begin');
  await client.query(COPY_SETTINGS);
  await load(run, migrations);
  // Uploads of an installation without any are an empty folder, not those of the one before.
  const swap = await swapIn(staged, options.dataDir, [...run.names.add('files')]);
  try {
    await client.query('commit');
  } catch (error) {
    await swap.undo();
    throw error;
  }
  await swap.finish();
  await client.query('analyze');
};

/**
 * Puts an archive into a database: all or nothing. Everything happens in one transaction (the schema as it was at the
 * backup, rows, checksums, then the newer migrations); uploads are swapped in right before its commit.
 * Throws a DatabaseProblem, and nothing has changed, when the archive is damaged or newer, or the target not empty.
 */
export async function restore(
  database: { pool: Pool; url: string },
  options: RestoreOptions,
): Promise<RestoreResult> {
  const migrations = readMigrations(options.migrationsDir);
  const entries = new Entries(options.file);
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const staged = await mkdtemp(join(options.dataDir, '.restoring-'));
  const client = await database.pool.connect();
  let failed = true;
  try {
    const manifest = await readManifest(entries);
    checkVersion(manifest, migrations);
    await assertUnused(client);
    if (options.force !== true) await assertEmpty(client, migrations);
    await makeQueues(database.url, manifest.jobs);
    const files = { count: 0, hash: createHash('sha256') };
    const run: Run = { client, entries, manifest, staged, sums: {}, files, names: new Set() };
    await restoreIn(run, migrations, options);
    failed = false;
    return {
      schemaVersion: migrations.length,
      tables: manifest.tables.length,
      files: files.count,
      createdAt: manifest.createdAt,
    };
  } finally {
    // Ending the connection rolls back whatever state a failure left it in.
    client.release(failed);
    await entries.close();
    await rm(staged, { recursive: true, force: true });
  }
}
