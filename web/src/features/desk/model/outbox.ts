import type { FileView, PartInput } from '@yingda/contract';

/** One message on its way. `clientKey` makes sending it again harmless. */
export interface Outgoing {
  clientKey: string;
  conversationId: string;
  kind: 'message' | 'note';
  text: string;
  files: FileView[];
  mentions: string[];
  createdAt: string;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it failed, when the server said no. */
  code: string | null;
}

export type NewOutgoing = Pick<Outgoing, 'conversationId' | 'kind' | 'text' | 'files' | 'mentions'>;

/** What became of one attempt: stored, refused for good, or to be tried again (offline, server busy). */
export type Attempt = { done: true } | { refused: string } | { again: true };

export interface OutboxTools {
  send(item: Outgoing): Promise<Attempt>;
  /** Keeps the queue over a reload. */
  load(): Outgoing[];
  save(items: Outgoing[]): void;
  newKey(): string;
  now(): Date;
  /** Runs `work` after some milliseconds; returns how to call it off. */
  later(work: () => void, ms: number): () => void;
}

export interface Outbox {
  /** Queues a message and returns its client key. */
  add(item: NewOutgoing): string;
  /** Tries a refused message again. */
  retry(clientKey: string): void;
  /** Takes a message out that is not being sent at this moment; the item, or null when it is too late. */
  discard(clientKey: string): Outgoing | null;
  /** Tries everything now: the connection is back. */
  wake(): void;
  items(): readonly Outgoing[];
  subscribe(listener: () => void): () => void;
}

export function partsOf(item: Pick<Outgoing, 'text' | 'files'>): PartInput[] {
  const text: PartInput[] = item.text.trim() === '' ? [] : [{ type: 'text', text: item.text }];
  return [...text, ...item.files.map((file) => ({ type: 'file' as const, fileId: file.id }))];
}

const firstWaitMs = 1000;
const longestWaitMs = 15_000;

/** What was being sent when the page was closed is sent again: its key makes that harmless. */
function interrupted(items: readonly Outgoing[]): readonly Outgoing[] {
  return items.map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item));
}

/**
 * The queue of messages to send: in order within a conversation, one at a time, kept until the server has stored
 * them. A refused message stands aside so that the next ones are not held up.
 */
export function createOutbox(tools: OutboxTools): Outbox {
  let queue = interrupted(tools.load());
  const listeners = new Set<() => void>();
  const waits = new Map<string, { attempts: number; cancel: () => void }>();

  const set = (next: readonly Outgoing[]): void => {
    queue = next;
    tools.save([...next]);
    for (const listener of listeners) listener();
  };
  const change = (clientKey: string, fields: Partial<Outgoing>): void =>
    set(queue.map((item) => (item.clientKey === clientKey ? { ...item, ...fields } : item)));
  const remove = (clientKey: string): void =>
    set(queue.filter((item) => item.clientKey !== clientKey));

  const postpone = (conversationId: string): void => {
    const attempts = (waits.get(conversationId)?.attempts ?? 0) + 1;
    const ms = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
    const retryNow = (): void => {
      const wait = waits.get(conversationId);
      if (wait) waits.set(conversationId, { ...wait, cancel: () => undefined });
      next(conversationId, true);
    };
    waits.set(conversationId, { attempts, cancel: tools.later(retryNow, ms) });
  };

  const settle = (item: Outgoing, attempt: Attempt): void => {
    if ('again' in attempt) {
      change(item.clientKey, { state: 'waiting' });
      postpone(item.conversationId);
      return;
    }
    waits.delete(item.conversationId);
    if ('done' in attempt) remove(item.clientKey);
    else change(item.clientKey, { state: 'failed', code: attempt.refused });
    next(item.conversationId, false);
  };

  const next = (conversationId: string, waited: boolean): void => {
    const own = queue.filter((item) => item.conversationId === conversationId);
    if (own.some((item) => item.state === 'sending')) return;
    if (waits.has(conversationId) && !waited) return;
    const item = own.find((candidate) => candidate.state === 'waiting');
    if (!item) return;
    change(item.clientKey, { state: 'sending', code: null });
    void tools.send(item).then(
      (attempt) => settle(item, attempt),
      () => settle(item, { again: true }),
    );
  };

  const wake = (): void => {
    for (const wait of waits.values()) wait.cancel();
    waits.clear();
    for (const id of new Set(queue.map((item) => item.conversationId))) next(id, false);
  };

  if (queue.length > 0) tools.later(wake, 0);
  return {
    add(input) {
      const clientKey = tools.newKey();
      const createdAt = tools.now().toISOString();
      set([...queue, { ...input, clientKey, createdAt, state: 'waiting', code: null }]);
      next(input.conversationId, false);
      return clientKey;
    },
    retry(clientKey) {
      const item = queue.find((candidate) => candidate.clientKey === clientKey);
      if (item?.state !== 'failed') return;
      change(clientKey, { state: 'waiting', code: null });
      next(item.conversationId, false);
    },
    discard(clientKey) {
      const item = queue.find((candidate) => candidate.clientKey === clientKey);
      if (!item || item.state === 'sending') return null;
      remove(clientKey);
      return item;
    },
    wake,
    items: () => queue,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
