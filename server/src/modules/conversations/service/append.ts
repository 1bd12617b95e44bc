import { withRetry } from '../../../platform/db/index.ts';
import type { Services, Tx } from '../../../platform/ctx.ts';
import type { StoredEvent } from '../../../platform/events/index.ts';
import { appendMessages, inTransaction, onPool } from '../store/append.ts';
import type { Appended, NewMessage } from '../store/append.ts';
import { messagePosted } from '../events.ts';

type Waiting = {
  message: NewMessage;
  resolve: (result: Appended) => void;
  reject: (error: unknown) => void;
};

const MAX_BATCH = 64;
/** Statements under way at once: one commits to disk while the next is prepared. */
const MAX_RUNNING = 2;

/**
 * Gathers messages while earlier ones are being written and stores them together. Nothing waits for a timer: an idle
 * desk writes at once, a busy one in larger batches. Messages of one conversation never share a batch, so their order
 * is the order in which they came.
 */
class Appender {
  readonly #services: Services;
  #waiting: Waiting[] = [];
  readonly #busy = new Set<string>();
  #running = 0;

  constructor(services: Services) {
    this.#services = services;
  }

  append(message: NewMessage): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      if (this.#running < MAX_RUNNING) queueMicrotask(() => this.#next());
    });
  }

  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    for (const item of this.#waiting) {
      const { conversationId } = item.message;
      if (batch.length < MAX_BATCH && !this.#busy.has(conversationId)) {
        this.#busy.add(conversationId);
        batch.push(item);
      } else later.push(item);
    }
    this.#waiting = later;
    return batch;
  }

  #next(): void {
    while (this.#running < MAX_RUNNING) {
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#running += 1;
      void this.#write(batch).finally(() => {
        this.#running -= 1;
        for (const { message } of batch) this.#busy.delete(message.conversationId);
        this.#next();
      });
    }
  }

  async #write(batch: Waiting[]): Promise<void> {
    const { database, published } = this.#services;
    try {
      const messages = batch.map(({ message }) => message);
      // With its key a message may be written again when nobody knows whether the first try was: it is stored once.
      const results = await withRetry(() => appendMessages(onPool(database.pool), messages), {
        idempotent: messages.every(({ clientKey }) => clientKey !== null),
      });
      published(results.flatMap(eventsOf));
      batch.forEach(({ resolve }, at) => resolve(results[at] ?? { outcome: 'missing' }));
    } catch (error) {
      // One faulty message must not take the others with it.
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const item of batch) await this.#write([item]);
    }
  }
}

function eventsOf(result: Appended): StoredEvent[] {
  if (result.outcome !== 'stored') return [];
  return [{ id: result.eventId, type: messagePosted.type, payload: result.payload, at: result.at }];
}

/** Stores one message inside a transaction; it is published when that is committed. */
export async function appendIn(tx: Tx, message: NewMessage): Promise<Appended> {
  const [result = { outcome: 'missing' as const }] = await appendMessages(inTransaction(tx.db), [
    message,
  ]);
  const events = eventsOf(result);
  if (events.length > 0) tx.afterCommit(() => tx.services.published(events));
  return result;
}

const appenders = new WeakMap<Services, Appender>();

/** Stores one message together with others that come at the same moment; resolves once it is committed. */
export function append(services: Services, message: NewMessage): Promise<Appended> {
  let appender = appenders.get(services);
  if (!appender) {
    appender = new Appender(services);
    appenders.set(services, appender);
  }
  return appender.append(message);
}
