import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { DatabaseProblem } from './problems.ts';

export type Migration = { version: number; name: string; sql: string; checksum: string };

/** What was done: the schema's version now, and the names of the migrations applied by this call. */
export type MigrateResult = { version: number; applied: string[] };

export type MigrateOptions = {
  dir: string;
  /** Stop after this version; the newest when missing. For restoring an archive of an older schema. */
  upTo?: number;
};

/** One number for all processes: two that start at once migrate one after the other. */
const LOCK = 7_946_432_001;

const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** Line endings do not count: a checkout on Windows has others. */
const checksumOf = (sql: string): string =>
  createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');

const readMigration = (dir: string, file: string): Migration => {
  const [, number, name] = FILE_NAME.exec(file) ?? [];
  if (number === undefined || name === undefined)
    throw new DatabaseProblem('database.migration_misnamed', file);
  const sql = readFileSync(join(dir, file), 'utf8');
  return { version: Number(number), name, sql, checksum: checksumOf(sql) };
};

/** The migrations of a folder in their order. Throws when one is misnamed or the numbers have a gap or a double. */
export function readMigrations(dir: string): Migration[] {
  const files = existsSync(dir) ? readdirSync(dir) : [];
  const migrations = files
    .filter((file) => file.endsWith('.sql') && file !== 'schema.snapshot.sql')
    .sort()
    .map((file) => readMigration(dir, file));
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1)
      throw new DatabaseProblem('database.migration_misnamed', `${version}-${name}`);
  });
  return migrations;
}

const CREATE_TABLE = `
  create table if not exists schema_migration (
    version int primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  comment on table schema_migration is 'The migrations applied to this database, with the checksum of each file.'`;

/** The table that remembers what was applied; left as it is when it is there. */
export async function makeMigrationTable(client: ClientBase): Promise<void> {
  await client.query(CREATE_TABLE);
}

type Applied = { version: number; name: string; checksum: string };

/** Runs `work` in a transaction that no other migrating process shares; good through PgBouncer too. */
const underLock = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
};

const readApplied = async (client: PoolClient): Promise<Applied[]> => {
  const { rows } = await client.query<Applied>(
    'select version, name, checksum from schema_migration order by version',
  );
  return rows;
};

/** Refuses a schema that this release does not know, and files that changed after they were applied. */
const compare = (applied: Applied[], migrations: Migration[]): void => {
  for (const done of applied) {
    const file = migrations[done.version - 1];
    if (file === undefined)
      throw new DatabaseProblem(
        'database.newer_schema',
        `${done.version}-${done.name} > ${migrations.length}`,
      );
    if (file.checksum !== done.checksum)
      throw new DatabaseProblem('database.migration_edited', `${done.version}-${file.name}`);
  }
};

/** Applies one migration inside the caller's transaction and notes it. */
export async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  const { version, name, sql, checksum } = migration;
  try {
    await client.query(sql);
  } catch (cause) {
    const detail = `${version}-${name}: ${(cause as Error).message}`;
    throw new DatabaseProblem('database.migration_failed', detail, { cause });
  }
  await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
    version,
    name,
    checksum,
  ]);
}

/**
 * Brings the schema up to date: each missing migration in a transaction of its own, forward only, one process at a time.
 * Throws a DatabaseProblem for a newer schema, an edited or misnamed file, or a migration that failed (rolled back).
 */
export async function migrate(db: { pool: Pool }, options: MigrateOptions): Promise<MigrateResult> {
  const migrations = readMigrations(options.dir);
  const last = Math.min(options.upTo ?? migrations.length, migrations.length);
  const names: string[] = [];
  await underLock(db.pool, makeMigrationTable);
  for (;;) {
    const step = await underLock(db.pool, async (client) => {
      const applied = await readApplied(client);
      compare(applied, migrations);
      const next = migrations[applied.length];
      if (next === undefined || next.version > last) return { version: applied.length, done: true };
      await applyMigration(client, next);
      names.push(`${next.version}-${next.name}`);
      return { version: next.version, done: false };
    });
    if (step.done) return { version: step.version, applied: names };
  }
}

/** The version of the schema in a database, 0 when it was never migrated. */
export async function schemaVersion(db: { pool: Pool }): Promise<number> {
  const { rows } = await db.pool.query<{ found: string | null }>(
    `select to_regclass('schema_migration') as found`,
  );
  if (rows[0]?.found === null) return 0;
  const result = await db.pool.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from schema_migration',
  );
  return result.rows[0]?.version ?? 0;
}
