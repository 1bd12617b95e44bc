import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { expect, onTestFinished, test } from 'vitest';
import { emptyDatabase } from '../../../../test/database.ts';
import { startEmbedded } from '../embedded/index.ts';
import { silentLog } from '../log.ts';
import { migrate } from '../migrate.ts';
import { connectDatabase } from '../open.ts';
import type { Database } from '../open.ts';
import { backup, restore } from './index.ts';

const ONE = `
  create table team (id bigint generated always as identity primary key, name text not null unique, lead_id uuid);
  create table person (
    id uuid primary key, team_id bigint not null references team (id), photo bytea, born_on date, extra jsonb,
    score double precision, name text not null, name_length int generated always as (length(name)) stored);
  alter table team add foreign key (lead_id) references person (id);
  create table message (id uuid, at timestamptz not null, body text, primary key (id, at)) partition by range (at);
  create table message_2026_01 partition of message for values from ('2026-01-01Z') to ('2026-02-01Z');
  create function no_insert() returns trigger language plpgsql as $$ begin raise exception 'fired'; end $$;
  create table quiet (n int);
  insert into team (name) values ('seed');`;

const TWO = `alter table person add column nickname text not null default 'none';`;

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'yingda-archive-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const migrations = (...files: string[]): string => {
  const dir = tempDir();
  files.forEach((sql, index) => writeFileSync(join(dir, `000${index + 1}-step.sql`), sql));
  return dir;
};

const FILL = `
  insert into team (name) values ('客服一组'), ('tab	and \\ and
newline');
  insert into person (id, team_id, photo, born_on, extra, score, name)
  select gen_random_uuid(), 1 + n % 3, decode('00ff5c0a', 'hex'), '1999-12-31', '{"vip": [1, null, "😀"]}', 0.1 + n, '张三' || n
  from generate_series(1, 5000) n;
  update team set lead_id = (select id from person limit 1);
  create table message_2026_02 partition of message for values from ('2026-02-01Z') to ('2026-03-01Z');
  insert into message select gen_random_uuid(), '2026-01-05Z'::timestamptz + n * interval '1 hour', repeat('文', 400)
  from generate_series(1, 900) n;
  insert into quiet values (null);
  create trigger quiet_insert before insert on quiet for each row execute function no_insert();`;

/** Every row of every table as text, to compare two databases. */
const contents = async ({ pool }: Database): Promise<unknown> => {
  const { rows } = await pool.query(`
    select 'team' as t, to_jsonb(team)::text as row from team union all
    select 'person', to_jsonb(person)::text from person union all
    select 'message', to_jsonb(message)::text from message union all
    select 'quiet', to_jsonb(quiet)::text from quiet order by 1, 2`);
  return rows;
};

/** The database as the command line opens it: with one connection, so that it finds itself alone. */
const alone = (database: Database): Database => {
  const one = connectDatabase(database.url, { log: silentLog, poolSize: 1 });
  onTestFinished(() => one.close());
  return one;
};

const filled = async (dir: string, dataDir: string): Promise<Database> => {
  const database = alone(await emptyDatabase());
  await migrate(database, { dir });
  await database.pool.query(FILL);
  mkdirSync(join(dataDir, 'files/ab/cd'), { recursive: true });
  writeFileSync(join(dataDir, 'files/ab/cd/abcd'), 'a picture');
  writeFileSync(join(dataDir, 'files/empty'), '');
  writeFileSync(join(dataDir, 'secret'), 'the key\n');
  return database;
};

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );

const archived = async (dir: string): Promise<{ source: Database; file: string }> => {
  const dataDir = tempDir();
  const source = await filled(dir, dataDir);
  const file = join(tempDir(), 'backup.gz');
  await backup(source, { dataDir, file });
  return { source, file };
};

