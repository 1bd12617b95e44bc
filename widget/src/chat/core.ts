import type { Blobs } from '../lib/blobs.ts';
import { callJson } from '../lib/http.ts';
import type { Call } from '../lib/http.ts';
import type { Memory } from '../lib/storage.ts';
import type { Store } from '../lib/store.ts';
import type { Entry, OutboxStore } from '../sync/outbox.ts';
import type { ChatState } from './state.ts';
import type { Locale } from './types.ts';

/** What every part of the chat works with. */
export interface Core {
  readonly widgetKey: string;
  /** Origin of the server. */
  readonly base: string;
  readonly locale: Locale;
  readonly state: Store<ChatState>;
  readonly memory: Memory;
  readonly blobs: Blobs;
  readonly outbox: OutboxStore;
  /** Calls with the visitor's token. */
  call: <T>(call: Omit<Call, 'token'>) => Promise<T>;
}

const prefix = 'out.';

/** Entries in the page's memory, one key each, so that two tabs never overwrite each other's. */
export function storedOutbox(memory: Memory, changed: () => void): OutboxStore {
  const read = (order: string): Entry | null => {
    const text = memory.get(prefix + order);
    try {
      return text === null ? null : (JSON.parse(text) as Entry);
    } catch {
      return null;
    }
  };
  const write = (order: string, entry: Entry | null): void => {
    memory.set(prefix + order, entry && JSON.stringify(entry));
    changed();
  };
  return {
    list: () =>
      memory
        .names()
        .filter((name) => name.startsWith(prefix))
        .toSorted()
        .flatMap((name) => read(name.slice(prefix.length)) ?? []),
    add: (entry) => write(entry.order, entry),
    update(order, patch) {
      const entry = read(order);
      if (entry) write(order, { ...entry, ...patch });
    },
    remove: (order) => write(order, null),
  };
}

/** Address and title of the page the widget stands on, as agents see them. */
export function pageOf(): { url: string; title: string } {
  return { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) };
}

export function callAs(base: string, memory: Memory): Core['call'] {
  return (call) => callJson(base, { ...call, token: memory.get('token') });
}
