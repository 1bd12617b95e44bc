import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { isClean, run } from '../../tools/simulate/run.ts';

const KILLS = 3;
const SECONDS = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'yingda-kill-'));
let product: Product | null = null;

afterAll(async () => {
  await product?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a server killed while people write loses and doubles nothing, and everybody goes on', async () => {
  const killed = new Product({ dataDir, port: await freePort() });
  product = killed;
  await killed.start();
  const report = await run({
    baseUrl: killed.baseUrl,
    admin: { email: 'admin@simulate.yingda.local', password: 'simulated-admin-2026' },
    visitors: 8,
    agents: 2,
    chats: 6,
    seconds: SECONDS,
    turns: 3,
    rate: null,
    think: [20, 200],
    questions: ['订单什么时候发货？', '可以换颜色吗？', 'Do you ship abroad?', '发票怎么开'],
    async during() {
      for (let at = 0; at < KILLS; at += 1) {
        await sleep((SECONDS * 1000) / (KILLS + 1));
        await killed.kill();
        await killed.start();
      }
    },
  });
  expect(report).toMatchObject({ lost: 0, doubled: 0, lostOnServer: 0, doubledOnServer: 0 });
  expect(report.conversations).toBeGreaterThan(5);
  expect(report.retries).toBeGreaterThan(0);
  expect(isClean(report), JSON.stringify(report)).toBe(true);
});
