import { openLive } from '../lib/live.ts';
import type { Live } from '../lib/live.ts';
import type { Core } from './core.ts';
import type { ClientFrame, LiveEvent } from './types.ts';

export interface Line {
  /** Opens the live line, or makes sure that it still works. */
  connect: () => void;
  disconnect: () => void;
  /** The network may be back: try now. */
  wake: () => void;
  send: (frame: ClientFrame) => void;
}

export interface LineHooks {
  hear: (event: LiveEvent) => void;
  /** Connected; `complete` when nothing was missed meanwhile. */
  up: (complete: boolean) => void;
  /** The token is no longer good. */
  refused: () => void;
}

/** The visitor's live line, while there is a visitor. */
export function createLine({ state, memory, base }: Core, hooks: LineHooks): Line {
  let live: Live | null = null;
  return {
    connect() {
      live ??= openLive({
        url: `${base.replace(/^http/, 'ws')}/api/live`,
        token: () => memory.get('token'),
        onEvent: hooks.hear,
        onUp(complete) {
          state.set({ link: 'up' });
          hooks.up(complete);
        },
        onDown: () => state.set({ link: 'down', agentTyping: null }),
        onRefused: hooks.refused,
      });
      live.wake();
    },
    disconnect() {
      live?.stop();
      live = null;
      state.set({ link: 'down' });
    },
    wake: () => live?.wake(),
    send: (frame) => live?.send(frame),
  };
}
