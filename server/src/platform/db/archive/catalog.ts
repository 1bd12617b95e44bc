import type { ClientBase, QueryResultRow } from 'pg';
import type { Manifest } from './manifest.ts';

/** What the database says of itself; all of it is about the schema `public`, where the product's tables are. */

const rowsOf = async <T extends QueryResultRow>(client: ClientBase, sql: string): Promise<T[]> =>
  (await client.query<T>(sql)).rows;

/** Tables whose rows are copied: partitioned ones as one. Generated columns are made anew, not copied. */
export async function readTables(client: ClientBase): Promise<Manifest['tables']> {
  return rowsOf(
    client,
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> 'schema_migration'
     group by c.relname order by c.relname`,
  );
}

/** Partitions, parents first. */
export async function readPartitions(client: ClientBase): Promise<Manifest['partitions']> {
  return rowsOf(
    client,
    `select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
     where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind in ('r', 'p')
     order by (select count(*) from pg_partition_ancestors(c.oid)), c.relname`,
  );
}

export type SequenceState = { name: string; value: string; called: boolean };

/** Sequences, those behind identity columns among them. */
export async function readSequences(client: ClientBase): Promise<SequenceState[]> {
  const names = await rowsOf<{ name: string }>(
    client,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const [state] = await rowsOf<{ value: string; called: boolean }>(
      client,
      `select last_value::text as value, is_called as called from public.${client.escapeIdentifier(name)}`,
    );
    if (state !== undefined) states.push({ name, ...state });
  }
  return states;
}

/** The migrations that made the schema, oldest first. */
export async function readApplied(client: ClientBase): Promise<Manifest['migrations']> {
  return rowsOf(client, 'select version, name, checksum from schema_migration order by version');
}

type ForeignKey = { table: string; name: string; definition: string };

/**
 * Takes away what would get between the rows while they arrive table by table, and returns how to put it back:
 * foreign keys (which may form circles; putting them back checks every row) and our own triggers.
 */
export async function suspendRules(client: ClientBase): Promise<() => Promise<void>> {
  const quote = (name: string): string => client.escapeIdentifier(name);
  const keys = await rowsOf<ForeignKey>(
    client,
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace`,
  );
  const tables = await readTables(client);
  for (const { table, name } of keys)
    await client.query(`alter table public.${quote(table)} drop constraint ${quote(name)}`);
  for (const { name } of tables)
    await client.query(`alter table public.${quote(name)} disable trigger user`);
  return async () => {
    for (const { table, name, definition } of keys)
      await client.query(
        `alter table public.${quote(table)} add constraint ${quote(name)} ${definition}`,
      );
    for (const { name } of tables)
      await client.query(`alter table public.${quote(name)} enable trigger user`);
  };
}

/** How many rows each table holds, counted up to a limit that no migration's own rows reach. */
export async function countRows(client: ClientBase): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of await readTables(client)) {
    const table = `public.${client.escapeIdentifier(name)}`;
    const [row] = await rowsOf<{ n: number }>(
      client,
      `select count(*)::int as n from (select from ${table} limit 100000) few`,
    );
    counts.set(name, row?.n ?? 0);
  }
  return counts;
}
