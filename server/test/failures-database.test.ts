import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '@yingda/contract';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrationsDir } from '../src/app/compose.ts';
import { setTimer, timerKind } from '../src/modules/clocks/index.ts';
import { transact } from '../src/platform/ctx.ts';
import type { Database } from '../src/platform/db/index.ts';
import { connectDatabase, migrate, startEmbedded } from '../src/platform/db/index.ts';
import type { Embedded } from '../src/platform/db/embedded/index.ts';
import { silentLog } from '../src/platform/db/log.ts';
import { testApp } from './app.ts';
import type { Caller, TestApp } from './app.ts';
import { greet } from './fuzz/line.ts';
import type { Line } from './fuzz/line.ts';
import { lossesOf, writeOn } from './fuzz/load.ts';
import type { Load } from './fuzz/load.ts';
import { setTeam, setVisitor } from './fuzz/stage.ts';

const patience = { timeout: 60_000, interval: 50 };
const Payload = z.object({ mark: z.string() });
/** Notes in the transaction that fired it, so that a firing that was undone does not count. */
timerKind('test.failures', Payload, async (tx, { mark }) => {
  await sql`insert into fired values (${mark})`.execute(tx.db);
});

async function fired(): Promise<string[]> {
  const { rows } = await sql<{ mark: string }>`select mark from fired`.execute(here.ctx.db);
  return rows.map(({ mark }) => mark);
}

/** Each of these timers has fired, and only once. */
async function expectFired(marks: string[]): Promise<void> {
  const all = (): Promise<boolean> =>
    fired().then(
      (done) => marks.every((mark) => done.includes(mark)),
      () => false,
    );
  await expect.poll(all, patience).toBe(true);
  const done = await fired();
  expect(new Set(done).size).toBe(done.length);
}

const dataDir = mkdtempSync(join(tmpdir(), 'yingda-failures-'));
let server: Embedded;
let database: Database;
/** Two processes of one installation, as far as the database can tell. */
let here: TestApp;
let there: TestApp;
let admin: Caller;
let team: Awaited<ReturnType<typeof setTeam>>;
let writers: Awaited<ReturnType<typeof setVisitor>>[];

async function startServer(): Promise<Embedded> {
  return startEmbedded({ dataDir, log: silentLog });
}

beforeAll(async () => {
  server = await startServer();
  const { url } = server;
  const open = (): Database => connectDatabase(url, { log: silentLog, poolSize: 8 });
  database = open();
  await migrate(database, { dir: migrationsDir });
  await database.pool.query('create table fired (mark text)');
  const config = { databaseUrl: url, authSecret: randomUUID() };
  here = await testApp({ database, config });
  there = await testApp({ database: open(), config });
  admin = await here.newPerson({ role: 'administrator' });
  team = await setTeam(here, admin);
  writers = [];
  for (let at = 0; at < 8; at += 1) writers.push(await setVisitor(here, team.widgetKey));
});

afterAll(async () => {
  for (const app of [here, there]) await app.stop();
  await there.services.database.close();
  await database.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs a statement on a connection of its own, which nobody cuts. */
async function beside<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.url, application_name: 'beside' });
  client.on('error', () => {});
  await client.connect();
  return client
    .query<T>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

const cutAll = (): Promise<unknown> =>
  beside(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`);

/** How many connections there are of a kind. */
async function connections(name: string): Promise<number> {
  const [row] = await beside<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = '${name}'`,
  );
  return row?.n ?? 0;
}

/** Acknowledged is kept, once and in order; what was refused was refused for a while. */
async function expectNothingLost(load: Load): Promise<void> {
  expect(await lossesOf(here, load)).toEqual([]);
  expect([...load.refusals.keys()].filter((code) => code !== 'server.unavailable')).toEqual([]);
}

async function ringTimers(marks: string[]): Promise<void> {
  await transact(here.ctx, async (tx) => {
    for (const mark of marks) {
      await setTimer(tx, 'test.failures', { key: mark, dueAt: new Date(), payload: { mark } });
    }
  });
}

/** What happens in one process is told in the other, and to its sockets. */
async function expectConnected(line: Line): Promise<void> {
  await expect
    .poll(async () => {
      const [writer] = writers;
      if (!writer) return false;
      const key = randomUUID();
      await here.request(contract.postVisitorMessage, writer, {
        body: { clientKey: key, parts: [{ type: 'text', text: '还在吗' }] },
      });
      await sleep(200);
      return line.frames.some(
        (frame) =>
          frame.t === 'event' &&
          frame.event.type === 'message.posted' &&
          frame.event.message.clientKey === key,
      );
    }, patience)
    .toBe(true);
}

