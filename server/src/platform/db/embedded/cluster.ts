import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem } from '../problems.ts';
import { runToEnd } from './run-as.ts';
import type { Runner } from './run-as.ts';
import { SETTINGS_FILE } from './settings.ts';

/** The one database user of the embedded server. */
export const SUPERUSER = 'yingda';

const PASSWORD_FILE = 'postgres.password';

/** Turns what PostgreSQL or the system said into the problem an operator can act on. */
export function problemFrom(said: string): DatabaseProblem {
  if (/No space left on device|ENOSPC|Disk quota exceeded/.test(said))
    return new DatabaseProblem('database.disk_full', said);
  if (/Permission denied|EACCES|EROFS|Read-only file system/.test(said))
    return new DatabaseProblem('database.folder_unwritable', said);
  return new DatabaseProblem('database.start_failed', said);
}

/** Makes the data folder where it is missing. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw problemFrom(String(error));
  }
}

/** Throws when the cluster's folder is not ours or of another major version; true when it is ready to start. */
export function inspectCluster(cluster: string, major: number): boolean {
  if (!existsSync(cluster)) return false;
  const entries = readdirSync(cluster);
  if (entries.length === 0) return false;
  if (!entries.includes('PG_VERSION') || !entries.includes(SETTINGS_FILE))
    throw new DatabaseProblem('database.foreign_folder', cluster);
  const found = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  if (found < major)
    throw new DatabaseProblem('database.older_version', `${cluster}: ${found} < ${major}`);
  if (found > major)
    throw new DatabaseProblem('database.newer_version', `${cluster}: ${found} > ${major}`);
  return true;
}

/** The built-in provider sorts the same on every system; where libc has no C.UTF-8 the plain C locale carries it. */
const LOCALE =
  process.platform === 'linux'
    ? ['--locale=C.UTF-8']
    : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** The password of a server that listens on loopback; kept in the data folder, readable by its owner only. */
export function passwordOf(dataDir: string): string {
  const file = join(dataDir, PASSWORD_FILE);
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

export type InitInput = { dataDir: string; throwaway: boolean; password: boolean };

const initArguments = (folder: string, input: InitInput): string[] => [
  `--pgdata=${folder}`,
  `--username=${SUPERUSER}`,
  '--encoding=UTF8',
  ...LOCALE,
  '--data-checksums',
  // The socket lies in a folder that only its owner may enter, which is stronger than a password in a file.
  ...(input.password
    ? ['--auth=scram-sha-256', `--pwfile=${join(input.dataDir, PASSWORD_FILE)}`]
    : ['--auth-local=trust', '--auth-host=reject']),
  '--no-instructions',
  ...(input.throwaway ? ['--no-sync'] : []),
];

/** Makes a new cluster; it appears under its name only when it is complete, so a killed start leaves no half one. */
export function initCluster(runner: Runner, input: InitInput): void {
  for (const entry of readdirSync(input.dataDir))
    if (entry.startsWith('postgres.new-'))
      rmSync(join(input.dataDir, entry), { recursive: true, force: true });
  if (input.password) passwordOf(input.dataDir);
  const folder = join(input.dataDir, `postgres.new-${process.pid}`);
  const { detail } = runToEnd(runner.runAs, [
    runner.binaries.initdb,
    ...initArguments(folder, input),
  ]);
  if (detail !== null) {
    rmSync(folder, { recursive: true, force: true });
    throw problemFrom(detail);
  }
  appendFileSync(join(folder, 'postgresql.conf'), `\ninclude = '${SETTINGS_FILE}'\n`);
  writeFileSync(join(folder, SETTINGS_FILE), '');
  giveTo(join(folder, SETTINGS_FILE), runner);
  renameSync(folder, join(input.dataDir, 'postgres'));
}

/** Makes a file that root wrote the server's own, where it runs as another user. */
export function giveTo(file: string, { runAs }: Runner): void {
  if (runAs.uid !== undefined) chownSync(file, runAs.uid, runAs.gid ?? runAs.uid);
}

/** Writes our settings anew: the machine, the folder's path or the port may have changed since the last start. */
export function writeSettings(cluster: string, text: string, runner: Runner): void {
  const file = join(cluster, SETTINGS_FILE);
  try {
    writeFileSync(`${file}.new`, text);
    chmodSync(`${file}.new`, 0o600);
    giveTo(`${file}.new`, runner);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw problemFrom(String(error));
  }
}
