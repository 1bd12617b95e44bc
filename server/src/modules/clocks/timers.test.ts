import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '../../../test/database.ts';
import { defineEvent } from '../../platform/events/index.ts';
import { systemCtx, transact } from '../../platform/ctx.ts';
import type { Ctx, Services, Tx } from '../../platform/ctx.ts';
import {
  cancelTimer,
  cancelTimers,
  runTimers,
  setTimer,
  setTimers,
  timerBatchKind,
  timerKind,
} from './service/timers.ts';
import { servicesOn } from './testing/services.ts';

let services: Services;
let ctx: Ctx;
/** What the handlers of the present test do besides counting. */
let behave: (tx: Tx, n: number) => Promise<void> | void = () => {};
const stops: (() => Promise<unknown>)[] = [];

const counting = timerKind('test.count', z.object({ n: z.number() }), async (tx, { n }) => {
  await sql`insert into fired (n) values (${n})`.execute(tx.db);
  await behave(tx, n);
});
const batches: number[] = [];
const together = timerBatchKind('test.many', z.object({ n: z.number() }), async (tx, timers) => {
  const numbers = timers.map(({ payload }) => payload.n);
  await sql`insert into fired (n) select unnest(${numbers}::integer[])`.execute(tx.db);
  for (const n of numbers) await behave(tx, n);
  batches.push(numbers.length);
});
const bell = defineEvent('test.bell', z.object({ n: z.number() }));

beforeAll(async () => {
  const { url } = await testDatabase();
  services = servicesOn(url);
  ctx = systemCtx(services, 'test');
  await sql`create table fired (n integer not null, at timestamptz not null default clock_timestamp())`.execute(
    ctx.db,
  );
});
beforeEach(async () => {
  behave = () => {};
  await sql`truncate fired, timer`.execute(ctx.db);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const scan = (on = services): void => {
  const scanner = runTimers(on);
  stops.push(() => scanner.stop());
};
const anotherProcess = (): Services => {
  const other = servicesOn(services.database.url);
  stops.push(() => other.database.close());
  return other;
};
const databaseTime = async (): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(ctx.db);
  return rows[0]?.now ?? new Date();
};
const inMs = async (ms: number): Promise<Date> => new Date((await databaseTime()).getTime() + ms);
const set = (n: number, dueAt: Date): Promise<void> =>
  transact(ctx, (tx) => setTimer(tx, counting, { key: String(n), dueAt, payload: { n } }));
const setMany = async (count: number, dueAt: Date): Promise<void> => {
  const timers = Array.from({ length: count }, (_, n) => ({
    key: String(n),
    dueAt,
    payload: { n },
  }));
  await transact(ctx, (tx) => setTimers(tx, counting, timers));
};
const fired = async (): Promise<number[]> => {
  const { rows } = await sql<{ n: number }>`select n from fired order by at, n`.execute(ctx.db);
  return rows.map(({ n }) => n);
};
const firedAt = async (n: number): Promise<Date | undefined> => {
  const { rows } = await sql<{ at: Date }>`select at from fired where n = ${n}`.execute(ctx.db);
  return rows[0]?.at;
};
const left = async (): Promise<{ key: string; attempts: number; last_error: string | null }[]> => {
  const { rows } = await sql<{ key: string; attempts: number; last_error: string | null }>`
    select key, attempts, last_error from timer order by key
  `.execute(ctx.db);
  return rows;
};
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(20);
};
const allDone = async (): Promise<boolean> => (await left()).length === 0;
const each = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('a timer fires when it is due, not before and at most five seconds late', async () => {
  scan();
  const [soon, later] = [await inMs(300), await inMs(1_400)];
  await set(1, soon);
  await set(2, later);
  await until(allDone);
  for (const [n, dueAt] of [
    [1, soon],
    [2, later],
  ] as const) {
    const late = ((await firedAt(n))?.getTime() ?? 0) - dueAt.getTime();
    expect(late).toBeGreaterThanOrEqual(-1);
    expect(late).toBeLessThan(5_000);
  }
});

test('a timer of another process is found without being told', async () => {
  scan(anotherProcess());
  await set(1, await inMs(200));
  await until(allDone);
  expect(await fired()).toEqual([1]);
});

test('set again it moves, cancelled it does not fire', async () => {
  await set(1, await inMs(3_600_000));
  await set(1, await inMs(-1_000));
  await set(2, await inMs(-1_000));
  expect(await transact(ctx, (tx) => cancelTimer(tx, counting, '2'))).toBe(true);
  expect(await transact(ctx, (tx) => cancelTimer(tx, counting, '2'))).toBe(false);
  scan();
  await until(allDone);
  expect(await fired()).toEqual([1]);
});

