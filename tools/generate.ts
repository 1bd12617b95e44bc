/**
 * Writes what follows from the migrations: the schema's description and the table types.
 * `npm run generate`; with `-- --check` nothing is written and the exit code tells whether all is up to date.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresDialect as CodegenDialect, generate } from 'kysely-codegen';
import { connectDatabase } from '../server/src/platform/db/open.ts';
import type { Database } from '../server/src/platform/db/open.ts';
import { startEmbedded } from '../server/src/platform/db/embedded/index.ts';
import { consoleLog } from '../server/src/platform/db/log.ts';
import { migrate } from '../server/src/platform/db/migrate.ts';
import { describeSchema } from './schema-snapshot.ts';

const root = join(import.meta.dirname, '..');
const migrations = join(root, 'server/migrations');
const SNAPSHOT = join(migrations, 'schema.snapshot.sql');
const TYPES = join(root, 'server/src/platform/db/schema.gen.ts');

/** The types as our connection gives the values: bigint as number, dates as text. */
const describeTypes = (database: Database): Promise<string> =>
  generate({
    db: database.kysely,
    dialect: new CodegenDialect({ dateParser: 'string', numericParser: 'string' }),
    excludePattern: 'schema_migration',
    partitions: false,
    outFile: null,
    typeMapping: { int8: 'BigInteger', date: 'DateText' },
    customImports: {
      BigInteger: './column-types.ts#BigInteger',
      DateText: './column-types.ts#DateText',
    },
  });

const describe = async (): Promise<Map<string, string>> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-generate-'));
  const server = await startEmbedded({ dataDir, log: consoleLog, throwaway: true });
  const database = connectDatabase(server.url, { log: consoleLog });
  try {
    await migrate(database, { dir: migrations });
    return new Map([
      [SNAPSHOT, await describeSchema(database.pool)],
      [TYPES, await describeTypes(database)],
    ]);
  } finally {
    await database.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const isCurrent = ([file, text]: [string, string]): boolean =>
  existsSync(file) && readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text;

const stale = [...(await describe())].filter((entry) => !isCurrent(entry));
for (const [file, text] of stale) {
  if (process.argv.includes('--check'))
    process.stderr.write(`${file} is not up to date: run "npm run generate"\n`);
  else writeFileSync(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) process.exitCode = 1;
