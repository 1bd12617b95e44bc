/** `npm run restore FILE [-- --force]`: puts a backup into the configured database, all or nothing. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from './platform/config/index.ts';
import { DatabaseProblem, consoleLog, openDatabase, restore } from './platform/db/index.ts';

const migrationsDir = resolve(import.meta.dirname, '../migrations');

async function main(): Promise<void> {
  const [name] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  if (name === undefined) {
    console.error('Use: npm run restore FILE [-- --force]\n用法:npm run restore 文件 [-- --force]');
    process.exitCode = 2;
    return;
  }
  // npm runs scripts in the checkout; a relative name means the folder the person is in.
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  const force = process.argv.includes('--force');
  const { databaseUrl, dataDir } = readConfig();
  // One connection: any other one belongs to a running product, which a restore would pull the ground from under.
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog, poolSize: 1 });
  try {
    const done = await restore(database, { dataDir, file, migrationsDir, force });
    console.log(
      `Restored the backup of ${done.createdAt}: ${done.tables} tables, ${done.files} files.\n已恢复 ${done.createdAt} 的备份。`,
    );
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DatabaseProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
});
