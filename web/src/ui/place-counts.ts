import { useEffect, useSyncExternalStore } from 'react';

let counts: Readonly<Record<string, number>> = {};
const hearers = new Set<() => void>();
function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}
function set(place: string, count: number): void {
  if (counts[place] === count) return;
  counts = { ...counts, [place]: count };
  for (const hear of hearers) hear();
}

/** Small counts on the rail, by address: `/desk` → unread. */
export function usePlaceCounts(): Readonly<Record<string, number>> {
  return useSyncExternalStore(subscribe, () => counts);
}

/** Shows a count on the rail while mounted; a feature tells its own. */
export function usePlaceCount(place: string, count: number): void {
  useEffect(() => set(place, count), [place, count]);
  useEffect(() => () => set(place, 0), [place]);
}
