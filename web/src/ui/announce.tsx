import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

let said = { polite: '', assertive: '' };
const hearers = new Set<() => void>();
function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** Tells screen readers what happened: `assertive` interrupts (an offer rings), `polite` waits (a new message). */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  // A text equal to the last one would not be read again; a trailing space makes it another one.
  said = { ...said, [urgency]: said[urgency] === text ? `${text}\u00a0` : text };
  for (const hear of hearers) hear();
}

/** The live regions; the root of the page holds one pair. */
export function LiveRegions(): ReactNode {
  const { polite, assertive } = useSyncExternalStore(subscribe, () => said);
  return (
    <>
      <div className="yd-hidden" aria-live="polite" aria-atomic="true">
        {polite}
      </div>
      <div className="yd-hidden" aria-live="assertive" aria-atomic="true">
        {assertive}
      </div>
    </>
  );
}
