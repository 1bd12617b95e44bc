import { compose, migrationsDir } from './app/compose.ts';
import { ConfigError, readConfig } from './platform/config/index.ts';
import type { Config } from './platform/config/index.ts';
import { DatabaseProblem, migrate, openDatabase } from './platform/db/index.ts';
import { createLogger } from './platform/log/index.ts';
import type { Logger } from './platform/log/index.ts';
import type { Role } from './platform/module.ts';

const roles: Record<string, Role> = {
  all: { api: true, worker: true },
  api: { api: true, worker: false },
  worker: { api: false, worker: true },
};

/** Writes to the terminal, for people. */
function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function migrateOnly(config: Config, log: Logger): Promise<void> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log,
  });
  try {
    await migrate(database, { dir: migrationsDir });
    say('The database is up to date. 数据库已是最新。');
  } finally {
    await database.close();
  }
}

async function run(config: Config, log: Logger, role: Role): Promise<void> {
  const app = await compose({ config, log, role });
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    app.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const demo = process.argv.includes('--demo');
  if (demo) {
    const { seedDemo } = await import('./app/demo/index.ts');
    await seedDemo(app.services);
  }
  await app.listen();
  const { welcome } = await import('./app/welcome.ts');
  if (role.api) say(await welcome(app.services, { demo }));
  else say('Yingda worker is running. 后台进程已启动。');
}

async function main(): Promise<void> {
  const mode = process.argv.slice(2).find((word) => !word.startsWith('-')) ?? 'all';
  const config = readConfig();
  const log = createLogger(config.log);
  for (const warning of config.warnings) log.warn(warning);
  if (mode === 'migrate') return migrateOnly(config, log);
  const role = roles[mode];
  if (!role) throw new Error(`unknown process ${mode}: use all, api, worker or migrate`);
  await run(config, log, role);
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DatabaseProblem;
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
