import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseLog } from '../log.ts';
import { SUPERUSER, giveTo, problemFrom } from './cluster.ts';
import { commandLineOf, isAlive, waitUntilGone } from './processes.ts';
import { cleanEnv, runToEnd, userOf } from './run-as.ts';
import type { Runner } from './run-as.ts';
import type { Address } from './settings.ts';

/** A running server: its process and where it listens. */
export type Postmaster = { pid: number; address: Address };

/** `port` stays the same when a server on loopback is started again: its address is known to others by then. */
export type Place = { dataDir: string; cluster: string; log: DatabaseLog; port?: number };

/** The address as `pg`, pg-boss and libpq understand it. */
export function urlOf({ socketDir, port, password }: Address, database: string): string {
  if (password !== null)
    return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  return `postgresql://${SUPERUSER}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}`;
}

type Ping = 'ready' | 'starting' | 'silent';

/** Asks the server for a sign-in; one that is starting up or recovering says so (57P03). */
export async function ping(address: Address): Promise<Ping> {
  const client = new pg.Client({
    connectionString: urlOf(address, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === '57P03' ? 'starting' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
}

/** Reads postmaster.pid: process, folder, start time, port, socket folder, one a line. */
export function readPostmaster(cluster: string, password: string | null): Postmaster | null {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port, socketDir] = readFileSync(file, 'utf8').split('\n');
  return {
    pid: Number(pid),
    address: { socketDir: socketDir || cluster, port: Number(port), password },
  };
}

/** False when the number now belongs to another program (after a reboot, or in a new container). */
const isPostgres = (pid: number): boolean => {
  if (!isAlive(pid)) return false;
  const line = commandLineOf(pid);
  return line === null || line.includes('postgres');
};

/** Stops a server: lets running statements be cut but nothing committed be lost; harder when it does not listen. */
export async function stopPostmaster(pid: number, place: Place, runner: Runner): Promise<void> {
  if (process.platform === 'win32') {
    runToEnd(runner.runAs, [runner.binaries.pgCtl, 'stop', '-m', 'fast', '-D', place.cluster]);
  } else {
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (!isAlive(pid)) break;
      process.kill(pid, signal);
      if (await waitUntilGone(pid, 30_000)) break;
      place.log.warn({ pid, signal }, 'the embedded database does not stop; trying harder');
    }
  }
  await waitUntilGone(pid, 30_000);
}

/** Larger than any process number a system gives. */
const NO_PROCESS = '99999999';

/**
 * Makes the notes of a server that is gone harmless: PostgreSQL would take a number that now belongs to another
 * program (or to an unreaped process) for a running server. The file itself must stay, as through it PostgreSQL
 * finds out whether backends of the dead server still hold its memory; starting beside those would ruin the data.
 */
const forgetDead = (cluster: string, { address }: Postmaster): void => {
  const file = join(cluster, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, NO_PROCESS));
  rmSync(join(address.socketDir, `.s.PGSQL.${address.port}.lock`), { force: true });
};

/**
 * A server left by a killed parent: the same one is used on when it answers, else it is stopped.
 * Null when none is left.
 */
export async function adoptPostmaster(
  place: Place,
  runner: Runner,
  password: string | null,
): Promise<Postmaster | null> {
  const left = readPostmaster(place.cluster, password);
  if (left === null) return null;
  if (!isPostgres(left.pid)) {
    forgetDead(place.cluster, left);
    return null;
  }
  const end = performance.now() + 5000;
  for (;;) {
    const answer = await ping(left.address);
    if (answer === 'ready') return left;
    if (!isPostgres(left.pid)) return null;
    if (answer === 'silent' && performance.now() > end) break;
    await sleep(100);
  }
  place.log.warn({ pid: left.pid }, 'a left-over database server does not answer; stopping it');
  await stopPostmaster(left.pid, place, runner);
  return null;
}

const LOG_BYTES = 10 * 1024 * 1024;

const openLog = (dataDir: string, runner: Runner): number => {
  const file = join(dataDir, 'postgres.log');
  if (existsSync(file) && statSync(file).size > LOG_BYTES) rmSync(file);
  const fd = openSync(file, 'a', 0o600);
  giveTo(file, runner);
  return fd;
};

/** What the server wrote since `from`, at most its last part: the reason it did not start. */
const saidSince = (dataDir: string, from: number): string =>
  readFileSync(join(dataDir, 'postgres.log')).subarray(from).toString('utf8').slice(-2000).trim();

/** Backends of a killed server notice within moments; one busy with a statement may take a little longer. */
const LEFT_BACKENDS = /is still in use/;
const LEFT_BACKENDS_WAIT_MS = 60_000;

/** Starts the server and waits until it answers; recovery after a crash may take as long as it needs. */
export async function launchPostmaster(
  place: Place,
  runner: Runner,
  address: Address,
): Promise<Postmaster> {
  const end = performance.now() + LEFT_BACKENDS_WAIT_MS;
  for (;;) {
    const result = await launchOnce(place, runner, address);
    if (typeof result !== 'string') return result;
    if (!LEFT_BACKENDS.test(result) || performance.now() > end) throw problemFrom(result);
    await sleep(200);
  }
}

/**
 * One attempt; what the server said when it ended at once.
 * It runs in a session of its own: Ctrl-C must reach only us, as we still need it while we finish.
 */
const launchOnce = async (
  place: Place,
  runner: Runner,
  address: Address,
): Promise<Postmaster | string> => {
  const fd = openLog(place.dataDir, runner);
  const from = statSync(join(place.dataDir, 'postgres.log')).size;
  const [file, ...args] = [...runner.runAs.prefix, runner.binaries.postgres, '-D', place.cluster];
  const child = spawn(file, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', fd, fd],
    env: cleanEnv(),
    windowsHide: true,
    ...userOf(runner.runAs),
  });
  let failure: Error | null = null;
  child.on('error', (error) => (failure = error));
  child.unref();
  closeSync(fd);
  const { pid } = child;
  while (pid !== undefined && isAlive(pid) && failure === null) {
    if ((await ping(address)) === 'ready') return { pid, address };
    await sleep(20);
  }
  return failure === null ? saidSince(place.dataDir, from) : String(failure);
};

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