/** Listeners have heard everything that was said, timers and jobs go on. */
async function expectAllGoesOn(line: Line): Promise<void> {
  const marks = Array.from({ length: 5 }, () => randomUUID());
  await ringTimers(marks);
  await expectFired(marks);
  await expectConnected(line);
  await expect
    .poll(async () => {
      const { rows } = await sql<{ behind: number }>`
        select count(*)::int as behind from listener_cursor where failed_attempts > 0
      `.execute(here.ctx.db);
      return rows[0]?.behind;
    }, patience)
    .toBe(0);
  // A team's queue is made by a listener.
  const made = await setTeam(there, admin);
  expect(made.queueId).not.toBe('');
  // One bus for each process: a reconnection must not bring several.
  await expect.poll(() => connections('yingda bus'), patience).toBe(2);
  expect(await connections('yingda')).toBeLessThanOrEqual(16);
  for (const app of [here, there]) {
    const health = await app.http?.inject({ method: 'GET', url: '/health' });
    expect(health?.statusCode).toBe(200);
  }
}

async function listenThere(): Promise<Line> {
  const url = await there.address();
  const headers = { ...admin.headers, origin: url };
  const line = await greet(url, headers, { rooms: [`team:${team.teamId}`] });
  expect(line.frames[0]).toMatchObject({ t: 'welcome' });
  return line;
}

describe('connections cut', () => {
  test('again and again under load cost a retry at most', async () => {
    const line = await listenThere();
    const load = writeOn(here, writers);
    const marks: string[] = [];
    for (let at = 0; at < 10; at += 1) {
      const mark = randomUUID();
      const isSet = await ringTimers([mark]).then(
        () => true,
        () => false,
      );
      if (isSet) marks.push(mark);
      await cutAll();
      await sleep(250);
    }
    await load.stop();
    expect(load.written.length).toBeGreaterThan(100);
    await expectNothingLost(load);
    await expectFired(marks);
    await expectAllGoesOn(line);
    line.socket.terminate();
  });

  test('of one process lose no live update of another without saying so', async () => {
    const line = await listenThere();
    const load = writeOn(here, writers, 2);
    for (let at = 0; at < 5; at += 1) {
      await beside(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yingda bus'`,
      );
      await sleep(400);
    }
    await load.stop();
    await expectNothingLost(load);
    await expectConnected(line);
    const heard = new Set(
      line.frames.flatMap((frame) =>
        frame.t === 'event' && frame.event.type === 'message.posted'
          ? [frame.event.message.clientKey]
          : [],
      ),
    );
    const missed = load.written.filter(({ key }) => !heard.has(key));
    const gaps = line.frames.filter(({ t }) => t === 'gap').length;
    expect(missed.length === 0 || gaps > 0).toBe(true);
    line.socket.terminate();
  });
});

test('garbage on the channel between processes is passed over', async () => {
  const line = await listenThere();
  const garbage = [
    'hello',
    'null',
    '{}',
    '{"from":"x","ids":["a"]}',
    '{"from":"x","ids":[1e99]}',
    '{"from":"x","topic":"live.send"}',
    '{"from":"x","topic":"live.drop","payload":null}',
    '{"from":"x","topic":"conversations.looking","payload":7}',
    '{"from":"x","topic":"unknown","payload":{}}',
  ];
  for (const text of garbage) await beside(`select pg_notify('yingda', '${text}')`);
  await expectConnected(line);
  line.socket.terminate();
});

describe('a database that is away', () => {
  test('is told to whoever asks, and everything goes on when it is back', async () => {
    const line = await listenThere();
    const load = writeOn(here, writers);
    await sleep(300);
    await server.stop();
    const health = await here.http?.inject({ method: 'GET', url: '/health' });
    expect(health?.statusCode).toBe(503);
    expect(health?.json()).toMatchObject({
      status: 'degraded',
      checks: { database: { status: 'failed' }, files: { status: 'ok' } },
    });
    for (const locale of ['en', 'zh-CN']) {
      const answer = await here.request(contract.listTeams, admin, {
        headers: { 'accept-language': locale },
      });
      expect([answer.status, answer.problem.code]).toEqual([503, 'server.unavailable']);
      expect(answer.headers['retry-after']).toBe('2');
      expect(/[\u4e00-\u9fff]/.test(answer.problem.title)).toBe(locale === 'zh-CN');
    }
    // Pages need no database.
    const docs = await here.http?.inject({ method: 'GET', url: '/api/openapi.json' });
    expect(docs?.statusCode).toBe(200);
    await sleep(6_000);
    server = await startServer();
    await sleep(1_000);
    await load.stop();
    await expectNothingLost(load);
    expect(load.refusals.get('server.unavailable')).toBeGreaterThan(0);
    await expectAllGoesOn(line);
    line.socket.terminate();
  });

  test('cannot be greeted through a socket, which is closed to come again', async () => {
    const url = await here.address();
    await server.stop();
    const [writer] = writers;
    const line = await greet(url, {}, { token: writer?.token });
    expect(await line.ended()).toBe(4400);
    server = await startServer();
    await expect
      .poll(async () => (await here.request(contract.listTeams, admin)).status, patience)
      .toBe(200);
  });
});
