import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type pg from 'pg';

/** How far behind the conversations what may wait stands: of 19. */
const NICENESS = 15;

/** The server's process of a connection, when it runs on this machine; else null. */
async function processOf(client: pg.PoolClient): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>(
    'select pg_backend_pid() as pid where inet_server_addr() is null',
  );
  const pid = rows[0]?.pid;
  if (pid === undefined) return null;
  // A socket may lead into a container with process numbers of its own.
  return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') ? pid : null;
}

async function letOthersFirst(client: pg.PoolClient): Promise<void> {
  // Its helpers would take the other processors, and start as impatient as everybody.
  await client.query('set max_parallel_workers_per_gather = 0');
  const pid = await processOf(client);
  if (pid !== null) setPriority(pid, NICENESS);
}

/**
 * Makes every connection of a pool one for work that may wait (imports, reports): where the server runs on this
 * machine, its processes for them get the processor only when nobody else wants it. Elsewhere it changes nothing.
 */
export function setAside(pool: pg.Pool): pg.Pool {
  pool.on('connect', (client) => {
    // Not ours to lower, or no such folder: the work is done all the same.
    letOthersFirst(client).catch(() => {});
  });
  return pool;
}
