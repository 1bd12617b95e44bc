import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNatsServer } from '../../../test/nats-server.ts';
import type { NatsServer } from '../../../test/nats-server.ts';
import { createLogger } from '../log/index.ts';
import { natsBus } from './bus.ts';
import type { Bus } from './bus.ts';

const log = createLogger({ level: 'silent', format: 'json' });
let server: NatsServer;
const buses: Bus[] = [];

beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(async () => {
  for (const bus of buses) await bus.close();
  await server.close();
});

async function member() {
  const heard: string[] = [];
  let gaps = 0;
  const bus = await natsBus(server.url, log, {
    message: (text) => void heard.push(text),
    gap: () => void (gaps += 1),
    gapText: 'gap',
  });
  buses.push(bus);
  return { bus, heard, gaps: () => gaps };
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('what one process says over NATS every process hears in order, and a cut line is told as a gap', async () => {
  const [one, two] = await Promise.all([member(), member()]);
  const said = Array.from({ length: 50 }, (_, n) => JSON.stringify({ n, text: '你好' }));
  for (const text of said) one.bus.publish(text);
  await until(() => two.heard.length === said.length);
  expect(two.heard).toEqual(said);
  expect(one.heard).toEqual(said);

  server.cut();
  await until(() => one.gaps() > 0 && two.gaps() > 0);
  one.bus.publish('again');
  await until(() => two.heard.includes('again'));
});
