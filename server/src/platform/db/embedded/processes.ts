import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What /proc tells of a process: fields after the command name, which may hold spaces and brackets. */
const procStat = (pid: number): string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

/** True while the process runs; an unreaped (zombie) process counts as gone, as it never will run again. */
export function isAlive(pid: number): boolean {
  if (procStat(pid)?.[0] === 'Z') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells two processes with the same number apart (a container hands out the same numbers after a restart). */
export function startTimeOf(pid: number): string | null {
  return procStat(pid)?.[19] ?? null;
}

/** The command line of a process where the system shows it (Linux), else null. */
export function commandLineOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return null;
  }
}

/** Waits until the process is gone; false when `waitMs` passed first. */
export async function waitUntilGone(pid: number, waitMs: number): Promise<boolean> {
  const end = performance.now() + waitMs;
  while (isAlive(pid)) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}
