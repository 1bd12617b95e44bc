import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { emptyDatabase } from '../../../test/database.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { isRetryable, withRetry } from './retry.ts';

const folder = (files: Record<string, string>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'yingda-migrations-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(dir, name), sql);
  return dir;
};

const ONE = { '0001-one.sql': 'create table one (n int);' };
const TWO = { ...ONE, '0002-two.sql': 'create table two (n int); insert into two values (2);' };

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

test('each migration is applied once, in order', async () => {
  const db = await emptyDatabase();
  expect(await schemaVersion(db)).toBe(0);
  expect(await migrate(db, { dir: folder(ONE) })).toEqual({ version: 1, applied: ['1-one'] });
  expect(await migrate(db, { dir: folder(TWO) })).toEqual({ version: 2, applied: ['2-two'] });
  expect(await migrate(db, { dir: folder(TWO) })).toEqual({ version: 2, applied: [] });
  expect(await schemaVersion(db)).toBe(2);
});

test('processes that start together apply each migration once between them', async () => {
  const db = await emptyDatabase();
  const dir = folder(TWO);
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(db, { dir })));
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['1-one', '2-two']);
  expect((await db.pool.query('select n from two')).rows).toEqual([{ n: 2 }]);
});

test('a migration that fails leaves the database as it was, and a mended one goes through', async () => {
  const db = await emptyDatabase();
  const broken = folder({ ...ONE, '0002-two.sql': 'create table two (n int); select 1/0;' });
  expect(await codeOf(migrate(db, { dir: broken }))).toBe('database.migration_failed');
  expect(await schemaVersion(db)).toBe(1);
  expect((await migrate(db, { dir: folder(TWO) })).applied).toEqual(['2-two']);
});

test('a file edited after it was applied is refused; other line endings are not an edit', async () => {
  const db = await emptyDatabase();
  await migrate(db, { dir: folder({ '0001-one.sql': 'create table one\n(n int);' }) });
  const windows = folder({ '0001-one.sql': 'create table one\r\n(n int);' });
  expect(await codeOf(migrate(db, { dir: windows }))).toBe('done');
  const edited = folder({ '0001-one.sql': 'create table one (n bigint);' });
  expect(await codeOf(migrate(db, { dir: edited }))).toBe('database.migration_edited');
});

test('a newer schema is refused', async () => {
  const db = await emptyDatabase();
  await migrate(db, { dir: folder(TWO) });
  expect(await codeOf(migrate(db, { dir: folder(ONE) }))).toBe('database.newer_schema');
});

test.each([['0002-two.sql'], ['1-one.sql'], ['0001-One.sql']])(
  '%s alone is misnamed',
  async (name) => {
    const db = await emptyDatabase();
    expect(await codeOf(migrate(db, { dir: folder({ [name]: 'select 1' }) }))).toBe(
      'database.migration_misnamed',
    );
  },
);

test('a deadlock is solved by trying the loser again', async () => {
  const db = await emptyDatabase();
  await db.pool.query(
    'create table seat (id int primary key, n int); insert into seat values (1, 0), (2, 0)',
  );
  const both = (first: number, second: number): Promise<void> =>
    withRetry(() =>
      db.kysely.transaction().execute(async (tx) => {
        const add = async (id: number): Promise<void> => {
          await sql`update seat set n = n + 1 where id = ${id}`.execute(tx);
        };
        await add(first);
        await sql`select pg_sleep(0.1)`.execute(tx);
        await add(second);
      }),
    );
  await Promise.all([both(1, 2), both(2, 1)]);
  expect((await db.pool.query('select n from seat')).rows).toEqual([{ n: 2 }, { n: 2 }]);
});

test('an error that may have changed something is not tried again', async () => {
  let calls = 0;
  const lost = Object.assign(new Error('Connection terminated unexpectedly'), {});
  const failing = withRetry(() => {
    calls += 1;
    return Promise.reject(lost);
  });
  await expect(failing).rejects.toBe(lost);
  expect(calls).toBe(1);
  expect(isRetryable(Object.assign(new Error('deadlock'), { code: '40P01' }))).toBe(true);
});
