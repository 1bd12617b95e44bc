import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { applyMigration, makeMigrationTable } from '../migrate.ts';
import type { Migration } from '../migrate.ts';
import { DatabaseProblem } from '../problems.ts';
import { countRows } from './catalog.ts';
import type { SequenceState } from './catalog.ts';
import type { Manifest } from './manifest.ts';

/** The database that an archive goes into; all of this runs inside the restoring transaction. */

const OTHERS = `
  select count(*)::int as n from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and application_name like 'yingda%'`;

/** A connection that was just closed may still be seen for a moment. */
const LEAVING_MS = 3000;

/** Refuses a database that a running product is connected to: it would go on with what it remembers. */
export async function assertUnused(client: ClientBase): Promise<void> {
  const end = performance.now() + LEAVING_MS;
  for (;;) {
    const { rows } = await client.query<{ n: number }>(OTHERS);
    if (rows[0]?.n === 0) return;
    if (performance.now() > end) throw new DatabaseProblem('archive.target_in_use');
    await sleep(100);
  }
}

/** An empty schema brought to a version by its migrations. */
export async function buildSchema(client: ClientBase, migrations: Migration[]): Promise<void> {
  await client.query('drop schema public cascade; create schema public');
  await makeMigrationTable(client);
  for (const migration of migrations) await applyMigration(client, migration);
}

/**
 * Refuses a database that holds more rows than its migrations put there. Compares with a schema made for the purpose
 * and rolled back.
 */
export async function assertEmpty(client: ClientBase, migrations: Migration[]): Promise<void> {
  const there = [...(await countRows(client))].filter(([, n]) => n > 0);
  if (there.length === 0) return;
  await client.query('begin');
  try {
    await buildSchema(client, migrations);
    const own = await countRows(client);
    const more = there.filter(([name, n]) => n > (own.get(name) ?? 0)).map(([name]) => name);
    if (more.length > 0) throw new DatabaseProblem('archive.target_not_empty', more.join(', '));
  } finally {
    await client.query('rollback');
  }
}

/** The partitions that the archived rows go to; those the migrations made themselves stay. */
export async function makePartitions(
  client: ClientBase,
  partitions: Manifest['partitions'],
): Promise<void> {
  for (const { name, parent, bound } of partitions) {
    const [child, of] = [client.escapeIdentifier(name), client.escapeIdentifier(parent)];
    await client.query(
      `create table if not exists public.${child} partition of public.${of} ${bound}`,
    );
  }
}

/** Sets the counters to where they were and applies the migrations that are newer than the archive. */
export async function finishSchema(
  client: ClientBase,
  sequences: SequenceState[],
  newer: Migration[],
): Promise<void> {
  for (const { name, value, called } of sequences) {
    const sequence = `public.${client.escapeIdentifier(name)}`;
    await client.query('select setval($1::regclass, $2, $3)', [sequence, value, called]);
  }
  for (const migration of newer) await applyMigration(client, migration);
}
