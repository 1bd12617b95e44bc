/** `npm run backup FILE`: everything the installation holds in one file; the product may be running. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from './platform/config/index.ts';
import { DatabaseProblem, backup, consoleLog, openDatabase } from './platform/db/index.ts';

async function main(): Promise<void> {
  const [name] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  if (name === undefined) {
    console.error('Use: npm run backup FILE\n用法:npm run backup 文件');
    process.exitCode = 2;
    return;
  }
  // npm runs scripts in the checkout; a relative name means the folder the person is in.
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  const { databaseUrl, dataDir, s3 } = readConfig();
  const database = await openDatabase({
    databaseUrl,
    dataDir,
    log: consoleLog,
    share: true,
    poolSize: 1,
  });
  try {
    const { tables, files, bytes } = await backup(database, { dataDir, file });
    const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    console.log(
      `Backup written: ${file} (${tables} tables, ${files} files, ${size})\n备份完成:${file}`,
    );
    if (s3) console.log('Uploads in the bucket are not part of it. 存储桶中的附件不包含在内。');
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DatabaseProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
});
