import type { ClientBase, Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { suspendRules } from '../../server/src/platform/db/archive/catalog.ts';
import { columnsOf } from './batches.ts';
import type { Batch, Table } from './batches.ts';
import { numberOf } from './rows.ts';

/** Rows as they come from another thread: text already encoded. */
export type Encoded = Omit<Batch, 'rows'> & { rows: Partial<Record<Table, string | Uint8Array>> };

export type Loaded = { conversations: number; messages: number; seconds: number };

type Index = { name: string; definition: string };

const tables = Object.keys(columnsOf) as Table[];
/** By month. COPY cannot freeze rows on their way through the parent. */
const partitioned: readonly Table[] = ['message', 'contact_event'];

/** Long enough for sorting a million keys in memory; freed at the end. */
export const SETTINGS = `
  set local maintenance_work_mem = '512MB'; set local max_parallel_maintenance_workers = 2;
  set local statement_timeout = 0; set local timezone = 'UTC'; set local client_encoding = 'UTF8'`;

async function refuseUnlessEmpty(client: ClientBase): Promise<void> {
  for (const table of tables) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount !== 0)
      throw new Error(`${table} is not empty: a load needs an installation without conversations`);
  }
}

/** Takes the indexes away that no constraint needs: built over all rows they cost a fifth of row by row. */
export async function dropIndexes(
  client: ClientBase,
  of: readonly string[] = tables,
): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `select i.relname as name, replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') as definition
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     where t.relname = any($1) and t.relnamespace = 'public'::regnamespace
       and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
     order by t.relname, i.relname`,
    [of],
  );
  for (const { name } of rows) await client.query(`drop index ${client.escapeIdentifier(name)}`);
  return rows;
}

function copy(client: ClientBase, table: Table, text: string | Uint8Array): Promise<void> {
  // Frozen rows are visible to all at once: nobody has to read and mark a million of them later.
  const how = partitioned.includes(table) ? '' : ' with (freeze)';
  return copyInto(client, `${table} (${columnsOf[table]}) from stdin${how}`, text);
}

/** Sends rows to `copy …`. */
export async function copyInto(
  client: ClientBase,
  where: string,
  text: string | Uint8Array,
): Promise<void> {
  const target = client.query(copyFrom(`copy ${where}`));
  await new Promise<void>((resolve, reject) => {
    target.once('error', reject).once('finish', resolve);
    target.end(
      typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.length),
    );
  });
}

async function copyAll(
  client: ClientBase,
  source: AsyncIterable<Encoded> | Iterable<Encoded>,
  progress: (loaded: Omit<Loaded, 'seconds'>) => void,
): Promise<Omit<Loaded, 'seconds'>> {
  const loaded = { conversations: 0, messages: 0 };
  for await (const { rows, conversations, messages } of source) {
    for (const table of tables) {
      const text = rows[table];
      if (text !== undefined && text.length > 0) await copy(client, table, text);
    }
    loaded.conversations += conversations;
    loaded.messages += messages;
    if (conversations > 0) progress(loaded);
  }
  return loaded;
}

/** Statistics for the planner, two tables at a time: each partition is sampled as well as the whole. */
async function tidy(pool: Pool): Promise<void> {
  const left = [...partitioned, ...tables.filter((table) => !partitioned.includes(table))];
  const worker = async (): Promise<void> => {
    for (let table = left.shift(); table !== undefined; table = left.shift())
      await pool.query(`vacuum (analyze) ${table}`);
  };
  await Promise.all([worker(), worker()]);
}

export type Filling = {
  /** ms: the first instant; months are made from there. */
  from: number;
  months: number;
  say?: (text: string) => void;
};

/**
 * Puts batches into an installation without conversations, all or nothing: one transaction in which the tables are
 * emptied first, so that the embedded server need not log what a failure would take back anyway.
 */
export async function fill(
  pool: Pool,
  source: AsyncIterable<Encoded> | Iterable<Encoded>,
  { from, months, say = () => {} }: Filling,
): Promise<Loaded> {
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin');
    await client.query(SETTINGS);
    await refuseUnlessEmpty(client);
    for (const table of partitioned)
      await client.query('select create_month_partitions($1, $2, $3)', [
        table,
        new Date(from),
        months,
      ]);
    const resume = await suspendRules(client);
    await client.query(`truncate ${tables.join(', ')}`);
    const indexes = await dropIndexes(client);
    const loaded = await copyAll(client, source, ({ conversations }) => {
      if (conversations % 100_000 === 0)
        say(`${conversations} conversations after ${seconds().toFixed(0)} s`);
    });
    say(`rows are in after ${seconds().toFixed(0)} s; building ${indexes.length} indexes`);
    for (const { definition } of indexes) await client.query(definition);
    say(`indexes are built after ${seconds().toFixed(0)} s`);
    await client.query('set constraints all immediate');
    await resume();
    await client.query(`select setval('conversation_number', $1)`, [
      numberOf(loaded.conversations),
    ]);
    await client.query('commit');
    failed = false;
    say(`committed after ${seconds().toFixed(0)} s; cleaning up for readers`);
    await tidy(pool);
    return { ...loaded, seconds: seconds() };
  } finally {
    client.release(failed);
  }
}
