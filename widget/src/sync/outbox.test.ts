import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drain, nextOrder } from './outbox.ts';
import type { Entry, Outcome, OutboxStore } from './outbox.ts';

/** The browser's memory, shared by all tabs. */
function memoryStore(): OutboxStore {
  const entries = new Map<string, Entry>();
  return {
    list: () => [...entries.values()].toSorted((a, b) => (a.order < b.order ? -1 : 1)),
    add: (entry) => entries.set(entry.order, entry),
    update(order, patch) {
      const entry = entries.get(order);
      if (entry) entries.set(order, { ...entry, ...patch });
    },
    remove: (order) => entries.delete(order),
  };
}

/** Keeps one message per key, as the server does. */
function createServer(): { log: string[]; store: (entry: Entry) => void } {
  const keys = new Set<string>();
  const log: string[] = [];
  return {
    log,
    store({ clientKey, text = '' }) {
      if (!keys.has(clientKey)) log.push(text);
      keys.add(clientKey);
    },
  };
}

let clock = 1000;
function write(store: OutboxStore, text: string, random = 'tab'): void {
  const order = nextOrder(store.list(), clock++, random);
  store.add({ order, clientKey: `key-${text}`, at: clock, text });
}

/** What the network does to one post. */
type Luck = 'ok' | 'request lost' | 'answer lost' | 'tab closed';
const luck = fc.constantFrom<Luck>('ok', 'ok', 'request lost', 'answer lost', 'tab closed');

const later: Outcome = { kind: 'later', afterMs: 1 };

describe('the outbox', () => {
  test('stores each message exactly once and in order, with several tabs, losses, reloads and any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.array(luck, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        async (scheduler, count, tabs) => {
          const store = memoryStore();
          const server = createServer();
          const texts = Array.from({ length: count }, (_, i) => String(i));
          const never = new Promise<Outcome>(() => undefined);

          const tab = async (fates: Luck[]): Promise<void> => {
            // Each round is one run of a page: it ends by being closed, by a failure, or with nothing left to send.
            for (const fate of fates) {
              const post = async (entry: Entry): Promise<Outcome> => {
                await scheduler.schedule(Promise.resolve(), `request ${entry.clientKey}`);
                if (fate === 'request lost') return later;
                server.store(entry);
                await scheduler.schedule(Promise.resolve(), `answer ${entry.clientKey}`);
                if (fate === 'tab closed') return never;
                return fate === 'answer lost' ? later : { kind: 'stored' };
              };
              const closed = scheduler.schedule(Promise.resolve(), 'close');
              await (fate === 'tab closed'
                ? Promise.race([drain(store, post), closed])
                : drain(store, post));
            }
          };
          const writing = (async () => {
            for (const text of texts) {
              await scheduler.schedule(Promise.resolve(), `write ${text}`);
              write(store, text);
            }
          })();
          await scheduler.waitFor(Promise.all([writing, ...tabs.map(tab)]));
          // The network is good at last.
          await drain(store, async (entry) => {
            server.store(entry);
            return { kind: 'stored' };
          });
          expect(server.log).toEqual(texts);
          expect(store.list()).toEqual([]);
        },
      ),
    );
  });

  test('a refused message stays for the visitor and does not hold up the next', async () => {
    const store = memoryStore();
    const server = createServer();
    for (const text of ['a', 'too long', 'b']) write(store, text);
    const rest = await drain(store, async (entry) => {
      if (entry.text === 'too long') return { kind: 'refused', code: 'request.invalid' };
      server.store(entry);
      return { kind: 'stored' };
    });
    expect(rest).toBeNull();
    expect(server.log).toEqual(['a', 'b']);
    expect(store.list().map(({ text, failed }) => [text, failed])).toEqual([
      ['too long', 'request.invalid'],
    ]);
  });

  test('a post that may succeed later holds the ones behind it', async () => {
    const store = memoryStore();
    for (const text of ['a', 'b']) write(store, text);
    expect(await drain(store, async () => ({ kind: 'later', afterMs: 800 }))).toBe(800);
    expect(store.list().map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('an order lies after all others when the clock was set back', () => {
    const store = memoryStore();
    clock = 5_000_000;
    write(store, 'first');
    clock = 1000;
    write(store, 'second');
    expect(store.list().map(({ text }) => text)).toEqual(['first', 'second']);
  });
});
