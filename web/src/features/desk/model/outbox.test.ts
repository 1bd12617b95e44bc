import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Attempt,
  createOutbox,
  type NewOutgoing,
  type Outgoing,
  type OutboxTools,
  partsOf,
} from './outbox.ts';
import { anId } from './testing.ts';

const hello: NewOutgoing = {
  conversationId: anId(1),
  kind: 'message',
  text: 'hello',
  files: [],
  mentions: [],
};

/** A server that stores by client key, a network that answers as told, and a clock turned by hand. */
function bench(answers: (item: Outgoing) => Attempt | 'lost answer' = () => ({ done: true })) {
  let saved: Outgoing[] = [];
  let keys = 0;
  let timers: { work: () => void }[] = [];
  const stored: Outgoing[] = [];
  const tools: OutboxTools = {
    send: (item) => {
      const answer = answers(item);
      const accepted = answer === 'lost answer' || 'done' in answer;
      if (accepted && !stored.some((known) => known.clientKey === item.clientKey))
        stored.push(item);
      if (answer === 'lost answer') return Promise.reject(new Error('network'));
      return Promise.resolve(answer);
    },
    load: () => structuredClone(saved),
    save: (items) => {
      saved = structuredClone(items);
    },
    newKey: () => `key-${String(++keys).padStart(6, '0')}`,
    now: () => new Date('2026-01-05T01:00:00.000Z'),
    later: (work) => {
      const timer = { work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const tick = async (): Promise<void> => {
    const due = timers;
    timers = [];
    for (const timer of due) timer.work();
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { tools, stored, tick, open: () => createOutbox(tools), saved: () => saved };
}

test('every message arrives exactly once and in order over a flapping network and reloads', async () => {
  const plan = fc.array(fc.constantFrom('ok', 'offline', 'lost answer'), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      plan,
      fc.integer({ min: 1, max: 6 }),
      fc.nat({ max: 8 }),
      async (network, count, reloadAt) => {
        let call = 0;
        const b = bench(() => {
          const fate = network[call++] ?? 'ok';
          if (fate === 'lost answer') return 'lost answer';
          return fate === 'ok' ? { done: true } : { again: true };
        });
        let outbox = b.open();
        for (let i = 0; i < count; i++) outbox.add({ ...hello, text: `m${i}` });
        for (let i = 0; i < 40; i++) {
          if (i === reloadAt) outbox = b.open();
          await b.tick();
        }
        expect(b.stored.map((item) => item.text)).toEqual(
          Array.from({ length: count }, (_, i) => `m${i}`),
        );
        expect(outbox.items()).toEqual([]);
      },
    ),
  );
});

test('a refused message stands aside with its reason, the next one goes, and a retry sends it', async () => {
  let refuse = true;
  const b = bench((item) =>
    item.text === 'bad' && refuse ? { refused: 'auth.forbidden' } : { done: true },
  );
  const outbox = b.open();
  const key = outbox.add({ ...hello, text: 'bad' });
  outbox.add({ ...hello, text: 'good' });
  await b.tick();
  expect(outbox.items()).toMatchObject([
    { clientKey: key, state: 'failed', code: 'auth.forbidden' },
  ]);
  expect(b.stored.map((item) => item.text)).toEqual(['good']);
  refuse = false;
  outbox.retry(key);
  await b.tick();
  expect(outbox.items()).toEqual([]);
  expect(b.stored.map((item) => item.text)).toEqual(['good', 'bad']);
});

test('a message that still waits can be taken back, and is never sent', async () => {
  let online = false;
  const b = bench(() => (online ? { done: true } : { again: true }));
  const outbox = b.open();
  const key = outbox.add(hello);
  for (let i = 0; i < 20; i++) await Promise.resolve();
  expect(outbox.discard(key)).toMatchObject({ text: 'hello' });
  online = true;
  outbox.wake();
  await b.tick();
  expect(b.stored).toEqual([]);
  expect(b.saved()).toEqual([]);
});

test('waking tries at once instead of waiting for the timer', async () => {
  let online = false;
  const b = bench(() => (online ? { done: true } : { again: true }));
  const outbox = b.open();
  outbox.add(hello);
  for (let i = 0; i < 20; i++) await Promise.resolve();
  expect(outbox.items()[0]?.state).toBe('waiting');
  online = true;
  outbox.wake();
  for (let i = 0; i < 20; i++) await Promise.resolve();
  expect(outbox.items()).toEqual([]);
});

test('an empty text is no part and files follow the text', () => {
  const file = {
    id: anId(7),
    name: 'a.png',
    mime: 'image/png',
    size: 1,
    width: null,
    height: null,
    url: '/f',
  };
  expect(partsOf({ text: '  ', files: [file] })).toEqual([{ type: 'file', fileId: anId(7) }]);
  expect(partsOf({ text: 'x', files: [] })).toEqual([{ type: 'text', text: 'x' }]);
});
