import type {
  ConversationSummary,
  ConversationView,
  LiveEvent,
  LiveEventOf,
  MessageView,
} from '@yingda/contract';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { belongs, type ListFilter, listViews, type Reader } from '../model/list-filter.ts';
import { applySummary, type ListData, rowsOf } from '../model/list-pages.ts';
import { type MessageWindow, withChanged, withPosted } from '../model/message-window.ts';
import { createEventLog } from './event-log.ts';
import { deskKeys } from './keys.ts';

export interface DeskCacheTools {
  client: QueryClient;
  reader(): Reader;
  /** Fetches the summary of a conversation the desk heard of but does not know. */
  fetchSummary(id: string): Promise<ConversationSummary>;
  /** Fetches the messages a window missed. */
  catchUp(conversationId: string): void;
  /** The figures beside the views may have changed. */
  countsChanged(): void;
}

export interface DeskCache {
  /** Brings every list, conversation and window up to date with what happened. */
  apply(event: LiveEvent): void;
  /** A conversation as an action of our own answered it. */
  put(summary: ConversationSummary): void;
  /** A message as sending or retracting it answered. */
  putMessage(message: MessageView): void;
  /** The newest that is known of a conversation, from wherever it came. */
  known(id: string): ConversationSummary | undefined;
  /** Starts watching fetches; returns the end. */
  watch(): () => void;
}

/** A summary, and the newest version of it that came whole: messages bring only some fields. */
interface Remembered {
  summary: ConversationSummary;
  wholeVersion: number;
}
type Known = Map<string, Remembered>;
const keptSummaries = 3000;
/** More strangers than this at once: asking for the lists again is cheaper. */
const mostStrangers = 8;

function sameMembership(a: ConversationSummary, b: ConversationSummary, reader: Reader): boolean {
  return listViews.every(
    (view) =>
      belongs(a, { view, order: 'newest' }, reader) === belongs(b, { view, order: 'newest' }, reader),
  );
}

/** Whether the figures beside the views may differ after a change. */
function countsDiffer(
  old: ConversationSummary | undefined,
  next: ConversationSummary,
  reader: Reader,
): boolean {
  if (!old || !sameMembership(old, next, reader)) return true;
  return next.assigneeId === reader.id && old.unread > 0 !== next.unread > 0;
}

/** The full view of a conversation with the fields of a newer summary; the customer keeps what only the view has. */
export function mergeView(view: ConversationView, next: ConversationSummary): ConversationView {
  if (view.version > next.version) return view;
  return { ...view, ...next, customer: { ...view.customer, ...next.customer } };
}

/**
 * A whole summary that arrives after a newer message: what the message changed stays, the rest is news.
 * (The server reads the whole after the commit, while a message carries its fields with it.)
 */
export function overtaken(
  whole: ConversationSummary,
  newer: ConversationSummary,
): ConversationSummary {
  const { status, preview, lastMessageAt, lastSeq, unread, waitingSince, version } = newer;
  const { snoozedUntil, resolvedAt, agentReadSeq, customerReadSeq } = newer;
  const fields = { status, preview, lastMessageAt, lastSeq, unread, waitingSince, version };
  return { ...whole, ...fields, snoozedUntil, resolvedAt, agentReadSeq, customerReadSeq };
}

/** A summary taken out of a full view. */
export function summaryOf(view: ConversationView): ConversationSummary {
  const { draft: _draft, page: _page, customer, ...rest } = view;
  const { id, name, tier, verified } = customer;
  return { ...rest, customer: { id, name, tier, verified } };
}

/** Who writes has read: what a message changes besides the fields sent with it. */
function readBy({ kind, author, seq }: MessageView): Partial<ConversationSummary> {
  if (author.kind === 'customer') return { customerReadSeq: seq };
  return kind === 'message' && author.kind === 'agent' ? { agentReadSeq: seq } : {};
}

const filterOf = (key: QueryKey): ListFilter => key[2] as ListFilter;
const isListKey = (key: QueryKey): boolean => key[0] === 'desk' && key[1] === 'list';

