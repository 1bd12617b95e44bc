// Messages per second from acknowledged to seen: on the embedded database, and on a PostgreSQL server with two
// processes that answer and one that works. The load generator runs on the same cores.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { silentLog } from '../server/src/platform/db/log.ts';
import { startEmbedded } from '../server/src/platform/db/index.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { saveResult } from './lib/report.ts';
import { drive } from './messages/drive.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    conversations: { type: 'string', default: '100' },
  },
});
const seconds = Number(values.seconds);
const conversations = Number(values.conversations);
const folder = mkdtempSync(join(tmpdir(), 'yingda-bench-'));

async function onEmbedded() {
  const product = new Product({ dataDir: join(folder, 'embedded'), port: await freePort() });
  await product.start();
  try {
    const load = { urls: [product.baseUrl], conversations, agents: 20, seconds };
    const most = await drive({ ...load, rate: null });
    const at200 = await drive({ ...load, rate: 200 });
    return { most, at200 };
  } finally {
    await product.stop();
  }
}

async function onServer() {
  // The same PostgreSQL, run as a server of its own over TCP, as an installation that has outgrown the embedded one.
  const server = await startEmbedded({
    dataDir: join(folder, 'server'),
    log: silentLog,
    tcp: true,
  });
  const env = {
    DATABASE_URL: server.url,
    AUTH_SECRET: 'a secret of the benchmark, shared by its processes',
  };
  const dataDir = join(folder, 'files');
  const processes = [
    new Product({ dataDir, port: await freePort(), mode: 'api', env }),
    new Product({ dataDir, port: await freePort(), mode: 'api', env }),
    new Product({ dataDir, port: await freePort(), mode: 'worker', env }),
  ];
  try {
    for (const product of processes) await product.start();
    const urls = processes.slice(0, 2).map(({ baseUrl }) => baseUrl);
    return await drive({ urls, conversations: conversations * 2, agents: 20, seconds, rate: null });
  } finally {
    for (const product of processes) await product.stop();
    await server.stop();
  }
}

try {
  const embedded = await onEmbedded();
  const server = await onServer();
  const result = { embedded, server };
  saveResult('messages', result);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
