import { useCallback, useState } from 'react';

export type Question = 'assign' | 'transfer' | 'snooze' | 'tags' | 'priority';
/** Opens a dialog: on the button that was pressed, or in the middle of the page for a key. */
export type Ask = (question: Question, anchor: Element | null) => void;

export interface Asking {
  question: Question | null;
  anchor: Element | null;
  ask: Ask;
  close: () => void;
}

/** Which question about the conversation is open. */
export function useAsking(): Asking {
  const [asked, setAsked] = useState<{ question: Question; anchor: Element | null } | null>(null);
  const ask = useCallback<Ask>((question, anchor) => setAsked({ question, anchor }), []);
  return {
    question: asked?.question ?? null,
    anchor: asked?.anchor ?? null,
    ask,
    close: () => setAsked(null),
  };
}
