import type { Ctx, Services } from '../../../../platform/ctx.ts';
import { nameOf } from '../../../customers/index.ts';
import { namesOf } from '../../../identity/index.ts';
import { selectVisitor } from '../store/visitors.ts';
import type { VisitorRow } from '../store/visitors.ts';
import { selectWidget, selectWidgetByKey } from '../store/widgets.ts';
import type { WidgetRow } from '../store/widgets.ts';

/**
 * Values read again after a while, when `forget` says that they changed, or when others crowd them out. Every call of
 * every visitor needs its visitor and widget; without this, each would ask the database anew.
 */
class Recent<T> {
  readonly #entries = new Map<string, { at: number; value: T }>();
  readonly #ageMs: number;
  readonly #size: number;

  constructor({ ageMs, size }: { ageMs: number; size: number }) {
    this.#ageMs = ageMs;
    this.#size = size;
  }

  async get(key: string, read: () => Promise<T>): Promise<T> {
    const held = this.#entries.get(key);
    if (held && performance.now() - held.at < this.#ageMs) return held.value;
    const at = performance.now();
    const value = await read();
    this.set(key, value, at);
    return value;
  }

  set(key: string, value: T, at = performance.now()): void {
    this.#entries.delete(key);
    this.#entries.set(key, { at, value });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#size) break;
      this.#entries.delete(oldest);
    }
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  forgetWhere(matches: (value: T) => boolean): void {
    for (const [key, { value }] of this.#entries) if (matches(value)) this.#entries.delete(key);
  }
}

/** A visitor with the name under which messages are written. */
export type KnownVisitor = VisitorRow & { customerName: string };

type Cache = {
  widgets: Recent<WidgetRow | null>;
  visitors: Recent<KnownVisitor | null>;
  names: Recent<string>;
};

const caches = new WeakMap<Services, Cache>();

export function cacheOf(services: Services): Cache {
  let cache = caches.get(services);
  if (!cache) {
    cache = {
      widgets: new Recent({ ageMs: 30_000, size: 500 }),
      visitors: new Recent({ ageMs: 30_000, size: 20_000 }),
      names: new Recent({ ageMs: 60_000, size: 5_000 }),
    };
    caches.set(services, cache);
  }
  return cache;
}

export function widgetById(ctx: Ctx, id: string): Promise<WidgetRow | null> {
  const read = async (): Promise<WidgetRow | null> => (await selectWidget(ctx.db, id)) ?? null;
  return cacheOf(ctx.services).widgets.get(id, read);
}

/** Also a key that no widget has is remembered, so that guessing costs the database nothing. */
export function widgetByKey(ctx: Ctx, key: string): Promise<WidgetRow | null> {
  const read = async (): Promise<WidgetRow | null> =>
    (await selectWidgetByKey(ctx.db, key)) ?? null;
  return cacheOf(ctx.services).widgets.get(`key ${key}`, read);
}

export function knownVisitor(ctx: Ctx, id: string): Promise<KnownVisitor | null> {
  return cacheOf(ctx.services).visitors.get(id, async () => {
    const row = await selectVisitor(ctx.db, id);
    if (!row) return null;
    const customerName = row.customerId ? await nameOf(ctx, row.customerId) : null;
    return { ...row, customerName: customerName ?? row.name };
  });
}

/** Names of people, as visitors are told them. */
export async function agentNames(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  const { names } = cacheOf(ctx.services);
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, string]> => {
      const read = async (): Promise<string> => (await namesOf(ctx, [id])).get(id) ?? '';
      return [id, await names.get(id, read)];
    }),
  );
  return new Map(found.filter(([, name]) => name !== ''));
}
