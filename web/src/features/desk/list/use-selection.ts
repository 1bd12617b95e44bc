import { useCallback, useRef, useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  /** Adds or removes one; with `isRange` everything between it and the one before. */
  toggle: (id: string, isRange: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

/** Which rows of a list are chosen for doing something to all of them. Rows that left the list are forgotten. */
export function useSelection(order: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const latest = useRef(order);
  latest.current = order;
  const toggle = useCallback((id: string, isRange: boolean) => {
    setChosen((before) => {
      const next = new Set(before);
      const from = latest.current.indexOf(last.current ?? '');
      const to = latest.current.indexOf(id);
      last.current = id;
      if (isRange && from !== -1 && to !== -1) {
        const between = latest.current.slice(Math.min(from, to), Math.max(from, to) + 1);
        for (const other of between) next.add(other);
      } else if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const present = new Set(order);
  const ids = new Set([...chosen].filter((id) => present.has(id)));
  return { ids, toggle, clear, selectAll: () => setChosen(new Set(order)) };
}
