import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rawWords } from './raw.ts';
import type { Raw } from './raw.ts';

/** DuckDB over the same file: read into a table of its own, and as Parquet. */
export type Duck = { sources: Raw[]; seconds: { table: number; parquet: number }; close(): void };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return Math.round((performance.now() - begin) / 100) / 10;
};

const sourceOf = (connection: DuckDBConnection, name: string, table: string): Raw => ({
  name,
  words: { ...rawWords, table },
  query: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
});

export async function openDuck(folder: string, csv: string): Promise<Duck> {
  const instance = await DuckDBInstance.create(join(folder, 'contacts.duckdb'));
  const connection = await instance.connect();
  await connection.run(`set timezone = 'Asia/Shanghai'`);
  const table = await timed(() =>
    connection.run(`create table raw_contact as select * from read_csv('${csv}', header = true)`),
  );
  const file = join(folder, 'contacts.parquet');
  const parquet = await timed(() =>
    connection.run(`copy raw_contact to '${file}' (format parquet)`),
  );
  return {
    sources: [
      sourceOf(connection, 'DuckDB table', 'raw_contact'),
      sourceOf(connection, 'DuckDB Parquet', `'${file}'`),
    ],
    seconds: { table, parquet },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
