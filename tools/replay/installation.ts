import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { compose } from '../../server/src/app/compose.ts';
import { setTimer, timerKind } from '../../server/src/modules/clocks/index.ts';
import { readConfig } from '../../server/src/platform/config/index.ts';
import { systemCtx, transact } from '../../server/src/platform/ctx.ts';
import { connectDatabase, startEmbedded } from '../../server/src/platform/db/index.ts';
import { silentLog } from '../../server/src/platform/db/log.ts';
import { createLogger } from '../../server/src/platform/log/index.ts';
import { freePort, Product } from '../simulate/product.ts';
import { foundCentre } from './centre.ts';
import type { Calendars, Centre } from './centre.ts';
import { simulateClock } from './clock.ts';
import type { SimulatedClock } from './clock.ts';
import type { Life } from './plan.ts';

const HOUR = 3_600_000;
const calendarsFile = join(import.meta.dirname, '../../bench/orders-check/calendars.json');

export const readCalendars = (): Calendars =>
  JSON.parse(readFileSync(calendarsFile, 'utf8')) as Calendars;
export const departmentsOf = (lives: Life[]): string[] =>
  [...new Set(lives.map(({ department }) => department))].toSorted();

/** An empty database on a server, and the clock that it lives by, which begins before anything happens. */
export async function simulatedDatabase(
  serverUrl: string,
  lives: Life[],
): Promise<{ url: string; pool: pg.Pool; clock: SimulatedClock; close(): Promise<void> }> {
  const name = `replay_${process.pid}_${Date.now()}`;
  const onServer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const { pool, close } = connectDatabase(url.toString(), { log: silentLog, poolSize: 4 });
  const first = Math.min(...lives.flatMap(({ deeds }) => deeds[0]?.at ?? Infinity));
  const clock = await simulateClock(pool, first - HOUR);
  return {
    url: url.toString(),
    pool,
    clock,
    async close() {
      await close();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

export type Installation = {
  centre: Centre;
  clock: SimulatedClock;
  pool: pg.Pool;
  settle: () => Promise<void>;
  close: () => Promise<void>;
};

let ticked = (): void => {};
/** Due now: when it fires, all that was due before it has. */
const tick = timerKind('replay.tick', z.object({}), async (tx) => tx.afterCommit(() => ticked()));

/**
 * The product on a throw-away server, with the centre that these lives need: one process that answers, and this one,
 * which fires its timers and hears its events.
 */
export async function openInstallation({
  folder,
  lives,
}: {
  folder: string;
  lives: Life[];
}): Promise<Installation> {
  const server = await startEmbedded({
    dataDir: join(folder, 'server'),
    log: silentLog,
    throwaway: true,
  });
  const { url, pool, clock, close } = await simulatedDatabase(server.url, lives);
  const env = {
    DATABASE_URL: url,
    AUTH_SECRET: 'a secret that both processes of the replay share',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
  };
  const dataDir = join(folder, 'files');
  const product = new Product({ dataDir, port: await freePort(), mode: 'api', env });
  const config = readConfig({ ...env, DATA_DIR: dataDir, BASE_URL: product.baseUrl }, folder);
  const log = createLogger(config.log);
  const app = await compose({ config, log, role: { api: false, worker: true } });
  const ctx = systemCtx(app.services, 'replay');
  await product.start();
  const centre = await foundCentre([product.baseUrl], {
    departments: departmentsOf(lives),
    calendars: readCalendars(),
  });
  return {
    centre,
    clock,
    pool,
    async settle() {
      const fired = new Promise<void>((resolve) => (ticked = resolve));
      const dueAt = new Date(clock.now());
      await transact(ctx, (tx) => setTimer(tx, tick, { key: 'tick', dueAt, payload: {} }));
      await fired;
    },
    async close() {
      await product.stop();
      await app.stop();
      await close();
      await server.stop();
    },
  };
}
