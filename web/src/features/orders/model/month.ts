/** A month as `2026-11`. */
export type Month = string;

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const startOf = (month: Month): number => Date.parse(`${month}-01T00:00:00Z`);

/** The month `by` months after this one. */
export function monthAfter(month: Month, by: number): Month {
  const date = new Date(startOf(month));
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 7);
}

/** Weeks from Monday that show a whole month, as dates `2026-11-23`. */
export function weeksOf(month: Month): string[][] {
  const first = startOf(month);
  const last = startOf(monthAfter(month, 1)) - dayMs;
  const weekday = (new Date(first).getUTCDay() + 6) % 7;
  const weeks: string[][] = [];
  for (let monday = first - weekday * dayMs; monday <= last; monday += 7 * dayMs) {
    weeks.push(Array.from({ length: 7 }, (_, day) => iso(monday + day * dayMs)));
  }
  return weeks;
}
