import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getMe, listContactEvents, listConversations } from '@yingda/contract';
import type { ContactEventView } from '@yingda/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../../tools/simulate/client.ts';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { isClean, run } from '../../tools/simulate/run.ts';

const HOUR = 3_600_000;
const admin = { email: 'admin@simulate.yingda.local', password: 'simulated-admin-2026' };

const dataDir = mkdtempSync(join(tmpdir(), 'yingda-clock-'));
const clockFile = join(dataDir, 'clock');
let product: Product;

/** Sets the product's wall clock; the database's stays right, as on a server of its own. */
async function setClock(hours: number): Promise<void> {
  writeFileSync(clockFile, String(hours * HOUR));
  await sleep(150);
}

beforeAll(async () => {
  const preload = join(import.meta.dirname, 'fuzz', 'shifted-clock.ts');
  product = new Product({
    dataDir,
    port: await freePort(),
    env: { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE: clockFile, RATE_LIMIT: 'off' },
  });
  await product.start();
});

afterAll(async () => {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Answers to offers beyond one for each: an offer that ended twice. */
function answeredTwice(events: ContactEventView[]): number {
  const count = (...types: string[]): number =>
    events.filter(({ type }) => types.includes(type)).length;
  return Math.max(0, count('accepted', 'declined', 'no_answer') - count('offered'));
}

test('a clock that jumps hours forth and back disturbs no chat, token, session or timer', async () => {
  const report = await run({
    baseUrl: product.baseUrl,
    admin,
    visitors: 5,
    agents: 2,
    chats: 6,
    seconds: 12,
    turns: 2,
    rate: null,
    think: [20, 100],
    questions: ['订单什么时候发货？', 'Do you ship abroad?'],
    async during() {
      for (const hours of [5, -3, 26, -26, 0]) {
        await sleep(2_000);
        await setClock(hours);
      }
    },
  });
  expect(isClean(report), JSON.stringify(report)).toBe(true);
  expect(report.problems).toEqual({});

  const client = new Client(product.baseUrl);
  await client.signIn(admin.email, admin.password);
  const { items } = await client.call(listConversations, { query: { view: 'all', limit: 100 } });
  expect(items.length).toBeGreaterThan(5);
  for (const { id } of items.slice(0, 30)) {
    const events = await client.call(listContactEvents, { params: { id } });
    expect(answeredTwice(events.items)).toBe(0);
  }
});

test('a session lives its fourteen days and no longer', async () => {
  await setClock(0);
  const client = new Client(product.baseUrl);
  await client.signIn(admin.email, admin.password);
  await setClock(13 * 24);
  await expect(client.call(getMe)).resolves.toMatchObject({ email: admin.email });
  await setClock(60 * 24);
  // What was remembered of the session may stand for five seconds.
  await sleep(5_500);
  await expect(client.call(getMe)).rejects.toMatchObject({ code: 'auth.signed_out' });
  await setClock(0);
  const again = new Client(product.baseUrl);
  await again.signIn(admin.email, admin.password);
  await expect(again.call(getMe)).resolves.toMatchObject({ email: admin.email });
});
