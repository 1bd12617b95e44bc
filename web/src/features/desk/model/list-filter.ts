import type {
  ConversationListView,
  ConversationStatus,
  ConversationSummary,
} from '@yingda/contract';
import type { z } from 'zod';

export type ListView = z.output<typeof ConversationListView>;
export type ListOrder = 'newest' | 'waiting';

/** What a list of the desk shows; equal filters share one cached list. */
export interface ListFilter {
  view: ListView;
  order: ListOrder;
  teamId?: string;
  tag?: string;
  customerId?: string;
}

/** The reader, and the teams whose conversations this person may read. */
export interface Reader {
  id: string;
  teamIds: 'all' | readonly string[];
}

export const listViews: readonly ListView[] = [
  'mine',
  'queue',
  'team',
  'snoozed',
  'resolved',
  'mentions',
  'all',
];

const isOpen = (status: ConversationStatus): boolean => status === 'open' || status === 'waiting';

type Rule = (conversation: ConversationSummary, reader: Reader) => boolean | null;

const mayRead = (c: ConversationSummary, { teamIds }: Reader): boolean =>
  teamIds === 'all' || teamIds.includes(c.teamId);

/**
 * The same rules as the server's lists. Own work is mine whatever team it is of; everything else is of teams I may
 * read. Who was mentioned only the server knows: null.
 */
const rules: Record<ListView, Rule> = {
  mine: (c, reader) => c.assigneeId === reader.id && isOpen(c.status),
  queue: (c, reader) => c.assigneeId === null && isOpen(c.status) && mayRead(c, reader),
  team: (c, reader) => isOpen(c.status) && mayRead(c, reader),
  snoozed: (c, reader) => c.status === 'snoozed' && mayRead(c, reader),
  resolved: (c, reader) => c.status === 'resolved' && mayRead(c, reader),
  mentions: (c, reader) => (mayRead(c, reader) ? null : false),
  all: mayRead,
};

/**
 * Whether a conversation belongs to a list: true or false, or null when only the server knows
 * (then one already listed stays, and none is added).
 */
export function belongs(
  conversation: ConversationSummary,
  filter: ListFilter,
  reader: Reader,
): boolean | null {
  if (filter.teamId && conversation.teamId !== filter.teamId) return false;
  if (filter.customerId && conversation.customer.id !== filter.customerId) return false;
  if (filter.tag && !conversation.tags.includes(filter.tag)) return false;
  return rules[filter.view](conversation, reader);
}

/** Place of a conversation in its list; smaller comes first. */
export interface SortKey {
  at: string;
  id: string;
}

/** ISO strings of the server compare as text: all are UTC with milliseconds. */
export function sortKey(conversation: ConversationSummary, order: ListOrder): SortKey {
  const at =
    order === 'waiting'
      ? (conversation.waitingSince ?? conversation.lastMessageAt)
      : conversation.lastMessageAt;
  return { at, id: conversation.id };
}

/** Negative when `a` stands before `b`. Newest first, or longest waiting first. */
export function compareKeys(a: SortKey, b: SortKey, order: ListOrder): number {
  const direction = order === 'newest' ? -1 : 1;
  if (a.at !== b.at) return a.at < b.at ? -direction : direction;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -direction : direction;
}
