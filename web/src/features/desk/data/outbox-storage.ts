import type { Outgoing } from '../model/outbox.ts';

/** The part of localStorage that is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Keeps each message on its way under a key of its own, so that two tabs never overwrite each other's queue.
 * Both may send the same message after a reload: the client key makes that one message.
 */
export function outboxStorage(store: Store, userId: string) {
  const prefix = `yingda.outbox.${userId}.`;
  let written = new Map<string, string>();
  const put = (key: string, value: string): void => {
    try {
      store.setItem(key, value);
    } catch {
      // Full or forbidden storage: the queue still lives in this tab.
    }
  };
  return {
    load(): Outgoing[] {
      const keys = Array.from({ length: store.length }, (_, i) => store.key(i));
      const items = keys.flatMap((key) => {
        const value = key?.startsWith(prefix) ? store.getItem(key) : null;
        if (!key || value === null) return [];
        written.set(key, value);
        return [JSON.parse(value) as Outgoing];
      });
      return items.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
    },
    save(items: readonly Outgoing[]): void {
      const next = new Map(items.map((item) => [prefix + item.clientKey, JSON.stringify(item)]));
      for (const [key, value] of next) if (written.get(key) !== value) put(key, value);
      for (const key of written.keys()) if (!next.has(key)) store.removeItem(key);
      written = next;
    },
  };
}
