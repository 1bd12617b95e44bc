import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseLog } from '../log.ts';
import { DatabaseProblem } from '../problems.ts';
import { findBinaries } from './binaries.ts';
import { initCluster, inspectCluster, makeDataDir, passwordOf, writeSettings } from './cluster.ts';
import { takeLock } from './lock.ts';
import type { DataLock } from './lock.ts';
import {
  adoptPostmaster,
  freePort,
  launchPostmaster,
  ping,
  readPostmaster,
  urlOf,
} from './postmaster.ts';
import type { Place, Postmaster } from './postmaster.ts';
import { chooseRunner } from './run-as.ts';
import type { Runner } from './run-as.ts';
import { settingsText, socketFolder } from './settings.ts';
import type { Address } from './settings.ts';
import { superviseServer, watchThrowaway } from './supervise.ts';

export type EmbeddedOptions = {
  /** The data folder; the cluster lies in its folder `postgres`. Made when missing. */
  dataDir: string;
  log: DatabaseLog;
  /** No syncing to disk, and the server ends with this process: for test clusters only. */
  throwaway?: boolean;
  /** Use the server of another running Yingda instead of refusing: for tools beside the running product. */
  share?: boolean;
  /** Loopback with a password instead of a socket; always so on Windows. */
  tcp?: boolean;
  /** False to do without user namespaces for root. */
  namespaces?: boolean;
};

export type Embedded = {
  /** A connection string for the database `yingda`; good for `pg`, pg-boss and psql. */
  url: string;
  /** Stops the server cleanly and gives the folder free. A shared server is left running. */
  stop(): Promise<void>;
};

const DATABASE = 'yingda';

const ensureDatabase = async (address: Address): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf(address, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
};

/** How long a start waits for the folder: a restart may overlap with the old process's clean stop. */
const LOCK_WAIT_MS = 5000;

const lockFolder = async (dataDir: string): Promise<DataLock | number> => {
  const end = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    const lock = await takeLock(dataDir);
    if (typeof lock !== 'number' || performance.now() > end) return lock;
    await sleep(200);
  }
};

const isTcp = (options: EmbeddedOptions): boolean => options.tcp ?? process.platform === 'win32';

/** The address of the server that another process runs, once it answers. */
const sharedServer = async (
  place: Place,
  password: string | null,
  holder: number,
): Promise<Embedded> => {
  const end = performance.now() + 30_000;
  while (performance.now() < end) {
    const other = existsSync(place.cluster) ? readPostmaster(place.cluster, password) : null;
    if (other !== null && (await ping(other.address)) === 'ready')
      return { url: urlOf(other.address, DATABASE), stop: async () => {} };
    await sleep(200);
  }
  throw new DatabaseProblem('database.locked', `${place.dataDir}: ${holder}`);
};

const prepare = (place: Place, options: EmbeddedOptions): Runner => {
  const binaries = findBinaries(place.dataDir);
  const ready = inspectCluster(place.cluster, binaries.major);
  const runner = chooseRunner({
    binaries,
    dataDir: place.dataDir,
    namespaces: options.namespaces ?? true,
  });
  if (!ready) {
    place.log.info({ folder: place.cluster }, 'making the embedded database');
    initCluster(runner, {
      dataDir: place.dataDir,
      throwaway: options.throwaway ?? false,
      password: isTcp(options),
    });
  }
  return runner;
};

const startServer = async (
  place: Place,
  runner: Runner,
  options: EmbeddedOptions,
): Promise<Postmaster> => {
  const password = isTcp(options) ? passwordOf(place.dataDir) : null;
  const left = await adoptPostmaster(place, runner, password);
  if (left !== null) {
    place.log.info({ pid: left.pid }, 'using the database server that was left running');
    return left;
  }
  const address: Address =
    password === null
      ? { socketDir: socketFolder(place.cluster, runner.runAs), port: 5432, password }
      : { socketDir: '', port: (place.port ??= await freePort()), password };
  writeSettings(place.cluster, settingsText(address, options.throwaway ?? false), runner);
  return launchPostmaster(place, runner, address);
};

/**
 * Starts the PostgreSQL server that ships with Yingda, or takes over the one a killed parent left running.
 * Throws a DatabaseProblem that says what to do: folder in use, not ours, of another version, disk full, …
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  const place: Place = { dataDir, cluster: join(dataDir, 'postgres'), log: options.log };
  makeDataDir(dataDir);
  const lock = options.share === true ? await takeLock(dataDir) : await lockFolder(dataDir);
  if (typeof lock === 'number') {
    if (options.share === true)
      return sharedServer(place, isTcp(options) ? passwordOf(dataDir) : null, lock);
    throw new DatabaseProblem('database.locked', `${dataDir}: ${lock}`);
  }
  try {
    const runner = prepare(place, options);
    const server = await startServer(place, runner, options);
    await ensureDatabase(server.address);
    if (options.throwaway === true) watchThrowaway(server.pid);
    const supervisor = superviseServer({
      server,
      place,
      runner,
      immediate: options.throwaway ?? false,
      restart: () => startServer(place, runner, options),
    });
    return {
      url: urlOf(server.address, DATABASE),
      stop: () => supervisor.stop().finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
