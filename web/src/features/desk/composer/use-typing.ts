import { useCallback, useEffect, useRef } from 'react';
import { live } from '../../../lib/use-live.ts';

const repeatMs = 3000;
const idleMs = 4000;

/** Tells the customer and colleagues that I am writing, and that I stopped. Notes are nobody's business. */
export function useTyping(id: string): { typed: () => void; stopped: () => void } {
  const told = useRef(0);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopped = useCallback(() => {
    clearTimeout(idle.current);
    if (told.current > 0) live.typing(id, false);
    told.current = 0;
  }, [id]);
  const typed = useCallback(() => {
    if (Date.now() - told.current > repeatMs) {
      told.current = Date.now();
      live.typing(id, true);
    }
    clearTimeout(idle.current);
    idle.current = setTimeout(stopped, idleMs);
  }, [id, stopped]);
  useEffect(() => stopped, [stopped]);
  return { typed, stopped };
}
