import type { VisitorMessage } from '@yingda/contract';

/** What this tab holds of the conversation. Notes of the company use up places, so holes are normal for a visitor. */
export interface Timeline {
  /** In order of seq, each once. */
  readonly messages: readonly VisitorMessage[];
  /** Nothing that this visitor may see is missing up to this seq (down to the first message held). */
  readonly through: number;
  /** The server holds messages before the first one here. */
  readonly hasEarlier: boolean;
}

export const emptyTimeline: Timeline = { messages: [], through: 0, hasEarlier: false };

const seqOf = (message: VisitorMessage | undefined): number => message?.seq ?? 0;

function insert(
  messages: readonly VisitorMessage[],
  added: readonly VisitorMessage[],
): VisitorMessage[] {
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  for (const message of added) {
    const held = bySeq.get(message.seq);
    // A message taken back stays so, whichever of two answers arrives last.
    if (!held?.retractedAt || message.retractedAt) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
}

function advance(messages: readonly VisitorMessage[], from: number): number {
  let through = from;
  for (const { seq } of messages) if (seq === through + 1) through = seq;
  return through;
}

/** The newest page replaces whatever was held. */
export function loaded(items: readonly VisitorMessage[], hasMore: boolean): Timeline {
  const messages = insert([], items);
  return { messages, through: seqOf(messages.at(-1)), hasEarlier: hasMore };
}

/** A page before the first message held. */
export function earlier(
  timeline: Timeline,
  items: readonly VisitorMessage[],
  hasMore: boolean,
): Timeline {
  return { ...timeline, messages: insert(items, timeline.messages), hasEarlier: hasMore };
}

/** One message heard live or returned by a post. */
export function received(timeline: Timeline, message: VisitorMessage): Timeline {
  const first = timeline.messages[0];
  // News of a message on a page that was not loaded: it will come with that page.
  if (first && timeline.hasEarlier && message.seq < first.seq) return timeline;
  const messages = insert(timeline.messages, [message]);
  return { ...timeline, messages, through: advance(messages, timeline.through) };
}

/** The answer to "everything after `through`": complete up to its last message. */
export function caughtUp(timeline: Timeline, items: readonly VisitorMessage[]): Timeline {
  const messages = insert(timeline.messages, items);
  const last = Math.max(timeline.through, ...items.map(seqOf));
  return { ...timeline, messages, through: advance(messages, last) };
}

/** True when a message came whose predecessor did not: ask for everything after `through`. */
export function hasGap(timeline: Timeline): boolean {
  return seqOf(timeline.messages.at(-1)) > timeline.through;
}

/** True when the message stands where another one is held: it belongs to another conversation. */
export function isForeign(timeline: Timeline, message: VisitorMessage): boolean {
  return timeline.messages.some((held) => held.seq === message.seq && held.id !== message.id);
}

/** Messages of the company after the visitor's read mark. */
export function unreadAfter(timeline: Timeline, readSeq: number): VisitorMessage[] {
  return timeline.messages.filter(
    ({ seq, kind, author, retractedAt }) =>
      seq > readSeq && kind === 'message' && author.kind !== 'customer' && !retractedAt,
  );
}
