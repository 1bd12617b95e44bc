import type { Config } from '../platform/config/index.ts';
import { systemCtx } from '../platform/ctx.ts';
import type { Ctx, Services } from '../platform/ctx.ts';
import { consoleLog, migrate, openDatabase } from '../platform/db/index.ts';
import { prepareListeners } from '../platform/events/index.ts';
import { createFileStore } from '../platform/files/index.ts';
import { createJobs } from '../platform/jobs/index.ts';
import { createLogger } from '../platform/log/index.ts';
import { createMailer } from '../platform/mail/index.ts';
import { Hub } from '../platform/realtime/hub.ts';
import { createLive } from '../platform/realtime/live.ts';
import { migrationsDir } from './compose.ts';
import { modules } from './modules.ts';

/**
 * Runs one piece of work for the operator on the installation's database, whether the product runs or not: what it
 * changes reaches running processes through the outbox.
 */
export async function runCommand<T>(config: Config, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase({
    databaseUrl,
    dataDir,
    log: consoleLog,
    share: true,
    // An import holds its lock, reads through a cursor and writes, each on a connection.
    poolSize: 5,
  });
  try {
    await migrate(database, { dir: migrationsDir });
    const listeners = modules.flatMap((module) => module.listeners ?? []);
    await prepareListeners(database.kysely, listeners);
    const services: Services = {
      config,
      log: createLogger({ ...config.log, level: 'warn' }),
      database,
      published: () => {},
      live: createLive(new Hub(), { signal: () => {}, onSignal: () => {} }),
      files: createFileStore(config),
      mailer: createMailer(config),
      jobs: createJobs(database.url),
    };
    return await work(systemCtx(services, 'command'));
  } finally {
    await database.close();
  }
}
