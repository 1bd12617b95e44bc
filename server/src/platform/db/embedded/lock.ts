import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startTimeOf } from './processes.ts';

type Holder = { pid: number; startTime: string | null; token: string };

export type DataLock = { release(): void };

const readHolder = (file: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
};

const isHeld = (holder: Holder | null): holder is Holder =>
  holder !== null &&
  isAlive(holder.pid) &&
  (holder.startTime === null || holder.startTime === startTimeOf(holder.pid));

/** Links our finished note to the lock's name: unlike writing in place, no one can read half of it. */
const tryCreate = (mine: string, file: string): boolean => {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Takes the data folder for this process. Returns the lock, or the process number of the living holder.
 * A lock left by a killed process is taken over: two takers at once both rename, the last one stays, and each
 * looks again after a moment; PostgreSQL's own postmaster.pid stands behind this.
 */
export async function takeLock(dataDir: string): Promise<DataLock | number> {
  const file = join(dataDir, 'yingda.lock');
  const holder: Holder = {
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    token: crypto.randomUUID(),
  };
  const mine = `${file}.${holder.token}`;
  writeFileSync(mine, JSON.stringify(holder));
  try {
    if (!tryCreate(mine, file)) {
      const other = readHolder(file);
      if (isHeld(other)) return other.pid;
      renameSync(mine, file);
      await sleep(50);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const winner = readHolder(file);
  if (winner?.token !== holder.token) return winner?.pid ?? 0;
  return {
    release() {
      if (readHolder(file)?.token === holder.token) rmSync(file, { force: true });
    },
  };
}
