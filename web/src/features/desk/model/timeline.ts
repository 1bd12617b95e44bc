import type { MessageView } from '@yingda/contract';
import type { Outgoing } from './outbox.ts';

/** One row of the conversation as it is drawn. */
export type TimelineRow =
  | { type: 'day'; key: string; at: string }
  | { type: 'unread'; key: string }
  | { type: 'event'; key: string; message: MessageView }
  | { type: 'message'; key: string; message: MessageView; first: boolean; last: boolean }
  | { type: 'outgoing'; key: string; item: Outgoing; first: boolean };

/** Messages of one author within this time stand together under one name. */
const groupMs = 5 * 60_000;

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in the reader's zone, as `2026-01-05`. */
export function dayOf(at: string, zone: string): string {
  const format = dayFormats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  dayFormats.set(zone, format);
  return format.format(new Date(at));
}

function sameGroup(a: MessageView | undefined, b: MessageView | undefined): boolean {
  if (!a || !b || a.kind === 'event' || a.kind !== b.kind) return false;
  // A message that was taken back is told like an event, without its author's mark.
  if (a.retractedAt || b.retractedAt) return false;
  if (a.author.kind !== b.author.kind || a.author.id !== b.author.id) return false;
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) < groupMs;
}

function rowOf(messages: readonly MessageView[], index: number, newDay: boolean): TimelineRow {
  const message = messages[index] as MessageView;
  const key = message.clientKey ?? message.id;
  if (message.kind === 'event') return { type: 'event', key, message };
  return {
    type: 'message',
    key,
    message,
    first: newDay || !sameGroup(messages[index - 1], message),
    last: !sameGroup(message, messages[index + 1]),
  };
}

export interface TimelineInput {
  messages: readonly MessageView[];
  /** What this browser still sends in this conversation. */
  outgoing: readonly Outgoing[];
  /** Draw the line "new" before the first message after this seq; null for none. */
  unreadAfter: number | null;
  zone: string;
}

/** Everything shown in a conversation, in order, with days between. A message never stands in it twice. */
export function timelineOf({
  messages,
  outgoing,
  unreadAfter,
  zone,
}: TimelineInput): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let day = '';
  let unreadShown = unreadAfter === null;
  messages.forEach((message, index) => {
    const own = dayOf(message.createdAt, zone);
    const newDay = own !== day;
    if (newDay) rows.push({ type: 'day', key: `day-${own}`, at: message.createdAt });
    day = own;
    const isUnread =
      !unreadShown && message.seq > (unreadAfter ?? 0) && message.author.kind === 'customer';
    if (isUnread) {
      rows.push({ type: 'unread', key: 'unread' });
      unreadShown = true;
    }
    rows.push(rowOf(messages, index, newDay || isUnread));
  });
  const stored = new Set(messages.map((message) => message.clientKey));
  const waiting = outgoing.filter((item) => !stored.has(item.clientKey));
  waiting.forEach((item, index) => {
    rows.push({ type: 'outgoing', key: item.clientKey, item, first: index === 0 });
  });
  return rows;
}

/** The seq of the newest message of the company that the customer has read: "read" stands under it; null for none. */
export function readMark(messages: readonly MessageView[], customerReadSeq: number): number | null {
  const read = messages.findLast(
    (message) =>
      message.kind === 'message' &&
      message.author.kind !== 'customer' &&
      message.retractedAt === null &&
      message.seq <= customerReadSeq,
  );
  return read?.seq ?? null;
}

/** How many messages of the customer came after a seq. */
export function newSince(messages: readonly MessageView[], seq: number): number {
  return messages.filter((m) => m.seq > seq && m.kind === 'message' && m.author.kind === 'customer')
    .length;
}
