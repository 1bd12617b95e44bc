import type { Pool } from 'pg';

/** The time that a database believes, set from outside. It never goes back. */
export type SimulatedClock = {
  /** Epoch milliseconds. */
  set(at: number): Promise<void>;
  now(): number;
};

/**
 * Makes a database without tables live by a clock of its own: its sessions find our functions of time before the
 * system's, and column defaults made from now on are bound to them. All times that count for the product come from the
 * database, so all its processes follow.
 */
export async function simulateClock(pool: Pool, start: number): Promise<SimulatedClock> {
  const { rows } = await pool.query<{ name: string }>('select current_database() as name');
  const [{ name } = { name: '' }] = rows;
  await pool.query(`
    create table public.simulated_clock (one boolean primary key default true, at timestamptz not null);
    insert into public.simulated_clock (at) values ('${new Date(start).toISOString()}');
    ${['clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'now']
      .map(
        (
          name,
        ) => `create function public.${name}() returns timestamptz language sql stable parallel safe
          as 'select at from public.simulated_clock'`,
      )
      .join(';\n')};
    alter database "${name}" set search_path = public, pg_catalog`);
  let current = start;
  let setting = Promise.resolve();
  const advance = async (at: number): Promise<void> => {
    if (at <= current) return;
    await pool.query('update public.simulated_clock set at = greatest(at, $1::timestamptz)', [
      new Date(at).toISOString(),
    ]);
    current = at;
  };
  return {
    now: () => current,
    // One after the other: who comes back must find the time to be what it is.
    set: (at) => (setting = setting.then(() => advance(at))),
  };
}
