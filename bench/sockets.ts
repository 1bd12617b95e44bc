// What idle widgets cost: memory of the process before and with so many connected, and how long a message to one of
// them takes then.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as contract from '../contract/src/index.ts';
import { Client } from '../tools/simulate/client.ts';
import { Ledger } from '../tools/simulate/ledger.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { Socket } from '../tools/simulate/socket.ts';
import { setStage } from '../tools/simulate/stage.ts';
import { memoryMb } from './lib/memory.ts';
import { saveResult } from './lib/report.ts';

const { values } = parseArgs({ options: { sockets: { type: 'string', default: '5000' } } });
const total = Number(values.sockets);
const AT_ONCE = 50;

const dataDir = mkdtempSync(join(tmpdir(), 'yingda-sockets-'));
const product = new Product({ dataDir, port: await freePort() });
await product.start();
try {
  const { baseUrl } = product;
  const stage = await setStage({
    baseUrl,
    admin: { email: 'admin@bench.yingda.local', password: 'bench-admin-2026' },
    agents: 0,
    chats: 1,
    thinkMs: () => 0,
    ledger: new Ledger(),
  });
  await sleep(2_000);
  const pid = product.pid ?? 0;
  const beforeMb = memoryMb(pid);
  const begin = performance.now();
  const sockets: Socket[] = [];
  async function connect(): Promise<void> {
    while (sockets.length < total) {
      const session = await new Client(baseUrl).call(contract.openVisitorSession, {
        body: { widgetKey: stage.widgetKey, locale: 'zh-CN' },
      });
      if (sockets.length < total)
        sockets.push(
          new Socket({ baseUrl, token: session.token, onEvent: () => {}, onGap: () => {} }),
        );
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, connect));
  while (!sockets.every((socket) => socket.connected)) await sleep(50);
  const connectedAfterSeconds = Math.round((performance.now() - begin) / 100) / 10;
  // Past the first round of pings.
  await sleep(40_000);
  const withMb = memoryMb(pid);
  const stillConnected = sockets.filter((socket) => socket.connected).length;
  const result = {
    sockets: total,
    stillConnected,
    beforeMb,
    withMb,
    perSocketKb: Math.round(((withMb - beforeMb) * 1024) / total),
    connectedAfterSeconds,
  };
  saveResult('sockets', result);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  for (const socket of sockets) socket.close();
} finally {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
