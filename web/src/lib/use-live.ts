import type { LiveEvent, LiveEventOf } from '@yingda/contract';
import { livePath } from '@yingda/contract';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { createLive } from './live.ts';
import type { LiveState } from './live.ts';
import { tellSignedOut } from './query.ts';

/** The one connection of this tab; the frame starts it when somebody is signed in. */
export const live = createLive({
  connect: () => {
    const address = new URL(livePath, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    return new WebSocket(address);
  },
});

/** Keeps the connection while mounted, and hurries it when the network or the tab comes back. */
export function useLiveConnection(): void {
  useEffect(() => {
    const wake = (): void => {
      if (document.visibilityState === 'visible') live.nudge();
    };
    // Without rooms it is the person who was refused: the session is over, and dialling again will not help.
    const stopHearing = live.onRefused((code, rooms) => {
      if (rooms === undefined && code === 'auth.signed_out') tellSignedOut();
    });
    live.start();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      stopHearing();
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      live.stop();
    };
  }, []);
}

/** Calls `hear` for every event of the type while mounted; `hear` sees the latest props. */
export function useLiveEvent<T extends LiveEvent['type']>(
  type: T,
  hear: (event: LiveEventOf<T>) => void,
): void {
  const latest = useEffectEvent(hear);
  useEffect(() => live.onEvent(type, (event) => latest(event)), [type]);
}

/** Calls `hear` when events may have been missed: refetch what is shown. */
export function useLiveGap(hear: () => void): void {
  const latest = useEffectEvent(hear);
  useEffect(() => live.onGap(() => latest()), []);
}

/** Is in the rooms (`team:<id>`, `conversation:<id>`) while mounted. */
export function useRooms(rooms: readonly string[]): void {
  const key = rooms.join(' ');
  useEffect(() => live.join(key === '' ? [] : key.split(' ')), [key]);
}

/** How the connection is now. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(live.subscribe, live.state);
}
