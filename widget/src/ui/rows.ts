import type { MessagePart, VisitorMessage } from '../chat/types.ts';
import type { Entry } from '../sync/outbox.ts';

type EventPart = Extract<MessagePart, { type: 'event' }>;

export interface BubbleRow {
  kind: 'bubble';
  /** The same before and after the server confirmed it, so that nothing flickers. */
  key: string;
  own: boolean;
  authorName: string;
  at: string;
  /** First and last of a run by one author. */
  first: boolean;
  last: boolean;
  message: VisitorMessage | null;
  entry: Entry | null;
}
export type Row =
  | BubbleRow
  | { kind: 'day'; key: string; at: string }
  | { kind: 'event'; key: string; event: EventPart['event']; name: string };

/** A pause that begins a new run. */
const pauseMs = 5 * 60_000;

const shownEvents = new Set<string>([
  'assigned',
  'transferred',
  'resolved',
  'reopened',
  'customer_left',
]);

function eventRow(message: VisitorMessage): Row | null {
  const part = message.parts[0];
  if (part?.type !== 'event' || !shownEvents.has(part.event)) return null;
  const name = part.data.agentName ?? part.data.name;
  return {
    kind: 'event',
    key: message.id,
    // To who left, leaving is the end.
    event: part.event === 'customer_left' ? 'resolved' : part.event,
    name: typeof name === 'string' ? name : '',
  };
}

const alone = { kind: 'bubble', first: true, last: true } as const;

function confirmedRow(message: VisitorMessage): BubbleRow {
  return {
    ...alone,
    key: message.clientKey ?? message.id,
    own: message.author.kind === 'customer',
    authorName: message.author.name,
    at: message.createdAt,
    message,
    entry: null,
  };
}

function waitingRow(entry: Entry): BubbleRow {
  const at = new Date(entry.at).toISOString();
  return { ...alone, key: entry.clientKey, own: true, authorName: '', at, message: null, entry };
}

const sameRun = (a: Row | undefined, b: BubbleRow): boolean =>
  a?.kind === 'bubble' &&
  a.own === b.own &&
  (a.own || a.authorName === b.authorName) &&
  Date.parse(b.at) - Date.parse(a.at) < pauseMs;

const dayOf = (at: string): string => new Date(at).toDateString();

/** What the list of messages shows, in order: confirmed messages, then what waits to be sent. */
export function rowsOf(messages: readonly VisitorMessage[], pending: readonly Entry[]): Row[] {
  const confirmed = new Set(messages.map((message) => message.clientKey));
  const rows: Row[] = [];
  let day = '';
  const push = (row: Row, at: string): void => {
    if (dayOf(at) !== day) rows.push({ kind: 'day', key: `day-${at}`, at });
    day = dayOf(at);
    const before = rows.at(-1);
    if (row.kind === 'event' && before?.kind === 'event' && before.event === row.event) return;
    if (row.kind === 'bubble' && before?.kind === 'bubble' && sameRun(before, row)) {
      rows[rows.length - 1] = { ...before, last: false };
      rows.push({ ...row, first: false });
    } else rows.push(row);
  };
  for (const message of messages) {
    const row = message.kind === 'event' ? eventRow(message) : confirmedRow(message);
    if (row) push(row, message.createdAt);
  }
  for (const entry of pending) {
    if (!confirmed.has(entry.clientKey)) push(waitingRow(entry), new Date(entry.at).toISOString());
  }
  return rows;
}
