import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import type {} from './global-setup.ts';
import { connectDatabase } from '../src/platform/db/open.ts';
import type { Database } from '../src/platform/db/open.ts';
import { silentLog } from '../src/platform/db/log.ts';

const open: (() => Promise<void>)[] = [];

const onServer = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

const create = async (template: string): Promise<{ url: string; drop: () => Promise<void> }> => {
  const { url } = inject('testServer');
  const name = `yingda_test_${randomBytes(6).toString('hex')}`;
  await onServer(url, `create database ${name} template ${template}`);
  const mine = new URL(url);
  mine.pathname = `/${name}`;
  return {
    url: mine.toString(),
    drop: () => onServer(url, `drop database if exists ${name} with (force)`),
  };
};

const prepare = async (template: string): Promise<Database> => {
  const { url, drop } = await create(template);
  const database = connectDatabase(url, { log: silentLog, poolSize: 10 });
  open.push(async () => {
    await database.close();
    await drop();
  });
  return database;
};

/** A fresh database with the newest schema, for this test file or test alone; dropped when the file is done. */
export function testDatabase(): Promise<Database> {
  return prepare(inject('testServer').template);
}

/** A fresh database without any table, for tests of migrations and archives. */
export function emptyDatabase(): Promise<Database> {
  return prepare('template0');
}

afterAll(async () => {
  for (const close of open.splice(0)) await close();
});
