/** What was before and what was taken back; `key` tells which deed made the present. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  key: string | null;
}

const longest = 200;

export const historyOf = <T>(present: T): History<T> => ({
  past: [],
  present,
  future: [],
  key: null,
});

/** A change; one with the same key as the last (typing on in a field) is one with it. */
export function changed<T>(history: History<T>, next: T, key: string | null = null): History<T> {
  if (next === history.present) return history;
  const isMore = key !== null && key === history.key;
  const past = isMore ? history.past : [...history.past, history.present].slice(-longest);
  return { past, present: next, future: [], key };
}

export function undone<T>({ past, present, future, key }: History<T>): History<T> {
  const before = past.at(-1);
  if (before === undefined) return { past, present, future, key };
  return { past: past.slice(0, -1), present: before, future: [present, ...future], key: null };
}

export function redone<T>({ past, present, future, key }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future, key };
  return { past: [...past, present], present: next, future: rest, key: null };
}
