import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { connectDatabase, consoleLog, migrate, startEmbedded } from '../src/platform/db/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server of this run and the migrated database that every test database is copied from. */
    testServer: { url: string; template: string };
  }
}

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations');

type Server = { url: string; stop(): Promise<void> };

/** A throw-away cluster of our own, or the server named by TEST_DATABASE_URL (PostgreSQL ≥ 15, may create databases). */
const startServer = async (): Promise<Server> => {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-test-'));
  const server = await startEmbedded({ dataDir, log: consoleLog, throwaway: true });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const command = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** The same server's other database. */
const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
};

/** Vitest calls this once a run, before the first test file of the project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `yingda_template_${process.pid}`;
  await command(server.url, `create database ${template} template template0 encoding 'UTF8'`);
  const database = connectDatabase(withDatabase(server.url, template), { log: consoleLog });
  await migrate(database, { dir: MIGRATIONS }).finally(() => database.close());
  project.provide('testServer', { url: server.url, template });
  return async () => {
    await command(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}
