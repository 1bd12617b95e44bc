import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  readFileSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem } from '../problems.ts';
import { copyBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';

/** How a PostgreSQL program is started: a command put before it, or another user's numbers. */
export type RunAs = { prefix: string[]; uid?: number; gid?: number };

export type Runner = { binaries: Binaries; runAs: RunAs };

/** PostgreSQL refuses root. Inside a user namespace we are someone else while the files stay root's. */
const NAMESPACE: RunAs = { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000'] };

/** The environment without PG* settings, which would change what PostgreSQL does, and with a known language. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(entries), LANG: 'C.UTF-8' };
}

/** The user's numbers as `spawn` takes them. */
export function userOf({ uid, gid }: RunAs): { uid?: number; gid?: number } {
  return uid === undefined ? {} : { uid, gid: gid ?? uid };
}

/** Runs a program to its end; `detail` is what it said when it failed, null when all went well. */
export function runToEnd(runAs: RunAs, command: string[]): { detail: string | null } {
  const [file = '', ...args] = [...runAs.prefix, ...command];
  const done = spawnSync(file, args, {
    cwd: '/',
    encoding: 'utf8',
    env: cleanEnv(),
    ...userOf(runAs),
  });
  if (done.status === 0) return { detail: null };
  return { detail: (done.error?.message ?? `${done.stderr}${done.stdout}`).trim() };
}

/** Why this way of running cannot work, or null: it must run the binaries and step into the data folder. */
const trial = (runAs: RunAs, binaries: Binaries, dataDir: string): string | null =>
  runToEnd(runAs, [binaries.postgres, '--version']).detail ??
  runToEnd(runAs, ['/bin/sh', '-c', `cd "$1" && test -w "$1"`, 'sh', dataDir]).detail;

type User = { uid: number; gid: number };

/** The unprivileged users of this system that may hold a database, the best one first. */
const unprivilegedUsers = (): User[] => {
  const users = new Map<string, User>();
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name !== undefined && Number(uid) > 0)
      users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return ['yingda', 'postgres', 'nobody'].flatMap((name) => users.get(name) ?? []);
};

const asUser = ({ uid, gid }: User): RunAs => ({ prefix: [], uid, gid });

/** Hands a cluster that root made through a namespace to the user it has to run as from now on. */
const giveCluster = (folder: string, user: User): void => {
  lchownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), user.uid, user.gid);
};

const asUnprivileged = (dataDir: string, user: User): Runner | string => {
  const before = statSync(dataDir);
  // The user must be able to make the cluster's folder here; 711 shows no one else what lies beside it.
  chownSync(dataDir, user.uid, user.gid);
  chmodSync(dataDir, 0o711);
  const binaries = copyBinaries(dataDir);
  const fault = trial(asUser(user), binaries, dataDir);
  if (fault !== null) {
    chownSync(dataDir, before.uid, before.gid);
    chmodSync(dataDir, before.mode & 0o777);
    return fault;
  }
  const cluster = join(dataDir, 'postgres');
  if (existsSync(cluster) && statSync(cluster).uid === 0) giveCluster(cluster, user);
  return { binaries, runAs: asUser(user) };
};

export type RunnerInput = { binaries: Binaries; dataDir: string; namespaces?: boolean };

/** A cluster keeps the way it was made: its files belong to the user that ran initdb. */
const ownerOf = (dataDir: string): User | null => {
  const cluster = join(dataDir, 'postgres');
  return existsSync(cluster) ? statSync(cluster) : null;
};

/**
 * How to run PostgreSQL for the user that runs Yingda: as it is for ordinary users; for root through a user
 * namespace, or where those are forbidden as an unprivileged user from a copy that everyone may read.
 */
export function chooseRunner({ binaries, dataDir, namespaces = true }: RunnerInput): Runner {
  if (process.getuid?.() !== 0) return { binaries, runAs: { prefix: [] } };
  const owner = ownerOf(dataDir);
  const faults: string[] = [];
  if (namespaces && (owner === null || owner.uid === 0)) {
    const fault = trial(NAMESPACE, binaries, dataDir);
    if (fault === null) return { binaries, runAs: NAMESPACE };
    faults.push(`unshare: ${fault}`);
  }
  const users = owner === null || owner.uid === 0 ? unprivilegedUsers() : [owner];
  for (const user of users.slice(0, 1)) {
    const runner = asUnprivileged(dataDir, user);
    if (typeof runner !== 'string') return runner;
    faults.push(`uid ${user.uid}: ${runner}`);
  }
  throw new DatabaseProblem('database.no_user', faults.join('\n'));
}
