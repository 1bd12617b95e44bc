import type { FieldValues } from '../chat/types.ts';

/** Something the visitor has sent that the server has not yet confirmed. */
export interface Entry {
  /** Sorts entries in the order they were written, over all tabs. */
  readonly order: string;
  /** The server stores one message per key, however often it is posted. */
  readonly clientKey: string;
  readonly at: number;
  readonly text?: string;
  readonly file?: { name: string; mime: string; size: number };
  /** Set once the file is uploaded, so that a retry does not upload it again. */
  readonly fileId?: string;
  /** Answers of the form before the chat, sent with the first message. */
  readonly fields?: FieldValues;
  /** Problem code of the refusal: the visitor decides what becomes of it. */
  readonly failed?: string;
}

/** Where entries outlive the page. Every tab of the visitor sees the same ones. */
export interface OutboxStore {
  /** In order. */
  list: () => Entry[];
  add: (entry: Entry) => void;
  /** Changes an entry that still exists; one that is gone stays gone. */
  update: (order: string, patch: Partial<Entry>) => void;
  remove: (order: string) => void;
}

export type Outcome =
  | { kind: 'stored' }
  | { kind: 'refused'; code: string }
  | { kind: 'later'; afterMs: number };

/**
 * Posts waiting entries one at a time, oldest first, and takes each away only when the server confirmed it.
 * Returns null when nothing waits, else the milliseconds after which to try again.
 *
 * The head alone is ever posted: even two tabs that drain the same store keep the order, because neither posts an
 * entry before it saw the one before confirmed, and the server drops repeated keys.
 */
export async function drain(
  store: OutboxStore,
  post: (entry: Entry) => Promise<Outcome>,
): Promise<number | null> {
  for (;;) {
    const head = store.list().find((entry) => entry.failed === undefined);
    if (!head) return null;
    const outcome = await post(head);
    if (outcome.kind === 'later') return outcome.afterMs;
    if (outcome.kind === 'stored') store.remove(head.order);
    else store.update(head.order, { failed: outcome.code });
  }
}

/** An order after every one in use, also when the clock was set back. */
export function nextOrder(entries: readonly Entry[], now: number, random: string): string {
  const last = Number.parseInt(entries.at(-1)?.order ?? '0', 36);
  return `${Math.max(now, last + 1)
    .toString(36)
    .padStart(10, '0')}-${random}`;
}
