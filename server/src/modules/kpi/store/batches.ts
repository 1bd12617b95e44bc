import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type Batch = {
  id: number;
  kind: 'own' | 'import' | 'follow';
  state: 'loading' | 'visible' | 'leaving';
  records: string[];
  timeZone: string | null;
  firstAt: Date | null;
  lastAt: Date | null;
};

const columns = sql`id, kind, state, records, time_zone as "timeZone", first_at as "firstAt", last_at as "lastAt"`;

export type NewBatch = {
  kind: Batch['kind'];
  log: string;
  name: string;
  state: Batch['state'];
  records: readonly string[];
  timeZone: string;
};

export async function insertBatch(db: Db, batch: NewBatch): Promise<number> {
  const { kind, log, name, state, records, timeZone } = batch;
  const { rows } = await sql<{ id: number }>`
    insert into kpi_batch (kind, log, name, state, records, time_zone)
    values (${kind}, ${log}, ${name}, ${state}, ${records}, ${timeZone}) returning id
  `.execute(db);
  return rows[0]?.id ?? 0;
}

export async function selectBatch(db: Db, id: number): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`select ${columns} from kpi_batch where id = ${id}`.execute(db);
  return rows[0];
}

/** The batch, which nobody else changes until the end of the transaction. */
export async function lockBatch(db: Db, id: number): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`
    select ${columns} from kpi_batch where id = ${id} for no key update
  `.execute(db);
  return rows[0];
}

/** Our own work as reports show it, locked: whoever counts holds it, so that a recount takes its place between two counts. */
export async function lockOwnBatch(db: Db): Promise<Batch> {
  // The row waited for may have been replaced meanwhile: look again.
  for (let tries = 0; tries < 5; tries += 1) {
    const { rows } = await sql<Batch>`
      select ${columns} from kpi_batch where kind = 'own' and state = 'visible' for no key update
    `.execute(db);
    if (rows[0]) return rows[0];
  }
  throw new Error('there is no batch of our own work');
}

/** Our own work as reports show it. */
export async function selectOwn(db: Db): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`
    select ${columns} from kpi_batch where kind = 'own' and state = 'visible'
  `.execute(db);
  return rows[0];
}

/** Own work being counted anew. */
export async function selectOwnLoading(db: Db): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select ${columns} from kpi_batch where kind = 'own' and state <> 'visible' order by id
  `.execute(db);
  return rows;
}

/** Batches that are being deleted and that nobody finished deleting. */
export async function selectLeaving(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from kpi_batch where state = 'leaving' order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

export async function setBatchState(db: Db, id: number, state: Batch['state']): Promise<void> {
  await sql`update kpi_batch set state = ${state} where id = ${id}`.execute(db);
}

export async function setBatchZone(db: Db, id: number, timeZone: string): Promise<void> {
  await sql`update kpi_batch set time_zone = ${timeZone} where id = ${id}`.execute(db);
}

/** Notes contacts that came into a batch. */
export async function growBatch(
  db: Db,
  id: number,
  { contacts, firstAt, lastAt }: { contacts: number; firstAt: number; lastAt: number },
): Promise<void> {
  await sql`
    update kpi_batch set contacts = contacts + ${contacts}::integer,
      first_at = least(first_at, ${new Date(firstAt)}::timestamptz),
      last_at = greatest(last_at, ${new Date(lastAt)}::timestamptz)
    where id = ${id}
  `.execute(db);
}

export async function deleteBatch(db: Db, id: number): Promise<void> {
  await sql`delete from kpi_batch where id = ${id}`.execute(db);
}

/** Lets what was loaded be read from indexes alone; where somebody is at it already, that is enough. */
export async function vacuumContacts(db: Kysely<DB>): Promise<void> {
  await sql`vacuum (analyze, skip_locked, parallel 0) kpi_contact`.execute(db);
}
