import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type TimerRow = {
  kind: string;
  key: string;
  due_at: Date;
  run_at: Date;
  payload: unknown;
  attempts: number;
  last_error: string | null;
};
export type NewTimer = { key: string; dueAt: Date; payload: unknown };
export type FailedTimer = { timer: TimerRow; error: string };

export async function upsertTimers(tx: Tx, kind: string, timers: NewTimer[]): Promise<void> {
  await sql`
    insert into timer (kind, key, due_at, run_at, payload)
    select ${kind}, given.key, given."dueAt", given."dueAt", given.payload
    from jsonb_to_recordset(${JSON.stringify(timers)}::jsonb) as given (key text, "dueAt" timestamptz, payload jsonb)
    order by given.key
    on conflict (kind, key) do update set due_at = excluded.due_at, run_at = excluded.due_at,
      payload = excluded.payload, attempts = 0, last_error = null, set_at = clock_timestamp()
  `.execute(tx.db);
}

/** Skips timers that fire at this moment: waiting for them could wait for ourselves. */
export async function deleteTimers(tx: Tx, kind: string, keys: string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from timer where (kind, key) in (
      select kind, key from timer where kind = ${kind} and key = any(${keys}::text[]) for update skip locked
    )
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0);
}

/** Milliseconds until the next timer is to run, by the database's clock; negative when late, null when there is none. */
export async function nextTimerInMs(ctx: Ctx, kinds: string[]): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select (extract(epoch from min(run_at) - clock_timestamp()) * 1000)::float8 as ms
    from timer where kind = any(${kinds}::text[])
  `.execute(ctx.db);
  return rows[0]?.ms ?? null;
}

/**
 * Takes due timers out of the table, those late longest first; others scanning at the same time get others. (The time of
 * the statement, as the present moment is no constant that an index could be searched for.)
 */
export async function takeDueTimers(tx: Tx, kinds: string[], limit: number): Promise<TimerRow[]> {
  const { rows } = await sql<TimerRow>`
    delete from timer where (kind, key) in (
      select kind, key from timer where run_at <= statement_timestamp() and kind = any(${kinds}::text[])
      order by run_at limit ${limit} for update skip locked
    )
    returning kind, key, due_at, run_at, payload, attempts, last_error
  `.execute(tx.db);
  return rows.toSorted((one, other) => one.run_at.getTime() - other.run_at.getTime());
}

/** Puts timers back as they were. One that was set anew meanwhile stays as set. */
export async function returnTimers(tx: Tx, timers: TimerRow[]): Promise<void> {
  await sql`
    insert into timer (kind, key, due_at, run_at, payload, attempts, last_error)
    select kind, key, due_at, run_at, payload, attempts, last_error
    from jsonb_to_recordset(${JSON.stringify(timers)}::jsonb) as given
      (kind text, key text, due_at timestamptz, run_at timestamptz, payload jsonb, attempts integer, last_error text)
    on conflict (kind, key) do nothing
  `.execute(tx.db);
}

/** Puts failed timers back, to be tried again after 1, 2, 4 … seconds, five minutes at most. */
export async function returnFailedTimers(tx: Tx, failed: FailedTimer[]): Promise<void> {
  const given = failed.map(({ timer, error }) => ({ ...timer, error: error.slice(0, 500) }));
  await sql`
    insert into timer (kind, key, due_at, run_at, payload, attempts, last_error)
    select kind, key, due_at, clock_timestamp() + least(300, 2 ^ least(attempts, 10)) * interval '1 second',
      payload, attempts + 1, error
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as given (kind text, key text, due_at timestamptz, payload jsonb, attempts integer, error text)
    on conflict (kind, key) do nothing
  `.execute(tx.db);
}

export async function savepoint(tx: Tx): Promise<void> {
  await sql`savepoint timer`.execute(tx.db);
}
export async function releaseSavepoint(tx: Tx): Promise<void> {
  await sql`release savepoint timer`.execute(tx.db);
}
export async function rollbackToSavepoint(tx: Tx): Promise<void> {
  await sql`rollback to savepoint timer`.execute(tx.db);
}
