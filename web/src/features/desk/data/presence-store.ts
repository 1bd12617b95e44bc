import type { Viewer } from '@yingda/contract';
import { useSyncExternalStore } from 'react';

/** Who is in a conversation right now; nothing of it is stored anywhere. */
export interface Presence {
  customerTyping: boolean;
  viewers: readonly Viewer[];
}

const nobody: Presence = { customerTyping: false, viewers: [] };
/** Without a further sign of life the customer has stopped typing. */
const typingMs = 6000;

let byId = new Map<string, Presence>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function set(id: string, change: Partial<Presence>): void {
  byId = new Map(byId).set(id, { ...presenceOf(id), ...change });
  for (const listener of listeners) listener();
}

/** Who is in a conversation as far as this browser heard. */
export function presenceOf(id: string): Presence {
  return byId.get(id) ?? nobody;
}

export function setCustomerTyping(id: string, on: boolean): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (on)
    timers.set(
      id,
      setTimeout(() => setCustomerTyping(id, false), typingMs),
    );
  if (presenceOf(id).customerTyping !== on) set(id, { customerTyping: on });
}

export function setViewers(id: string, viewers: readonly Viewer[]): void {
  set(id, { viewers });
}

/** After a gap nobody knows who left: they will be told again. */
export function forgetPresence(): void {
  byId = new Map();
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who views a conversation and who types in it, live. */
export function usePresenceIn(id: string): Presence {
  return useSyncExternalStore(subscribe, () => presenceOf(id));
}
