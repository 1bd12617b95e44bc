/** A duration that a line of the log states; null when it states none that can be. */
export const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value < Number.MAX_SAFE_INTEGER ? value : null;
