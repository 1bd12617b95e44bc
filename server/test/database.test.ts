import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';

test('a test database has the newest schema and shares nothing with another one', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  await one.pool.query('create table mark (n int)');
  const { rows } = await two.pool.query(
    `select to_regclass('mark') as mark, to_regclass('schema_migration') as schema`,
  );
  expect(rows).toEqual([{ mark: null, schema: 'schema_migration' }]);
});

test('values arrive as the types say', async () => {
  const { pool } = await testDatabase();
  const { rows } = await pool.query(
    `select 9007199254740991::int8 as safe, 9007199254740993::int8 as unsafe, '2026-02-28'::date as day,
      '2026-02-28T08:00:00+08:00'::timestamptz as time, '{"a": [1]}'::jsonb as json`,
  );
  expect(rows).toEqual([
    {
      safe: 9007199254740991,
      unsafe: '9007199254740993',
      day: '2026-02-28',
      time: new Date('2026-02-28T00:00:00Z'),
      json: { a: [1] },
    },
  ]);
});

test('the pool goes on after its connections are cut', async () => {
  const { pool } = await testDatabase();
  await pool.query('select 1');
  const admin = await pool.connect();
  await Promise.all([pool.query('select 1'), pool.query('select 1')]);
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  admin.release();
  for (let i = 0; i < 4; i += 1) await pool.query('select 1').catch(() => {});
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
