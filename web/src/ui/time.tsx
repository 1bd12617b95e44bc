import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatClock, formatExact } from '../lib/format.ts';

/** One clock for the whole page: a hundred waiting times tick together, on one timer. */
const hearers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();
function tick(): void {
  now = Date.now();
  for (const hear of hearers) hear();
}
function subscribe(hear: () => void): () => void {
  if (hearers.size === 0) {
    now = Date.now();
    timer = setInterval(tick, 1000);
  }
  hearers.add(hear);
  return () => {
    hearers.delete(hear);
    if (hearers.size === 0) clearInterval(timer);
  };
}

/** Now, in steps of `stepMs`: the component is drawn again only when the step is over. */
export function useNow(stepMs = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now / stepMs) * stepMs);
}

/** `3 minutes ago`, with the exact time and zone on hover. */
export function TimeAgo({ at }: { at: string }): ReactNode {
  useTranslation();
  const from = useNow(30_000);
  return (
    <time className="yd-figures" dateTime={at} title={formatExact(at)}>
      {formatAgo(at, from)}
    </time>
  );
}

/** A clock that runs from an instant on (`since`), or down to one (`until`). */
export function Timer(props: { since: string } | { until: string }): ReactNode {
  const at = useNow();
  const ms =
    'since' in props ? at - new Date(props.since).getTime() : new Date(props.until).getTime() - at;
  return (
    <span className="yd-figures" role="timer" aria-live="off">
      {formatClock(ms)}
    </span>
  );
}
