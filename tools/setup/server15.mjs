import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './browser.mjs';
import { SetupError, say } from './say.mjs';
import { runTests } from './tests.mjs';

const BIN = '/usr/lib/postgresql/15/bin';

/** The tests of the embedded launcher start their own servers; another one changes nothing for them. */
const ARGS = ['--project', 'server', '--exclude', '**/platform/db/embedded/**'];

async function installServer() {
  if (existsSync(join(BIN, 'postgres'))) return;
  say('Installing PostgreSQL 15 for the tests …', '正在安装测试用 PostgreSQL 15……');
  // Debian's package would make and start a cluster of its own on the usual port.
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
  await installPackages(['-o', 'Dpkg::Options::=--force-confold', 'postgresql-15']);
  if (existsSync(join(BIN, 'postgres'))) return;
  throw new SetupError(
    'PostgreSQL 15 COULD NOT BE INSTALLED: the server tests on it did NOT run.',
    'PostgreSQL 15 安装失败:未能在其上运行服务端测试。',
  );
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** PostgreSQL refuses root: its programs run as Debian's user for them. */
function asPostgres(program, args) {
  const command = [join(BIN, program), ...args];
  const [file, ...rest] =
    process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  const { status, stderr, error } = spawnSync(file, rest, {
    cwd: '/',
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${program}: ${stderr ?? ''}${error?.message ?? ''}`);
}

async function startServer(folder) {
  if (process.getuid() === 0) spawnSync('chown', ['postgres:', folder]);
  const data = join(folder, 'data');
  const port = await freePort();
  asPostgres('initdb', [
    '-D',
    data,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-U',
    'postgres',
    '--no-sync',
  ]);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200`;
  asPostgres('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: () => asPostgres('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']),
  };
}

/** Runs the server's tests on a throw-away cluster of Debian's PostgreSQL 15, the oldest version supported. */
export async function runOnServer15(node, args) {
  await installServer();
  const folder = mkdtempSync(join(tmpdir(), 'yingda-server15-'));
  try {
    const server = await startServer(folder);
    try {
      return await runTests(node, {
        args: [...ARGS, ...args],
        env: { TEST_DATABASE_URL: server.url },
      });
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
