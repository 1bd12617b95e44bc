export type WaitLevel = 'fresh' | 'due' | 'late';

const minute = 60_000;
/** Up to here a waiting customer is no worry, from here on one: minutes a chat customer accepts. */
const dueAfterMs = 2 * minute;
const lateAfterMs = 5 * minute;

/** How urgent a wait is; shown by colour and by its words. */
export function waitLevel(waitMs: number): WaitLevel {
  if (waitMs >= lateAfterMs) return 'late';
  return waitMs >= dueAfterMs ? 'due' : 'fresh';
}

export type WaitWords = { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number };

/** A wait in its largest full unit. Under a minute it counts in tens of seconds, so that the list does not flicker. */
export function waitWords(waitMs: number): WaitWords {
  const ms = Math.max(0, waitMs);
  if (ms < minute) return { unit: 'seconds', count: Math.floor(ms / 10_000) * 10 };
  if (ms < 60 * minute) return { unit: 'minutes', count: Math.floor(ms / minute) };
  if (ms < 24 * 60 * minute) return { unit: 'hours', count: Math.floor(ms / (60 * minute)) };
  return { unit: 'days', count: Math.floor(ms / (24 * 60 * minute)) };
}
