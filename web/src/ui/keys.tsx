import type { ReactNode } from 'react';
import { keyCaps } from '../lib/shortcuts.ts';

/** A combination as key caps. */
export function Keys({ keys }: { keys: string }): ReactNode {
  return (
    <span className="yd-keys">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
