const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses after a failed try: quickly at first, then patiently; two days in all. */
const pauses = [
  5_000,
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  16 * HOUR_MS,
  16 * HOUR_MS,
];
/** After so long without a single delivery an address is given up. */
export const GIVE_UP_MS = 5 * 24 * HOUR_MS;

/**
 * Milliseconds until the next try after `tries` failed ones; null: no more. `chance` in [0, 1) spreads the tries by a
 * fifth, so that an address that comes back is not overrun by all that waited.
 */
export function pauseAfter(tries: number, chance: number): number | null {
  const pause = pauses[tries - 1];
  return pause === undefined ? null : Math.round(pause * (0.9 + chance * 0.2));
}

export type Verdict = 'delivered' | 'again' | 'gone';

/** 2xx is taken; 410 asks us to stop for good; everything else may be better later. */
export function verdictOf(status: number | null): Verdict {
  if (status === null) return 'again';
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'again';
}
