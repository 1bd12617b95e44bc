import { z } from 'zod';
import { systemCtx } from '../ctx.ts';
import type { Services } from '../ctx.ts';
import { newId } from '../../kernel/ids.ts';
import type { Projection } from '../realtime/projection.ts';
import { maxBusBytes, openBus } from './bus.ts';
import type { Bus } from './bus.ts';
import type { StoredEvent } from './definition.ts';
import type { Hook } from './listener.ts';
import { readEvents } from './outbox.ts';

const BusMessage = z.union([
  z.object({ from: z.string(), ids: z.array(z.number()) }),
  z.object({ from: z.string(), topic: z.string(), payload: z.unknown() }),
  z.object({ from: z.string(), gap: z.literal(true) }),
]);
type BusMessage = z.output<typeof BusMessage>;

const NOTIFY_EVERY_MS = 4;
const IDS_PER_MESSAGE = 500;

type Wakeable = { types: Set<string>; wake(): void };

/**
 * Spreads committed events: at once to this process's hooks, sockets and listeners, and by their ids, a few
 * milliseconds' worth together, to the other processes.
 */
export class Publisher {
  readonly #services: Services;
  readonly #origin = newId();
  readonly #hooks = new Map<string, Hook[]>();
  readonly #projections = new Map<string, Projection[]>();
  readonly #topics = new Map<string, ((payload: unknown) => void)[]>();
  readonly #listeners: Wakeable[] = [];
  #bus: Bus | null = null;
  #ids: number[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(services: Services) {
    this.#services = services;
  }

  async open(): Promise<void> {
    const { config, database, log } = this.#services;
    this.#bus = await openBus(config, {
      url: database.url,
      log,
      on: {
        message: (text) => void this.#received(text),
        gapText: JSON.stringify({ from: this.#origin, gap: true } satisfies BusMessage),
        gap: () => this.#gap(),
      },
    });
  }

  addHook(hook: Hook): void {
    for (const type of hook.types) addTo(this.#hooks, type, hook);
  }

  addProjection(projection: Projection): void {
    addTo(this.#projections, projection.type, projection);
  }

  addListener(listener: Wakeable): void {
    this.#listeners.push(listener);
  }

  onSignal(topic: string, run: (payload: unknown) => void): void {
    addTo(this.#topics, topic, run);
  }

  /** Volatile, to every other process. */
  signal(topic: string, payload: unknown): void {
    const text = JSON.stringify({ from: this.#origin, topic, payload } satisfies BusMessage);
    if (Buffer.byteLength(text) < maxBusBytes) this.#bus?.publish(text);
    else this.#services.log.warn({ topic }, 'a signal was too long for the bus');
  }

  /** What this process has just committed. */
  published = (events: StoredEvent[]): void => {
    this.#spread(events);
    for (const { id } of events) this.#ids.push(id);
    this.#timer ??= setTimeout(() => this.#notify(), NOTIFY_EVERY_MS);
  };

  #notify(): void {
    this.#timer = null;
    const ids = this.#ids;
    this.#ids = [];
    for (let at = 0; at < ids.length; at += IDS_PER_MESSAGE) {
      const part = ids.slice(at, at + IDS_PER_MESSAGE);
      this.#bus?.publish(JSON.stringify({ from: this.#origin, ids: part } satisfies BusMessage));
    }
  }

  /** Something may have been missed: clients fetch anew, listeners look. */
  #gap(): void {
    this.#services.live.gap();
    for (const listener of this.#listeners) listener.wake();
  }

  /** Whoever may notify on this channel may send anything: it must not end the process. */
  async #received(text: string): Promise<void> {
    const { log } = this.#services;
    try {
      const message = BusMessage.parse(JSON.parse(text));
      if (message.from === this.#origin) return;
      if ('gap' in message) this.#gap();
      else if ('topic' in message) {
        for (const run of this.#topics.get(message.topic) ?? []) run(message.payload);
      } else this.#spread(await readEvents(this.#services.database.kysely, message.ids));
    } catch (err) {
      log.warn({ err }, 'live updates of another process could not be read');
      this.#services.live.gap();
    }
  }

  #spread(events: StoredEvent[]): void {
    const ctx = systemCtx(this.#services, 'live');
    const fail = (err: unknown): void => ctx.log.error({ err }, 'an event was not passed on');
    for (const event of events) {
      for (const projection of this.#projections.get(event.type) ?? []) {
        projection.run(ctx, event.payload).catch(fail);
      }
    }
    const byHook = new Map<Hook, StoredEvent[]>();
    for (const event of events) {
      for (const hook of this.#hooks.get(event.type) ?? []) addTo(byHook, hook, event);
    }
    for (const [hook, own] of byHook) {
      Promise.try(() => hook.handle(ctx, own)).catch(fail);
    }
    const types = new Set(events.map((event) => event.type));
    for (const listener of this.#listeners) {
      if (!types.isDisjointFrom(listener.types)) listener.wake();
    }
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#notify();
    await this.#bus?.close();
  }
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
