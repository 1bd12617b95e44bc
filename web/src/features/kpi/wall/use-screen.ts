import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';

/** Keeps the screen from going dark while mounted, where the browser can; asks again when the page is seen again. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const ask = (): void => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      navigator.wakeLock.request('screen').then(
        (got) => {
          lock = got;
          if (isOver) void got.release();
        },
        // A battery that runs low refuses; the board is readable all the same.
        () => undefined,
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}

function hearFullscreen(hear: () => void): () => void {
  document.addEventListener('fullscreenchange', hear);
  return () => document.removeEventListener('fullscreenchange', hear);
}

/** Whether something fills the screen now. */
export function useFullscreen(): boolean {
  return useSyncExternalStore(hearFullscreen, () => document.fullscreenElement !== null);
}

/** Size of an element in pixels, followed as it changes. */
export function useSize(ref: RefObject<Element | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 1280, height: 720 });
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
