import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { setAside } from './aside.ts';
import { startEmbedded } from './embedded/index.ts';
import type { DatabaseLog } from './log.ts';
import { DatabaseProblem } from './problems.ts';
import type { DB } from './schema.gen.ts';

export type Database = {
  pool: pg.Pool;
  kysely: Kysely<DB>;
  /** Few connections for what takes long and may wait, as reports do. */
  aside: Kysely<DB>;
  /** The connection string, for what brings its own connections (jobs, LISTEN, child processes). */
  url: string;
  /** Closes the pool and stops the embedded server where this process started it. May be called twice. */
  close(): Promise<void>;
};

/** Fails when the database does not answer. */
export async function ping({ pool }: Database): Promise<void> {
  await pool.query('select 1');
}

export type OpenOptions = {
  /** A PostgreSQL server ≥ 15; the embedded one in `dataDir` when missing. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: DatabaseLog;
  /** Most connections at once, 10 unless told. */
  poolSize?: number;
  /** All of its work may wait: an import's. */
  isAside?: boolean;
  /** Use the embedded server of a running Yingda instead of refusing: for tools beside it. */
  share?: boolean;
};

const INT8 = 20;
const DATE = 1082;

const parseInt8 = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

/**
 * bigint as a number while it is exact (a string beyond 2^53); `date` as its text, as a Date would move it by the zone.
 * timestamptz becomes a Date and jsonb a value by the driver's own parsers.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === INT8) return parseInt8;
    if (format !== 'binary' && oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * A pool with our type parsers that survives lost connections: the broken one is dropped, the next query opens another.
 * `prepare` is done with each new connection before anybody gets it.
 */
export function openPool(
  url: string,
  log: DatabaseLog,
  { size = 10, prepare }: { size?: number | undefined; prepare?: typeof setAside | undefined } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    onConnect: prepare,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    application_name: 'yingda',
  });
  // The error carries the whole client: only its words are worth a line.
  pool.on('error', ({ message }) => {
    // On the way down the server may cut what the pool is just about to close.
    if (!pool.ending) log.warn({ reason: message }, 'a database connection was lost');
  });
  // A client in use that loses its connection emits here; the query running on it fails with the same error.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const SIGN_IN_WAIT_MS = 30_000;
const WAITING = new Set(['57P03', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EAI_AGAIN']);

/** Waits for a server that is still starting (services often start together), then checks that we can live there. */
const checkServer = async (pool: pg.Pool, log: DatabaseLog): Promise<void> => {
  const end = performance.now() + SIGN_IN_WAIT_MS;
  for (;;) {
    try {
      const { rows } = await pool.query<{ version: number; encoding: string }>(
        `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
      );
      const [row] = rows;
      if (row === undefined || row.version < 150_000)
        throw new DatabaseProblem('database.server_too_old', `server_version_num ${row?.version}`);
      if (row.encoding !== 'UTF8') throw new DatabaseProblem('database.not_utf8', row.encoding);
      return;
    } catch (error) {
      if (error instanceof DatabaseProblem) throw error;
      const { code = '', message } = error as { code?: string; message: string };
      if (!WAITING.has(code) || performance.now() > end)
        throw new DatabaseProblem('database.unreachable', message, { cause: error });
      log.info({ reason: message }, 'waiting for the database');
      await sleep(500);
    }
  }
};

/** Connections for what may wait. */
const ASIDE = 3;

/** A Database on an existing server; `close` ends its connections and then calls `after`. */
export function connectDatabase(
  url: string,
  options: Pick<OpenOptions, 'log' | 'poolSize' | 'isAside'>,
  after = async (): Promise<void> => {},
): Database {
  const pool = openPool(url, options.log, {
    size: options.poolSize,
    prepare: options.isAside ? setAside : undefined,
  });
  const asidePool = openPool(url, options.log, { size: ASIDE, prepare: setAside });
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const aside = new Kysely<DB>({ dialect: new PostgresDialect({ pool: asidePool }) });
  let closing: Promise<void> | null = null;
  const closeOnce = async (): Promise<void> => {
    await Promise.all([kysely.destroy(), aside.destroy()]);
    // Kysely ends a pool only when it has used it.
    for (const one of [pool, asidePool]) if (!one.ending) await one.end();
    await after();
  };
  return { pool, kysely, aside, url, close: () => (closing ??= closeOnce()) };
}

/**
 * Opens the database: the server named by `databaseUrl`, else the embedded one, started or taken over.
 * Throws a DatabaseProblem that says what to do. Does not migrate.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.databaseUrl === undefined || options.databaseUrl === '') {
    const { dataDir, log, share = false } = options;
    const server = await startEmbedded({ dataDir, log, share });
    return connectDatabase(server.url, options, () => server.stop());
  }
  const database = connectDatabase(options.databaseUrl, options);
  try {
    await checkServer(database.pool, options.log);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