test('a handler may set its own timer again', async () => {
  behave = async (tx, n) => {
    if (n >= 3) return;
    const dueAt = new Date(Date.now() - 1_000);
    await setTimer(tx, counting, { key: 'again', dueAt, payload: { n: n + 1 } });
  };
  const dueAt = await inMs(-1_000);
  await transact(ctx, (tx) => setTimer(tx, counting, { key: 'again', dueAt, payload: { n: 1 } }));
  scan();
  await until(allDone);
  expect(await fired()).toEqual([1, 2, 3]);
});

test('a faulty timer leaves no trace but its error, and holds up nobody', async () => {
  const before = await outboxSize();
  behave = (tx, n) => {
    tx.emit(bell, { n });
    if (n === 0) throw new Error('this one never works');
  };
  await setMany(150, await inMs(-1_000));
  const dueAt = await inMs(-1_000);
  await transact(ctx, (tx) => setTimer(tx, counting, { key: 'bad', dueAt, payload: 'nonsense' }));
  scan();
  await until(async () => (await fired()).length === 149 && (await left())[0]?.attempts === 2);
  expect((await fired()).toSorted((one, other) => one - other)).toEqual(each(150).slice(1));
  const [never, bad] = await left();
  expect(never).toMatchObject({ key: '0', last_error: 'this one never works' });
  expect(bad).toMatchObject({ key: 'bad' });
  expect(bad?.last_error).toContain('expected');
  expect((await outboxSize()) - before).toBe(149);
});

const outboxSize = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int from outbox_event`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
};

test('a timer of a kind that nobody knows waits for somebody who does', async () => {
  const dueAt = await inMs(-1_000);
  await transact(ctx, (tx) => setTimer(tx, 'test.unknown', { key: 'x', dueAt, payload: {} }));
  await set(1, dueAt);
  scan();
  await until(async () => (await fired()).length === 1);
  expect(await left()).toEqual([{ key: 'x', attempts: 0, last_error: null }]);
});

test('timers of one kind are fired together, and a faulty one among them holds up nobody', async () => {
  behave = (tx, n) => {
    tx.emit(bell, { n });
    if (n === 7) throw new Error('this one never works');
  };
  const before = await outboxSize();
  const dueAt = await inMs(-1_000);
  const timers = each(250).map((n) => ({ key: String(n), dueAt, payload: { n } }));
  await transact(ctx, (tx) => setTimers(tx, together, timers));
  expect(await transact(ctx, (tx) => cancelTimers(tx, together, ['248', '249', 'x']))).toBe(2);
  batches.length = 0;
  scan();
  await until(async () => (await left()).length === 1 && (await left())[0]?.attempts === 1);
  expect((await fired()).toSorted((one, other) => one - other)).toEqual(
    each(248).filter((n) => n !== 7),
  );
  expect((await outboxSize()) - before).toBe(247);
  expect(Math.max(...batches)).toBe(100);
});

test('three scanners and a handler that fails half of the time fire each timer once', async () => {
  const failures = new Map<number, number>();
  behave = (_tx, n) => {
    const failed = failures.get(n) ?? 0;
    if (failed >= 2 || Math.random() < 0.5) return;
    failures.set(n, failed + 1);
    throw new Error('not this time');
  };
  await setMany(600, await inMs(-1_000));
  scan();
  scan(anotherProcess());
  scan(anotherProcess());
  await until(allDone);
  expect(failures.size).toBeGreaterThan(200);
  expect((await fired()).toSorted((one, other) => one - other)).toEqual(each(600));
});

test('timers fire once although the scanning processes are killed again and again', async () => {
  const count = 2_000;
  await setMany(count, await inMs(-1_000));
  const script = join(import.meta.dirname, 'testing', 'scanner.ts');
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [script, services.database.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const broken = once(child, 'exit').then(() => {
      throw new Error('the scanning process did not start');
    });
    if (child.stdout) await Promise.race([once(child.stdout, 'data'), broken]);
    broken.catch(() => {});
    return child;
  };
  let kills = 0;
  while (!(await allDone())) {
    const children = await Promise.all([start(), start()]);
    // The last ones may live: the count must be reached at some time.
    const life = kills < 6 ? 20 + Math.random() * 60 : 60_000;
    await Promise.race([sleep(life), until(allDone)]);
    for (const child of children) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      kills += 1;
    }
  }
  expect(kills).toBeGreaterThan(2);
  expect((await fired()).toSorted((one, other) => one - other)).toEqual(each(count));
});
