import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { beModest } from '../modest.ts';

/** The server's process of a connection, when it runs on this machine; else null. */
async function processOf(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>(
    'select pg_backend_pid() as pid where inet_server_addr() is null',
  );
  const pid = rows[0]?.pid;
  if (pid === undefined) return null;
  try {
    // A socket may lead into a container with process numbers of its own.
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') ? pid : null;
  } catch {
    return null;
  }
}

/**
 * Makes a new connection one for work that may wait (imports, reports): where the server runs on this machine, its
 * process for it gets the processor only when nobody else wants it. Elsewhere it changes nothing.
 */
export async function setAside(client: pg.ClientBase): Promise<void> {
  // Its helpers would take the other processors, and start as impatient as everybody.
  await client.query('set max_parallel_workers_per_gather = 0');
  const pid = await processOf(client);
  if (pid !== null) await beModest(pid);
}
