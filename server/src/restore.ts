/** `npm run restore FILE [-- --force]`: puts a backup into the configured database, all or nothing. */
import { resolve } from 'node:path';
import { fileAsked, runMain } from './app/command-line.ts';
import { readConfig } from './platform/config/index.ts';
import { consoleLog, openDatabase, restore } from './platform/db/index.ts';

const migrationsDir = resolve(import.meta.dirname, '../migrations');

const help = 'Use: npm run restore FILE [-- --force]\n用法:npm run restore 文件 [-- --force]';

async function main(): Promise<void> {
  const file = fileAsked();
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

runMain(help, main);
