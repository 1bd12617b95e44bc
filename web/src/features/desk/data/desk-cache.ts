import type {
  ConversationSummary,
  ConversationView,
  LiveEvent,
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
      belongs(a, { view, order: 'newest' }, reader) ===
      belongs(b, { view, order: 'newest' }, reader),
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

/** The caches of the desk; see `createDeskCache`. */
class Caches {
  readonly #tools: DeskCacheTools;
  readonly #log = createEventLog();
  readonly #known: Known = new Map();
  /** Strangers asked for, with the newest version heard of. */
  readonly #asked = new Map<string, number>();

  constructor(tools: DeskCacheTools) {
    this.#tools = tools;
  }

  known(id: string): ConversationSummary | undefined {
    return this.#known.get(id)?.summary;
  }

  /** Keeps a whole summary; what is to be shown of it, or null when it is old news. */
  #remember(whole: ConversationSummary): ConversationSummary | null {
    const old = this.#known.get(whole.id);
    if (old && old.wholeVersion > whole.version) return null;
    const isOvertaken = old !== undefined && old.summary.version > whole.version;
    const summary = isOvertaken ? overtaken(whole, old.summary) : whole;
    this.#keep(summary, whole.version);
    return summary;
  }

  #keep(summary: ConversationSummary, wholeVersion: number): void {
    this.#known.delete(summary.id);
    this.#known.set(summary.id, { summary, wholeVersion });
    const [oldest] = this.#known.size > keptSummaries ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  #putInLists(next: ConversationSummary): void {
    const { client } = this.#tools;
    const reader = this.#tools.reader();
    for (const [key, data] of client.getQueriesData<ListData>({ queryKey: deskKeys.lists })) {
      if (data)
        client.setQueryData(key, applySummary(data, next, { filter: filterOf(key), reader }));
    }
  }

  #show(old: ConversationSummary | undefined, next: ConversationSummary): void {
    this.#putInLists(next);
    this.#tools.client.setQueryData<ConversationView>(deskKeys.conversation(next.id), (view) =>
      view ? mergeView(view, next) : view,
    );
    if (countsDiffer(old, next, this.#tools.reader())) this.#tools.countsChanged();
  }

  put(whole: ConversationSummary): void {
    const old = this.known(whole.id);
    const next = this.#remember(whole);
    if (next) this.#show(old, next);
  }

  /** A change of a conversation nobody here knows: it may belong into a list, so ask what it is. */
  #meet(id: string, version: number): void {
    const heard = this.#asked.get(id);
    if (heard === undefined && this.#asked.size >= mostStrangers) {
      void this.#tools.client.invalidateQueries({ queryKey: deskKeys.lists });
      return;
    }
    this.#asked.set(id, Math.max(heard ?? 0, version));
    if (heard === undefined) void this.#ask(id);
  }

  async #ask(id: string): Promise<void> {
    try {
      const found = await this.#tools.fetchSummary(id);
      this.put(found);
      // The answer may be older than a change heard of while it was on its way.
      if (found.version < (this.#asked.get(id) ?? 0)) this.put(await this.#tools.fetchSummary(id));
    } catch {
      // Not mine to see, or unreachable: the next fetch of the list decides.
    } finally {
      this.#asked.delete(id);
    }
  }

  #patch(id: string, fields: Partial<ConversationSummary> & { version: number }): void {
    const old = this.#known.get(id);
    if (!old) this.#meet(id, fields.version);
    else if (old.summary.version <= fields.version) {
      const next = { ...old.summary, ...fields };
      this.#keep(next, old.wholeVersion);
      this.#show(old.summary, next);
    }
  }

  putMessage(message: MessageView): void {
    if (message.retractedAt) this.#changeMessage(message);
    else this.#addMessage(message);
  }

  #addMessage(message: MessageView): void {
    const key = deskKeys.window(message.conversationId);
    const window = this.#tools.client.getQueryData<MessageWindow>(key);
    if (!window) return;
    const result = withPosted(window, message);
    this.#tools.client.setQueryData(key, result.window);
    if (result.missed) this.#tools.catchUp(message.conversationId);
  }

  #changeMessage(message: MessageView): void {
    const key = deskKeys.window(message.conversationId);
    this.#tools.client.setQueryData<MessageWindow>(key, (window) =>
      window ? withChanged(window, message) : window,
    );
  }

  /** The last words of a conversation are gone from its row too when they were taken back. */
  #previewWithout(message: MessageView): Partial<ConversationSummary> {
    const isLast = message.seq === this.known(message.conversationId)?.lastSeq;
    return message.retractedAt && message.kind === 'message' && isLast ? { preview: '' } : {};
  }

  #bring(event: LiveEvent): void {
    switch (event.type) {
      case 'conversation.changed':
        return this.put(event.conversation);
      case 'conversation.read': {
        const { conversationId, agentReadSeq, customerReadSeq, unread, version } = event;
        return this.#patch(conversationId, { agentReadSeq, customerReadSeq, unread, version });
      }
      case 'message.changed': {
        const { conversationId, message, version } = event;
        this.#changeMessage(message);
        return this.#patch(conversationId, { version, ...this.#previewWithout(message) });
      }
      case 'message.posted':
        this.#addMessage(event.message);
        return this.#patch(event.conversationId, { ...event.patch, ...readBy(event.message) });
      default:
    }
  }

  apply(event: LiveEvent): void {
    this.#log.push(event);
    this.#bring(event);
  }

  #fetched(key: QueryKey, mark: number): void {
    const { client } = this.#tools;
    const data = client.getQueryData(key);
    const rows = isListKey(key) ? rowsOf(data as ListData) : [];
    if (key[1] === 'conversation') this.#remember(summaryOf(data as ConversationView));
    for (const row of rows) this.#remember(row);
    const missed = this.#log.since(mark);
    if (missed === null) void client.invalidateQueries({ queryKey: key });
    else for (const event of missed) this.#bring(event);
    // What an action or another answer taught since the question was asked is newer than the answer too.
    for (const row of rows) {
      const newest = this.known(row.id);
      if (newest && newest.version > row.version) this.#putInLists(newest);
    }
  }

  watch(): () => void {
    const marks = new Map<string, number>();
    return this.#tools.client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.query.queryKey[0] !== 'desk') return;
      const { queryHash, queryKey } = event.query;
      if (event.action.type === 'fetch') marks.set(queryHash, this.#log.mark());
      if (event.action.type !== 'success' || event.action.manual) return;
      this.#fetched(queryKey, marks.get(queryHash) ?? this.#log.mark());
    });
  }
}

/** Keeps the caches of the desk equal to what a refetch would bring, from live events alone. */
export function createDeskCache(tools: DeskCacheTools): DeskCache {
  const caches = new Caches(tools);
  return {
    apply: (event) => caches.apply(event),
    put: (whole) => caches.put(whole),
    putMessage: (message) => caches.putMessage(message),
    known: (id) => caches.known(id),
    watch: () => caches.watch(),
  };
}
