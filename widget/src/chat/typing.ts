import type { Store } from '../lib/store.ts';
import type { ChatState } from './state.ts';

const repeatMs = 3_000;
const idleMs = 4_000;
const forgetMs = 7_000;

export interface Typing {
  /** The visitor touched a key. */
  wrote: () => void;
  /** The agent writes, or (null) stopped. */
  heard: (agentName: string | null) => void;
}

/** Who is writing, in both directions. A sign that is not repeated goes out by itself. */
export function createTyping(state: Store<ChatState>, tell: (on: boolean) => void): Typing {
  let toldAt = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let forget: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(idle);
    if (toldAt > 0) tell(false);
    toldAt = 0;
  };
  return {
    wrote() {
      if (state.get().conversation === null) return;
      clearTimeout(idle);
      idle = setTimeout(stop, idleMs);
      if (Date.now() - toldAt < repeatMs) return;
      toldAt = Date.now();
      tell(true);
    },
    heard(agentName) {
      clearTimeout(forget);
      state.set({ agentTyping: agentName });
      if (agentName !== null) forget = setTimeout(() => state.set({ agentTyping: null }), forgetMs);
    },
  };
}
