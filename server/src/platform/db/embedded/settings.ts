import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { DatabaseProblem } from '../problems.ts';

/** Where the server listens: a socket in a folder only its owner may enter, or loopback with a password (Windows). */
export type Address = { socketDir: string; port: number; password: string | null };

/** The name of the file with our settings; its presence marks a cluster as ours. */
export const SETTINGS_FILE = 'yingda.conf';

/** A socket's full path may have 107 bytes on Linux and 103 elsewhere. */
const LONGEST_SOCKET_PATH = 100;

/** The folder of the socket: the cluster's own (mode 700), or a short private one where that path is too long. */
export function socketFolder(cluster: string, owner: { uid?: number } = {}): string {
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH) return cluster;
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `yingda-${name}`);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  const stat = lstatSync(folder);
  const mine = process.getuid?.();
  // Someone else's folder of this name could be a trap: whoever owns it could put a false server there.
  if (!stat.isDirectory() || (stat.uid !== mine && stat.uid !== owner.uid))
    throw new DatabaseProblem('database.foreign_folder', folder);
  chmodSync(folder, 0o700);
  return folder;
}

const megabytes = (bytes: number, least: number, most: number): string =>
  `${Math.round(Math.min(Math.max(bytes / 1024 / 1024, least), most))}MB`;

/** A container's own limit where it has one: `totalmem` tells the whole machine's. */
const memoryBytes = (): number => {
  try {
    const limit = Number(readFileSync('/sys/fs/cgroup/memory.max', 'utf8'));
    if (Number.isFinite(limit) && limit > 0) return Math.min(limit, totalmem());
  } catch {
    // No control group of version 2: the machine's memory counts.
  }
  return totalmem();
};

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const THROWAWAY = ['fsync = off', 'full_page_writes = off', 'autovacuum = off'];

/**
 * The settings of the embedded server. Memory follows the machine but stays modest, as it serves one small
 * installation beside other programs: what is idle is small (no worker pool, no compiler), what is shared is ≤ 256 MB.
 */
export function settingsText(address: Address, throwaway: boolean): string {
  const memory = memoryBytes();
  const lines = [
    '# Written by Yingda at every start. Put your own settings below the include line of postgresql.conf.',
    `listen_addresses = ${address.password === null ? "''" : "'127.0.0.1'"}`,
    `port = ${address.port}`,
    `unix_socket_directories = ${address.password === null ? quote(address.socketDir) : "''"}`,
    'unix_socket_permissions = 0700',
    'max_connections = 100',
    `shared_buffers = ${megabytes(memory / 64, 32, 256)}`,
    `effective_cache_size = ${megabytes(memory / 2, 128, 1024 * 1024)}`,
    `work_mem = ${megabytes(memory / 1024, 4, 16)}`,
    `maintenance_work_mem = ${megabytes(memory / 128, 32, 128)}`,
    `max_worker_processes = ${Math.max(availableParallelism(), 2)}`,
    `max_parallel_workers_per_gather = ${availableParallelism() > 2 ? 2 : 1}`,
    'autovacuum_max_workers = 2',
    'io_method = sync',
    'jit = off',
    'max_wal_size = 2GB',
    'wal_compression = on',
    `synchronous_commit = ${throwaway ? 'off' : 'on'}`,
    'wal_level = minimal',
    'max_wal_senders = 0',
    'password_encryption = scram-sha-256',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'log_checkpoints = off',
    // Statements that fail are told to the caller; only the server's own troubles go to its file.
    'log_min_messages = log',
    'log_min_error_statement = panic',
    "log_line_prefix = '%m [%p] '",
    ...(throwaway ? THROWAWAY : []),
  ];
  return `${lines.join('\n')}\n`;
}
