import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { closeServer } from './close.ts';

test('an answer under way is finished, and its connection not kept for a next request', async () => {
  const app = fastify({ forceCloseConnections: 'idle' });
  async function* slowly() {
    yield 'half';
    await sleep(300);
    yield ' and half';
  }
  app.get('/', (_, reply) => reply.send(Readable.from(slowly())));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const answer = await fetch(url);
  const begin = performance.now();
  const closing = closeServer(app);
  expect(await answer.text()).toBe('half and half');
  await closing;
  // Kept open, the connection would have lasted the framework's 72 seconds.
  expect(performance.now() - begin).toBeLessThan(20_000);
});
