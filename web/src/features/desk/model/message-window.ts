import type { MessageView } from '@yingda/contract';

/** The loaded stretch of a conversation: gapless in seq, with more before or after it or not. */
export interface MessageWindow {
  items: MessageView[];
  moreBefore: boolean;
  moreAfter: boolean;
}

/** The newest seq of the window; 0 when empty. */
export function lastSeqOf(window: MessageWindow): number {
  return window.items.at(-1)?.seq ?? 0;
}

export function firstSeqOf(window: MessageWindow): number {
  return window.items[0]?.seq ?? 0;
}

function merge(a: readonly MessageView[], b: readonly MessageView[]): MessageView[] {
  const bySeq = new Map(a.map((item) => [item.seq, item]));
  for (const item of b) bySeq.set(item.seq, newer(bySeq.get(item.seq), item));
  return [...bySeq.values()].toSorted((x, y) => x.seq - y.seq);
}

/** A retraction is final: an answer read before it never brings the text back. */
function newer(known: MessageView | undefined, next: MessageView): MessageView {
  return known?.retractedAt && !next.retractedAt ? known : next;
}

/** The window with an older page put in front of it. */
export function withOlder(
  window: MessageWindow,
  page: { items: MessageView[]; hasMore: boolean },
): MessageWindow {
  return { ...window, items: merge(window.items, page.items), moreBefore: page.hasMore };
}

/** The window with the page that follows it. */
export function withNewer(
  window: MessageWindow,
  page: { items: MessageView[]; hasMore: boolean },
): MessageWindow {
  return { ...window, items: merge(window.items, page.items), moreAfter: page.hasMore };
}

/**
 * The window after a message was posted. `missed` is true when messages between are unknown:
 * the caller then fetches what follows `lastSeqOf(window)`.
 */
export function withPosted(
  window: MessageWindow,
  message: MessageView,
): { window: MessageWindow; missed: boolean } {
  const last = lastSeqOf(window);
  if (message.seq <= last) return { window: withChanged(window, message), missed: false };
  if (window.moreAfter) return { window, missed: false };
  if (message.seq > last + 1) return { window, missed: true };
  return { window: { ...window, items: [...window.items, message] }, missed: false };
}

/** The window with one message renewed (retracted, for example); the same object when it is not in it. */
export function withChanged(window: MessageWindow, message: MessageView): MessageWindow {
  const index = window.items.findIndex((item) => item.seq === message.seq);
  const known = window.items[index];
  if (!known) return window;
  return { ...window, items: window.items.with(index, newer(known, message)) };
}
