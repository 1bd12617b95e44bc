import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config/index.ts';
import { createLogger } from '../log/index.ts';
import { createLive } from '../realtime/live.ts';
import { Hub } from '../realtime/hub.ts';
import { projection } from '../realtime/projection.ts';
import { systemCtx, transact } from '../ctx.ts';
import type { Services } from '../ctx.ts';
import { connectDatabase } from '../db/index.ts';
import { testDatabase } from '../../../test/database.ts';
import {
  defineEvent,
  prepareListeners,
  listener,
  onPublished,
  Publisher,
  pruneOutbox,
  runListener,
} from './index.ts';
import type { Listener } from './index.ts';

const counted = defineEvent('test.counted', z.object({ n: z.int() }));
const ignored = defineEvent('test.ignored', z.object({}));

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** One process as far as events go. */
async function process(url: string, listeners: Listener[] = []) {
  const config = {
    ...readConfig({ DATA_DIR: '/tmp/yingda-events-test', LOG_LEVEL: 'silent' }, '/tmp'),
    databaseUrl: url,
  };
  const log = createLogger(config.log);
  const database = connectDatabase(url, { log, poolSize: 6 });
  const hub = new Hub();
  const services = { config, log, database } as Services;
  const publisher = new Publisher(services);
  services.published = publisher.published;
  services.live = createLive(hub, {
    signal: (topic, payload) => publisher.signal(topic, payload),
    onSignal: (topic, run) => publisher.onSignal(topic, run),
  });
  await publisher.open();
  await prepareListeners(database.kysely, listeners);
  const running = listeners.map((definition) => runListener(services, definition));
  for (const one of running) publisher.addListener(one);
  stops.push(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await publisher.close();
    await database.close();
  });
  return { services, publisher, hub, ctx: systemCtx(services, 'test') };
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('each event reaches a listener exactly once, in order, over two processes and with a handler that fails', async () => {
  const { url, kysely } = await testDatabase();
  await sql`create table heard (position bigint generated always as identity, n integer)`.execute(
    kysely,
  );
  let failures = 0;
  const hear = listener('test.hear', [counted], async (tx, events) => {
    for (const { payload } of events)
      await sql`insert into heard (n) values (${payload.n})`.execute(tx.db);
    // What the handler wrote is rolled back with it.
    if (events.some(({ payload }) => payload.n % 17 === 0) && failures < 5) {
      failures += 1;
      throw new Error('not this time');
    }
  });
  const [one, two] = await Promise.all([process(url, [hear]), process(url, [hear])]);
  const total = 300;
  await Promise.all(
    Array.from({ length: total }, (_, n) =>
      transact(n % 2 === 0 ? one.ctx : two.ctx, async (tx) => {
        tx.emit(ignored, {});
        tx.emit(counted, { n });
      }),
    ),
  );
  const count = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from heard`.execute(kysely)).rows[0]?.n ??
    0;
  await until(async () => (await count()) >= total);
  const { rows } = await sql<{ n: number }>`select n from heard`.execute(kysely);
  expect(rows.map(({ n }) => n).sort((a, b) => a - b)).toEqual(
    Array.from({ length: total }, (_, n) => n),
  );
  expect(failures).toBe(5);
  const order = await sql<{
    n: number;
  }>`select (payload ->> 'n')::int as n from outbox_event where type = 'test.counted' order by xid, id`.execute(
    kysely,
  );
  const heard = await sql<{ n: number }>`select n from heard order by position`.execute(kysely);
  expect(heard.rows).toEqual(order.rows);
});

test('an event of a transaction that is rolled back is never heard', async () => {
  const { url, kysely } = await testDatabase();
  const heard: number[] = [];
  const one = await process(url, []);
  one.publisher.addHook(
    onPublished(
      [counted],
      (_ctx, events) => void heard.push(...events.map(({ payload }) => payload.n)),
    ),
  );
  const failing = transact(one.ctx, async (tx) => {
    tx.emit(counted, { n: 1 });
    throw new Error('undone');
  });
  await expect(failing).rejects.toThrow('undone');
  await transact(one.ctx, async (tx) => tx.emit(counted, { n: 2 }));
  await until(() => heard.length > 0);
  expect(heard).toEqual([2]);
  const { rows } = await sql`select 1 from outbox_event`.execute(kysely);
  expect(rows).toHaveLength(1);
});

test('hooks and projections run in every process, also for what another one committed', async () => {
  const { url } = await testDatabase();
  const [one, two] = await Promise.all([process(url), process(url)]);
  const seen: string[] = [];
  for (const [name, { publisher }] of [
    ['one', one],
    ['two', two],
  ] as const) {
    publisher.addHook(onPublished([counted], () => void seen.push(name)));
    publisher.addProjection(
      projection(counted, () => {
        seen.push(`${name} shown`);
        return [];
      }),
    );
  }
  // LISTEN is under way a moment after opening.
  await until(async () => {
    await transact(one.ctx, async (tx) => tx.emit(counted, { n: 1 }));
    return seen.includes('two');
  });
  expect(new Set(seen)).toEqual(new Set(['one', 'one shown', 'two', 'two shown']));
});

test('work that is done again after a deadlock emits its events once', async () => {
  const { url, kysely } = await testDatabase();
  await sql`create table pair (id integer primary key, n integer not null)`.execute(kysely);
  await sql`insert into pair values (1, 0), (2, 0)`.execute(kysely);
  const { ctx } = await process(url);
  const both = (first: number, second: number) =>
    transact(ctx, async (tx) => {
      await sql`update pair set n = n + 1 where id = ${first}`.execute(tx.db);
      await sql`select pg_sleep(0.1)`.execute(tx.db);
      await sql`update pair set n = n + 1 where id = ${second}`.execute(tx.db);
      tx.emit(counted, { n: first });
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  const { rows } = await sql<{ n: number }>`select n from pair`.execute(kysely);
  expect(rows.map(({ n }) => n)).toEqual([2, 2]);
  const events = await sql`select 1 from outbox_event`.execute(kysely);
  expect(events.rows).toHaveLength(2);
});

test('the outbox keeps what is young and what a listener has not read', async () => {
  const { url, kysely } = await testDatabase();
  const { ctx, services } = await process(url);
  await transact(ctx, async (tx) => tx.emit(counted, { n: 1 }));
  await sql`update outbox_event set at = at - interval '3 days'`.execute(kysely);
  await sql`insert into listener_cursor (listener, xid, id) values ('slow', '3', 0)`.execute(
    kysely,
  );
  expect(await pruneOutbox(services)).toBe(0);
  await sql`delete from listener_cursor`.execute(kysely);
  await transact(ctx, async (tx) => tx.emit(counted, { n: 2 }));
  // Older transactions anywhere on the server hold it back for a moment.
  let pruned = 0;
  await until(async () => (pruned += await pruneOutbox(services)) > 0);
  expect(pruned).toBe(1);
});