test('an archive carries every row, upload, counter and rule to another server', async () => {
  const dir = migrations(ONE);
  const { source, file } = await archived(dir);
  const server = await startEmbedded({
    dataDir: tempDir(),
    log: silentLog,
    throwaway: true,
    tcp: true,
  });
  onTestFinished(() => server.stop());
  const target = alone(connectDatabase(server.url, { log: silentLog }));
  const dataDir = tempDir();
  const result = await restore(target, { dataDir, file, migrationsDir: dir });
  expect(result).toMatchObject({ schemaVersion: 1, tables: 4, files: 3 });
  expect(await contents(target)).toEqual(await contents(source));
  expect(readFileSync(join(dataDir, 'files/ab/cd/abcd'), 'utf8')).toBe('a picture');
  expect(readFileSync(join(dataDir, 'files/empty'), 'utf8')).toBe('');
  expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe('the key\n');
  const next = await target.pool.query(`insert into team (name) values ('next') returning id`);
  expect(next.rows).toEqual([{ id: 4 }]);
  const orphan = `insert into person (id, team_id, name) values (gen_random_uuid(), 99, 'x')`;
  expect(await codeOf(target.pool.query(orphan))).toBe('23503');
});

test('an older archive is brought to the newest schema', async () => {
  const { file } = await archived(migrations(ONE));
  const target = alone(await emptyDatabase());
  const dir = migrations(ONE, TWO);
  await migrate(target, { dir });
  const result = await restore(target, { dataDir: tempDir(), file, migrationsDir: dir });
  expect(result.schemaVersion).toBe(2);
  const { rows } = await target.pool.query('select distinct nickname from person');
  expect(rows).toEqual([{ nickname: 'none' }]);
});

test('a newer archive and one of another history are refused', async () => {
  const { file } = await archived(migrations(ONE, TWO));
  const into = async (dir: string): Promise<unknown> =>
    codeOf(restore(alone(await emptyDatabase()), { dataDir: tempDir(), file, migrationsDir: dir }));
  expect(await into(migrations(ONE))).toBe('archive.newer_schema');
  expect(await into(migrations(ONE, 'select 1'))).toBe('database.migration_edited');
});

test('a database with data is replaced only by force, together with its uploads', async () => {
  const dir = migrations(ONE);
  const { source, file } = await archived(dir);
  const dataDir = tempDir();
  const target = alone(await emptyDatabase());
  await migrate(target, { dir });
  await target.pool.query(`insert into team (name) values ('mine')`);
  mkdirSync(join(dataDir, 'files'));
  writeFileSync(join(dataDir, 'files/mine'), 'mine');
  const options = { dataDir, file, migrationsDir: dir };
  expect(await codeOf(restore(target, options))).toBe('archive.target_not_empty');
  expect((await target.pool.query('select name from team order by id')).rows).toEqual([
    { name: 'seed' },
    { name: 'mine' },
  ]);
  await restore(target, { ...options, force: true });
  expect(await contents(target)).toEqual(await contents(source));
  expect(statSync(join(dataDir, 'files/mine'), { throwIfNoEntry: false })).toBeUndefined();
});

test('a database in use is refused', async () => {
  const dir = migrations(ONE);
  const { file } = await archived(dir);
  const target = await emptyDatabase();
  await target.pool.query('select 1');
  const options = { dataDir: tempDir(), file, migrationsDir: dir };
  expect(await codeOf(restore(alone(target), options))).toBe('archive.target_in_use');
});

test('a damaged or cut archive changes nothing', async () => {
  const dir = migrations(ONE);
  const { file } = await archived(dir);
  const whole = readFileSync(file);
  const target = alone(await emptyDatabase());
  await migrate(target, { dir });
  const dataDir = tempDir();
  writeFileSync(join(dataDir, 'secret'), 'mine');
  for (const at of [10, 0.1, 0.5, 0.9, 0.99]) {
    const place = at < 1 ? Math.floor(whole.length * at) : at;
    const flipped = Buffer.from(whole);
    flipped[place] = (flipped[place] ?? 0) ^ 0xff;
    for (const bytes of [flipped, whole.subarray(0, place), Buffer.from('not an archive')]) {
      writeFileSync(file, bytes);
      expect(await codeOf(restore(target, { dataDir, file, migrationsDir: dir }))).toBe(
        'archive.unreadable',
      );
    }
  }
  expect((await target.pool.query('select name from team')).rows).toEqual([{ name: 'seed' }]);
  expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe('mine');
});

