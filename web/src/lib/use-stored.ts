import { useCallback, useState } from 'react';

/** A small choice about the look that this browser remembers; what is stored and unusable counts as nothing. */
export function useStored<T>(
  name: string,
  initial: T,
  read: (value: unknown) => T | null,
): [T, (next: T) => void] {
  const key = `yingda.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(key);
      return (kept === null ? null : read(JSON.parse(kept))) ?? initial;
    } catch {
      return initial;
    }
  });
  const store = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [value, store];
}
