import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** How far behind the conversations what may wait stands: of 19. */
const NICENESS = 15;
/** The kernel lets ordinary users set a session's share ten times a second over all. */
const TRIES = 5;
const AGAIN_MS = 120;

/** The session a process is of: the fourth word after its name, which may hold anything. */
function sessionOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}

/**
 * Where Linux shares the processor among sessions first (autogroup), a process that is a session of its own, as each of
 * PostgreSQL's is, stands behind nobody but itself: there the session must be modest too.
 */
async function letSessionBeModest(pid: number): Promise<void> {
  if (sessionOf(pid) !== pid) return;
  for (let left = TRIES; left > 0; left -= 1) {
    try {
      writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS), { flag: 'r+' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
    await sleep(AGAIN_MS);
  }
}

/**
 * Lets a process of this machine have the processor only after others: conversations go first, an import or a report
 * may wait. Where a system or a container does not allow it, nothing changes.
 */
export async function beModest(pid: number = process.pid): Promise<void> {
  try {
    setPriority(pid, NICENESS);
    await letSessionBeModest(pid);
  } catch {
    // Not ours to lower, or no such folder: the work is done all the same.
  }
}