test('rows of one moment are written while others go on writing', async () => {
  const dir = migrations(`create table a (n int); create table b (n int);`);
  const shared = await emptyDatabase();
  const source = alone(shared);
  await migrate(source, { dir });
  let on = true;
  const writer = (async () => {
    for (let n = 0; on; n += 1)
      await shared.pool.query(
        `with x as (insert into a values (${n})) insert into b values (${n})`,
      );
  })();
  await shared.pool.query(`insert into a select -1 from generate_series(1, 200000)`);
  const file = join(tempDir(), 'backup.gz');
  await backup(source, { dataDir: tempDir(), file });
  on = false;
  await writer;
  const target = alone(await emptyDatabase());
  await restore(target, { dataDir: tempDir(), file, migrationsDir: dir });
  const { rows } = await target.pool.query(
    `select (select count(*) from a where n >= 0) = (select count(*) from b) as same`,
  );
  expect(rows).toEqual([{ same: true }]);
});

test('an existing file is not overwritten', async () => {
  const { source, file } = await archived(migrations(ONE));
  expect(await codeOf(backup(source, { dataDir: tempDir(), file }))).toBe('archive.file_exists');
});

const OUTBOX = `
  create table outbox_event (id bigint generated always as identity primary key, xid xid8 not null, type text not null,
    payload jsonb not null, at timestamptz not null default now());
  create table listener_cursor (listener text primary key, xid xid8 not null, id bigint not null);`;

test('events that a listener has not read yet are read first after a move to another server', async () => {
  const dir = migrations(OUTBOX);
  const source = alone(await emptyDatabase());
  await migrate(source, { dir });
  // Commit order differs from id order; the numbers lie far in the future of a fresh server.
  await source.pool.query(`
    insert into outbox_event (xid, type, payload) values
      ('9000000', 'third', '{}'), ('8000000', 'first', '{}'), ('8500000', 'second', '{}');
    insert into listener_cursor values ('done', '9500000', 0), ('half', '8000000', 2), ('none', '7000000', 0)`);
  const file = join(tempDir(), 'backup.gz');
  await backup(source, { dataDir: tempDir(), file });
  const target = alone(await emptyDatabase());
  await restore(target, { dataDir: tempDir(), file, migrationsDir: dir });
  await target.pool.query(
    `insert into outbox_event (xid, type, payload) values (pg_current_xact_id(), 'new', '{}')`,
  );
  const { rows } = await target.pool.query(`
    select c.listener, array_agg(e.type order by e.xid, e.id) as unread
    from listener_cursor c join outbox_event e on (e.xid, e.id) > (c.xid, c.id) group by 1 order by 1`);
  expect(rows).toEqual([
    { listener: 'done', unread: ['new'] },
    { listener: 'half', unread: ['second', 'third', 'new'] },
    { listener: 'none', unread: ['first', 'second', 'third', 'new'] },
  ]);
});

test('pending jobs move along with their queues', async () => {
  const dir = migrations(ONE);
  const source = alone(await emptyDatabase());
  await migrate(source, { dir });
  const boss = async (database: Database): Promise<PgBoss> => {
    const made = new PgBoss({ connectionString: database.url, supervise: false, schedule: false });
    await made.start();
    onTestFinished(() => made.stop({ graceful: false }));
    return made;
  };
  const from = await boss(source);
  await from.createQueue('mail.send', { retryLimit: 7, notify: true });
  await from.send('mail.send', { to: 'a' });
  await from.send('mail.send', { to: 'b' });
  const [taken] = await from.fetch<{ to: string }>('mail.send');
  await from.complete('mail.send', taken?.id ?? '');
  const file = join(tempDir(), 'backup.gz');
  await backup(source, { dataDir: tempDir(), file });
  const target = alone(await emptyDatabase());
  await restore(target, { dataDir: tempDir(), file, migrationsDir: dir });
  const to = await boss(target);
  const jobs = await to.fetch<{ to: string }>('mail.send', { batchSize: 10 });
  expect(jobs).toHaveLength(1);
  expect(jobs[0]?.data).not.toEqual(taken?.data);
  expect(await to.getQueue('mail.send')).toMatchObject({ retryLimit: 7, notify: true });
});
