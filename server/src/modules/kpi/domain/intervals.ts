/** From one instant up to another, in epoch milliseconds. */
export type Interval = readonly [from: number, until: number];

/** The time that at least one of the intervals covers, in order and without overlaps. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(([from, until]) => until > from).toSorted((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, until] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged;
}

/** The time that both cover; both without overlaps and in order. */
export function common(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const shared: Interval[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [a[i], b[j]];
    if (!one || !other) return shared;
    const [from, until] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
    if (until > from) shared.push([from, until]);
    if (one[1] < other[1]) i += 1;
    else j += 1;
  }
}

/** The time of `a` that `b` does not cover; both without overlaps and in order. */
export function without(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let j = 0;
  for (const [start, end] of a) {
    let from = start;
    while ((b[j]?.[1] ?? Infinity) <= from) j += 1;
    for (let k = j; from < end; k += 1) {
      const [nextFrom, nextUntil] = b[k] ?? [end, end];
      if (nextFrom > from) rest.push([from, Math.min(nextFrom, end)]);
      from = Math.max(from, Math.min(nextUntil, end));
      if (nextFrom >= end) break;
    }
  }
  return rest;
}
