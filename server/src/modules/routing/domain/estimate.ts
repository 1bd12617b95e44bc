/** The window over which the recent rate of assignments is taken, in seconds. */
export const rateWindowSeconds = 900;

/**
 * How long a contact at this position (from 1) will probably wait, in whole seconds: its position divided by the rate
 * at which contacts of the queue were assigned lately. Null when none was: then nothing is known.
 */
export function estimateWaitSeconds(position: number, assignedLately: number): number | null {
  if (assignedLately <= 0) return null;
  return Math.ceil((position * rateWindowSeconds) / assignedLately);
}