/** Keeps the caches of the desk equal to what a refetch would bring, from live events alone. */
export function createDeskCache(tools: DeskCacheTools): DeskCache {
  const { client } = tools;
  const log = createEventLog();
  const known: Known = new Map();
  /** Strangers asked for, with the newest version heard of. */
  const asked = new Map<string, number>();

  /** Keeps a whole summary; what is to be shown of it, or null when it is old news. */
  const remember = (whole: ConversationSummary): ConversationSummary | null => {
    const old = known.get(whole.id);
    if (old && old.wholeVersion > whole.version) return null;
    const isOvertaken = old !== undefined && old.summary.version > whole.version;
    const summary = isOvertaken ? overtaken(whole, old.summary) : whole;
    keep(summary, whole.version);
    return summary;
  };
  const keep = (summary: ConversationSummary, wholeVersion: number): void => {
    known.delete(summary.id);
    known.set(summary.id, { summary, wholeVersion });
    const [oldest] = known.size > keptSummaries ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  };

  const putInLists = (next: ConversationSummary): void => {
    const reader = tools.reader();
    for (const [key, data] of client.getQueriesData<ListData>({ queryKey: deskKeys.lists })) {
      if (data) client.setQueryData(key, applySummary(data, next, { filter: filterOf(key), reader }));
    }
  };

  const show = (old: ConversationSummary | undefined, next: ConversationSummary): void => {
    putInLists(next);
    client.setQueryData<ConversationView>(deskKeys.conversation(next.id), (view) =>
      view ? mergeView(view, next) : view,
    );
    if (countsDiffer(old, next, tools.reader())) tools.countsChanged();
  };
  const put = (whole: ConversationSummary): void => {
    const old = known.get(whole.id)?.summary;
    const next = remember(whole);
    if (next) show(old, next);
  };

  /** A change of a conversation nobody here knows: it may belong into a list, so ask what it is. */
  const meet = (id: string, version: number): void => {
    const known = asked.get(id);
    if (known === undefined && asked.size >= mostStrangers) {
      void client.invalidateQueries({ queryKey: deskKeys.lists });
      return;
    }
    asked.set(id, Math.max(known ?? 0, version));
    if (known === undefined) void ask(id);
  };
  const ask = async (id: string): Promise<void> => {
    try {
      const found = await tools.fetchSummary(id);
      put(found);
      // The answer may be older than a change heard of while it was on its way.
      if (found.version < (asked.get(id) ?? 0)) put(await tools.fetchSummary(id));
    } catch {
      // Not mine to see, or unreachable: the next fetch of the list decides.
    } finally {
      asked.delete(id);
    }
  };

  const patch = (id: string, fields: Partial<ConversationSummary> & { version: number }): void => {
    const old = known.get(id);
    if (!old) meet(id, fields.version);
    else if (old.summary.version <= fields.version) {
      const next = { ...old.summary, ...fields };
      keep(next, old.wholeVersion);
      show(old.summary, next);
    }
  };

  const putMessage = (message: MessageView): void => {
    const key = deskKeys.window(message.conversationId);
    const window = client.getQueryData<MessageWindow>(key);
    if (!window) return;
    const result = withPosted(window, message);
    client.setQueryData(key, result.window);
    if (result.missed) tools.catchUp(message.conversationId);
  };

  const changeMessage = (message: MessageView): void => {
    client.setQueryData<MessageWindow>(deskKeys.window(message.conversationId), (window) =>
      window ? withChanged(window, message) : window,
    );
  };

  /** The last words of a conversation are gone from its row too when they were taken back. */
  const previewWithout = (message: MessageView): Partial<ConversationSummary> => {
    const last = known.get(message.conversationId)?.summary.lastSeq;
    return message.retractedAt && message.kind === 'message' && message.seq === last
      ? { preview: '' }
      : {};
  };

  const read = (event: LiveEventOf<'conversation.read'>): void => {
    const { conversationId, agentReadSeq, customerReadSeq, unread, version } = event;
    patch(conversationId, { agentReadSeq, customerReadSeq, unread, version });
  };

  const bring = (event: LiveEvent): void => {
    if (event.type === 'conversation.changed') put(event.conversation);
    else if (event.type === 'conversation.read') read(event);
    else if (event.type === 'message.changed') {
      changeMessage(event.message);
      patch(event.conversationId, { version: event.version, ...previewWithout(event.message) });
    } else if (event.type === 'message.posted') {
      putMessage(event.message);
      patch(event.conversationId, { ...event.patch, ...readBy(event.message) });
    }
  };

  const fetched = (key: QueryKey, mark: number): void => {
    const data = client.getQueryData(key);
    const rows = isListKey(key) ? rowsOf(data as ListData) : [];
    if (key[1] === 'conversation') remember(summaryOf(data as ConversationView));
    rows.forEach(remember);
    const missed = log.since(mark);
    if (missed === null) void client.invalidateQueries({ queryKey: key });
    else missed.forEach(bring);
    // What an action or another answer taught since the question was asked is newer than the answer too.
    for (const row of rows) {
      const newest = known.get(row.id)?.summary;
      if (newest && newest.version > row.version) putInLists(newest);
    }
  };

  return {
    apply(event) {
      log.push(event);
      bring(event);
    },
    put,
    putMessage(message) {
      if (message.retractedAt) changeMessage(message);
      else putMessage(message);
    },
    known: (id) => known.get(id)?.summary,
    watch() {
      const marks = new Map<string, number>();
      return client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.query.queryKey[0] !== 'desk') return;
        const { queryHash, queryKey } = event.query;
        if (event.action.type === 'fetch') marks.set(queryHash, log.mark());
        if (event.action.type !== 'success' || event.action.manual) return;
        fetched(queryKey, marks.get(queryHash) ?? log.mark());
      });
    },
  };
}
