import type { Identity } from './chat/types.ts';

export type PageEvent = 'open' | 'close' | 'message' | 'unread';

/** What a page may do with the widget: `window.yingda`. */
export interface PageApi {
  open: () => void;
  close: () => void;
  /** Names the visitor, as the page's server signed it. Rejects when the signature is not good. */
  identify: (identity: Identity) => Promise<void>;
  /** Forgets the visitor in this browser; call it when the customer signs out. */
  logout: () => void;
  /** Hears what happens; returns the way to stop. */
  on: (event: PageEvent, listener: (detail: unknown) => void) => () => void;
  /** A call by name, as pages make it before the script is there. */
  push: (call: [string, ...unknown[]]) => void;
}

export interface PageHooks {
  setOpen: (open: boolean) => void;
  identify: (identity: Identity) => Promise<void>;
  logout: () => void;
}

/** Publishes `window.yingda`; `takeOver` makes up the calls that came before. */
export function createPageApi(hooks: PageHooks): {
  emit(event: PageEvent, detail: unknown): void;
  takeOver: () => void;
} {
  const listeners = new Map<string, Set<(detail: unknown) => void>>();
  const api: PageApi = {
    open: () => hooks.setOpen(true),
    close: () => hooks.setOpen(false),
    identify: hooks.identify,
    logout: hooks.logout,
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    push([name, ...values]) {
      const method: unknown = Object.hasOwn(api, name) ? Reflect.get(api, name) : undefined;
      if (typeof method !== 'function' || name === 'push') return;
      const result: unknown = Reflect.apply(method, api, values);
      if (result instanceof Promise) result.catch(() => undefined);
    },
  };
  const before = window.yingda;
  window.yingda = api;
  return {
    emit(event, detail) {
      for (const listener of listeners.get(event) ?? []) {
        try {
          listener(detail);
        } catch (error) {
          // The page's own mistake: told as one, without harm to the chat.
          reportError(error);
        }
      }
    },
    takeOver() {
      if (Array.isArray(before)) for (const call of before) api.push(call);
    },
  };
}
