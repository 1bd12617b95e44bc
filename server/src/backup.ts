/** `npm run backup FILE`: everything the installation holds in one file; the product may be running. */
import { fileAsked, runMain } from './app/command-line.ts';
import { readConfig } from './platform/config/index.ts';
import { backup, consoleLog, openDatabase } from './platform/db/index.ts';

const help = 'Use: npm run backup FILE\n用法:npm run backup 文件';

async function main(): Promise<void> {
  const file = fileAsked();
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

runMain(help, main);
