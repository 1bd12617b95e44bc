import type { ConversationSummary } from '@yingda/contract';
import { useEffect, useRef } from 'react';
import { prefetchConversation } from './prefetch.ts';

/** The id that follows `id` in `trail` and still stands in `present`; before it when none follows. */
export function nextOf(
  id: string,
  trail: readonly string[],
  present: ReadonlySet<string>,
): string | null {
  const at = trail.indexOf(id);
  const candidates = [...trail.slice(at + 1), ...trail.slice(0, Math.max(0, at)).toReversed()];
  return candidates.find((other) => other !== id && present.has(other)) ?? null;
}

export interface Neighbours {
  next: string | null;
  previous: string | null;
  /** Where to go when the open conversation leaves the list, also right after it has left. */
  after: (id: string) => string | null;
}

/** The conversations beside the open one, fetched ahead so that going on shows them at once. */
export function useNeighbours(
  rows: readonly ConversationSummary[],
  openId: string | null,
): Neighbours {
  const ids = rows.map((row) => row.id);
  const at = openId === null ? -1 : ids.indexOf(openId);
  // The order in which the open conversation stood last: it may leave the list before one goes on.
  const trail = useRef<readonly string[]>(ids);
  useEffect(() => {
    if (at >= 0 || trail.current.length === 0) trail.current = ids;
  });
  const next = (at === -1 ? ids[0] : ids[at + 1]) ?? null;
  const previous = (at === -1 ? null : ids[at - 1]) ?? null;
  useEffect(() => {
    // Not in the way of what is being opened.
    const timer = setTimeout(() => {
      for (const id of [next, previous]) if (id !== null) prefetchConversation(id);
    }, 250);
    return () => clearTimeout(timer);
  }, [next, previous]);
  return { next, previous, after: (id) => nextOf(id, trail.current, new Set(ids)) };
}
