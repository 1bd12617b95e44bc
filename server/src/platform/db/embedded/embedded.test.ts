import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { setAside } from '../aside.ts';
import { silentLog } from '../log.ts';
import { openPool } from '../open.ts';
import { startEmbedded } from './index.ts';
import type { Embedded, EmbeddedOptions } from './index.ts';
import { isAlive, waitUntilGone } from './processes.ts';

const PARENT = join(import.meta.dirname, '../../../../test/embedded-parent.ts');

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'yingda-embedded-'));
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const start = async (
  dataDir: string,
  options: Partial<EmbeddedOptions> = {},
): Promise<Embedded> => {
  const server = await startEmbedded({ dataDir, log: silentLog, ...options });
  cleanUps.push(() => server.stop());
  return server;
};

const query = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<T>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
};

const pidOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

const startParent = async (
  dataDir: string,
  mode = '',
): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, [PARENT, dataDir, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUps.push(async () => {
    if (child.exitCode === null && child.signalCode === null) await killed(child, 'SIGTERM');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
};

const killed = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
};

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'started',
    (error: { code?: string }) => error.code,
  );

test('a new cluster is UTF8, sorted by C.UTF-8, checksummed, synced, private and keeps its rows over a restart', async () => {
  const dataDir = tempDir();
  const first = await start(dataDir);
  const [row] = await query(
    first.url,
    `select pg_encoding_to_char(encoding) as encoding, datcollate as collate, current_setting('data_checksums') as checksums,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit
     from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    encoding: 'UTF8',
    collate: 'C.UTF-8',
    checksums: 'on',
    fsync: 'on',
    commit: 'on',
  });
  expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
  await query(first.url, 'create table kept as select 42 as n');
  const pid = pidOf(dataDir);
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  const second = await start(dataDir);
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
});

test('a server left by a killed parent is used on, with every committed row', async () => {
  const dataDir = tempDir();
  const { child, url } = await startParent(dataDir);
  await query(url, 'create table kept as select 42 as n');
  const pid = pidOf(dataDir);
  await killed(child, 'SIGKILL');
  expect(isAlive(pid)).toBe(true);
  const next = await start(dataDir);
  expect(pidOf(dataDir)).toBe(pid);
  expect(await query(next.url, 'select n from kept')).toEqual([{ n: 42 }]);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

test('parent and server killed together lose nothing committed', async () => {
  const dataDir = tempDir();
  const { child, url } = await startParent(dataDir);
  await query(url, 'create table kept as select 42 as n');
  const pid = pidOf(dataDir);
  process.kill(pid, 'SIGKILL');
  await killed(child, 'SIGKILL');
  const next = await start(dataDir);
  expect(await query(next.url, 'select n from kept')).toEqual([{ n: 42 }]);
});

test('a note of a process number that is another program by now does not block the start', async () => {
  const dataDir = tempDir();
  await (await start(dataDir)).stop();
  const folder = join(dataDir, 'postgres');
  writeFileSync(
    join(folder, 'postmaster.pid'),
    `${process.pid}\n${folder}\n1700000000\n5432\n${folder}\n\n`,
  );
  expect(await codeOf(start(dataDir))).toBe('started');
});

test('SIGTERM stops the server with its parent', async () => {
  const dataDir = tempDir();
  const { child } = await startParent(dataDir);
  const pid = pidOf(dataDir);
  await killed(child, 'SIGTERM');
  expect(await waitUntilGone(pid, 20_000)).toBe(true);
  expect(readdirSync(join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
});

test('a throw-away server ends with its parent even when that is killed', async () => {
  const dataDir = tempDir();
  const { child } = await startParent(dataDir, 'throwaway');
  const pid = pidOf(dataDir);
  await killed(child, 'SIGKILL');
  expect(await waitUntilGone(pid, 20_000)).toBe(true);
});

test('a server that dies is started again and the pool finds it', async () => {
  const dataDir = tempDir();
  const { url } = await start(dataDir);
  const pool = openPool(url, silentLog);
  cleanUps.push(() => pool.end());
  await pool.query('select 1');
  const pid = pidOf(dataDir);
  process.kill(pid, 'SIGKILL');
  expect(await waitUntilGone(pid, 20_000)).toBe(true);
  const answer = async (): Promise<unknown> => (await pool.query('select 1 as one')).rows[0];
  await expect.poll(() => answer().catch(() => null), { timeout: 60_000 }).toEqual({ one: 1 });
});

test('a connection for what may wait is modest from its first query on', async () => {
  const { url } = await start(tempDir());
  const pool = openPool(url, silentLog, { prepare: setAside });
  cleanUps.push(() => pool.end());
  const { rows } = await pool.query<{ pid: number; helpers: string }>(
    `select pg_backend_pid() as pid, current_setting('max_parallel_workers_per_gather') as helpers`,
  );
  expect(rows[0]?.helpers).toBe('0');
  expect(getPriority(rows[0]?.pid ?? 0)).toBe(15);
});

test('a folder in use is refused, and a tool that may share it reaches the running server', async () => {
  const dataDir = tempDir();
  const { url } = await startParent(dataDir);
  expect(await codeOf(start(dataDir))).toBe('database.locked');
  const shared = await start(dataDir, { share: true });
  await query(shared.url, 'create table mark ()');
  await shared.stop();
  expect(await query(url, `select to_regclass('mark') as mark`)).toEqual([{ mark: 'mark' }]);
});

test('a folder with something else in it is left alone', async () => {
  const dataDir = tempDir();
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres/holiday.jpg'), 'x');
  expect(await codeOf(start(dataDir))).toBe('database.foreign_folder');
  expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['holiday.jpg']);
});

test.each([
  ['17', 'database.older_version'],
  ['99', 'database.newer_version'],
])('a cluster of PostgreSQL %s is refused with %s', async (version, code) => {
  const dataDir = tempDir();
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), `${version}\n`);
  writeFileSync(join(dataDir, 'postgres/yingda.conf'), '');
  expect(await codeOf(start(dataDir))).toBe(code);
});

test('a folder too deep for a socket works through a short private one', async () => {
  const dataDir = join(tempDir(), 'd'.repeat(60), 'e'.repeat(60));
  const { url } = await start(dataDir, { throwaway: true });
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('loopback works with its password only', async () => {
  const { url } = await start(tempDir(), { throwaway: true, tcp: true });
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  const wrong = new URL(url);
  wrong.password = 'wrong';
  expect(await codeOf(query(wrong.toString(), 'select 1'))).toBe('28P01');
});

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('root runs it in a user namespace, and its files stay root’s', async () => {
  const dataDir = tempDir();
  await start(dataDir, { throwaway: true });
  expect(statSync(join(dataDir, 'postgres/PG_VERSION')).uid).toBe(0);
});

test.runIf(isRoot)(
  'root without namespaces runs it as an unprivileged user from then on',
  async () => {
    const dataDir = tempDir();
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();
    const second = await start(dataDir, { namespaces: false });
    expect(statSync(join(dataDir, 'postgres/PG_VERSION')).uid).not.toBe(0);
    await second.stop();
    const third = await start(dataDir);
    expect(await query(third.url, 'select n from kept')).toEqual([{ n: 42 }]);
  },
);

test.runIf(isRoot)(
  'root without namespaces is told when no other user can reach the folder',
  async () => {
    const locked = tempDir();
    expect(await codeOf(start(join(locked, 'data'), { namespaces: false }))).toBe(
      'database.no_user',
    );
  },
);

const mounted = (dir: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', dir]).status === 0;

test('a full disk is named as such and leaves no half cluster', async (context) => {
  const dataDir = tempDir();
  if (!isRoot || !mounted(dataDir)) context.skip('needs the right to mount a small file system');
  cleanUps.push(() => void spawnSync('umount', ['-l', dataDir]));
  expect(await codeOf(start(dataDir))).toBe('database.disk_full');
  expect(readdirSync(dataDir)).toEqual([]);
});
