import { backoff } from '../lib/http.ts';
import {
  caughtUp,
  earlier,
  emptyTimeline,
  hasGap,
  isForeign,
  loaded,
  received,
} from '../sync/timeline.ts';
import type { Core } from './core.ts';
import type { VisitorConversation, VisitorMessage } from './types.ts';

interface Page {
  items: VisitorMessage[];
  hasMore: boolean;
}

export interface Sync {
  /** Loads the newest messages of the conversation. */
  reload: () => Promise<void>;
  /** After a lost line: state of the conversation and whatever was missed. */
  resync: () => Promise<void>;
  loadEarlier: () => Promise<void>;
  receive: (message: VisitorMessage) => void;
  adopt: (conversation: VisitorConversation | null) => void;
}

const messagesPath = (query: string): string => `/api/webchat/messages?limit=100${query}`;

/** One run of `work` at a time; comes back when it failed or `isShort` tells that something is still missing. */
function repeating(work: () => Promise<void>, isShort: () => boolean): () => Promise<void> {
  let running: Promise<void> | null = null;
  let attempt = 0;
  const finish = (again: boolean): void => {
    running = null;
    attempt = again ? attempt + 1 : 0;
    if (again) setTimeout(() => void start(), backoff(attempt - 1));
  };
  function start(): Promise<void> {
    running ??= work().then(
      () => finish(isShort()),
      () => finish(true),
    );
    return running;
  }
  return start;
}

/** Keeps the timeline equal to what the server holds. `onNew` hears each message of the company once. */
export function createSync(core: Core, onNew: (message: VisitorMessage) => void): Sync {
  const { state, outbox, call } = core;
  const confirm = (messages: readonly VisitorMessage[]): void => {
    const keys = new Set(messages.map((message) => message.clientKey));
    // Heard back is as good as acknowledged, also when the answer to the post was lost.
    for (const entry of outbox.list()) if (keys.has(entry.clientKey)) outbox.remove(entry.order);
  };
  const announce = (messages: readonly VisitorMessage[], after: number): void => {
    for (const message of messages) {
      const { seq, kind, author } = message;
      if (seq > after && kind === 'message' && author.kind !== 'customer') onNew(message);
    }
  };

  const reload = async (): Promise<void> => {
    const { items, hasMore } = await call<Page>({ path: messagesPath('') });
    confirm(items);
    state.set({ timeline: loaded(items, hasMore) });
  };
  const fetchAfter = async (): Promise<void> => {
    for (let more = true; more;) {
      const { through } = state.get().timeline;
      const page = await call<Page>({ path: messagesPath(`&after=${through}`) });
      if (page.items.some((message) => isForeign(state.get().timeline, message))) return reload();
      confirm(page.items);
      announce(page.items, state.get().timeline.messages.at(-1)?.seq ?? 0);
      state.set({ timeline: caughtUp(state.get().timeline, page.items) });
      more = page.hasMore && page.items.length > 0;
    }
  };
  const catchUp = repeating(fetchAfter, () => hasGap(state.get().timeline));
  const adopt = (conversation: VisitorConversation | null): void => {
    const before = state.get().conversation;
    if (before && before.id === conversation?.id) {
      // Read marks only move forward; an older state may come late.
      const customerReadSeq = Math.max(before.customerReadSeq, conversation.customerReadSeq);
      const agentReadSeq = Math.max(before.agentReadSeq, conversation.agentReadSeq);
      state.set({ conversation: { ...conversation, customerReadSeq, agentReadSeq } });
      return;
    }
    state.set({ conversation });
    if (!before && !conversation) return;
    state.set({ timeline: emptyTimeline });
    if (conversation) reload().catch(() => void catchUp());
  };

  return {
    reload,
    adopt,
    async resync() {
      const path = '/api/webchat/conversation';
      const { conversation } = await call<{ conversation: VisitorConversation | null }>({ path });
      adopt(conversation);
      if (conversation) await catchUp();
    },
    async loadEarlier() {
      const { timeline } = state.get();
      const first = timeline.messages[0]?.seq;
      if (!timeline.hasEarlier || first === undefined) return;
      const page = await call<Page>({ path: messagesPath(`&before=${first}`) });
      state.set({ timeline: earlier(state.get().timeline, page.items, page.hasMore) });
    },
    receive(message) {
      const { timeline } = state.get();
      if (isForeign(timeline, message)) {
        reload().catch(() => void catchUp());
        return;
      }
      confirm([message]);
      const isKnown = timeline.messages.some(({ id }) => id === message.id);
      if (!isKnown) announce([message], timeline.through);
      state.set({ timeline: received(timeline, message) });
      if (hasGap(state.get().timeline)) void catchUp();
    },
  };
}
