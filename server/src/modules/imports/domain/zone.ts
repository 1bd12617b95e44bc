import { zoneClock } from '../../../kernel/zone-clock.ts';

const DAY = 86_400_000;

/** Epoch milliseconds of a local time given as if it were UTC. */
export type ToUtc = (localMs: number) => number;

/** True for a name the system knows, for example `Asia/Shanghai`. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * Local times of a zone as instants. A time that the clocks skip is read as if they had not been changed yet; of a time
 * that comes twice the first is meant.
 */
export function toUtcOf(zone: string): ToUtc {
  const clock = zoneClock(zone);
  return (localMs) => {
    const before = clock.offsetAt(localMs - DAY);
    const after = clock.offsetAt(localMs + DAY);
    if (before === after || clock.offsetAt(localMs - before) === before) return localMs - before;
    return clock.offsetAt(localMs - after) === after ? localMs - after : localMs - before;
  };
}
