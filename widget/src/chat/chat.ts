import { openBlobs } from '../lib/blobs.ts';
import { backoff, CallProblem } from '../lib/http.ts';
import { openMemory } from '../lib/storage.ts';
import { createStore } from '../lib/store.ts';
import type { Store } from '../lib/store.ts';
import { unreadAfter } from '../sync/timeline.ts';
import { callAs, storedOutbox } from './core.ts';
import type { Core } from './core.ts';
import { createDelivery } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { createRequests } from './requests.ts';
import type { Requests } from './requests.ts';
import { createLine } from './line.ts';
import type { Line } from './line.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';
import { initialState } from './state.ts';
import type { ChatState } from './state.ts';
import { createSync } from './sync.ts';
import type { Sync } from './sync.ts';
import type { FieldValues, Identity, LiveEvent, Locale, VisitorMessage } from './types.ts';
import { createTyping } from './typing.ts';
import type { Typing } from './typing.ts';

export interface ChatOptions {
  widgetKey: string;
  base: string;
  locale: Locale;
  /** Hears each new message of the company once. */
  onMessage: (message: VisitorMessage) => void;
}

export interface Chat extends Requests, Omit<Delivery, 'kick'> {
  readonly state: Store<ChatState>;
  /** Loads the look; resumes the visit when this browser has one. */
  start: () => void;
  setOpen: (open: boolean) => void;
  identify: (identity: Identity) => Promise<void>;
  logout: () => void;
  /** The visitor is writing; call on every key. */
  typing: () => void;
  answerForm: (fields: FieldValues) => void;
  loadEarlier: () => Promise<void>;
  /** What is written and not sent; outlives the page. */
  draft: { get: () => string; set: (text: string) => void };
}

const pollMs = 6_000;

function createCore({ widgetKey, base, locale }: ChatOptions): Core {
  const memory = openMemory(`yingda.${widgetKey}.`);
  const state = createStore<ChatState>({ ...initialState });
  const showPending = (): void => state.set({ pending: core.outbox.list() });
  const core: Core = {
    widgetKey,
    base,
    locale,
    state,
    memory,
    blobs: openBlobs(`yingda.${widgetKey}`),
    outbox: storedOutbox(memory, showPending),
    call: callAs(base, memory),
  };
  const fields = memory.get('fields');
  state.set({
    pending: core.outbox.list(),
    fields: fields === null ? null : (JSON.parse(fields) as FieldValues),
    emailKnown: memory.get('email') !== null,
  });
  return core;
}

interface Parts {
  core: Core;
  session: Session;
  sync: Sync;
  delivery: Delivery;
  requests: Requests;
  line: Line;
}

/** Builds the parts of the chat and joins them. */
function assemble(core: Core, onMessage: ChatOptions['onMessage']): Parts & { typing: Typing } {
  const { state, memory } = core;
  const sync = createSync(core, (message) => {
    state.set({ agentTyping: null });
    onMessage(message);
  });
  const session = createSession(core, async () => {
    if (state.get().conversation) await sync.reload();
    line.connect();
  });
  const delivery = createDelivery(core, session, sync);
  const typing = createTyping(state, (on) => line.send({ t: 'typing', on }));
  const hear = (event: LiveEvent): void => {
    if (event.type === 'visitor.message' || event.type === 'visitor.message_changed') {
      sync.receive(event.message);
    } else if (event.type === 'visitor.conversation') sync.adopt(event.conversation);
    else if (event.type === 'visitor.typing') typing.heard(event.on ? event.agentName : null);
  };
  const line = createLine(core, {
    hear,
    up(complete) {
      delivery.kick();
      if (!complete) void quietly(sync.resync());
    },
    refused() {
      memory.set('token', null);
      openVisit(core, session);
    },
  });
  const requests = createRequests(core, session, sync);
  return { core, session, sync, delivery, typing, line, requests };
}

/** Failures of what repeats itself anyway. */
async function quietly(work: Promise<void>): Promise<void> {
  await work.catch(() => undefined);
}

function openVisit(core: Core, session: Session, attempt = 0): void {
  session.open().catch(() => {
    const { ready, problem } = core.state.get();
    if (ready || problem) return;
    setTimeout(() => openVisit(core, session, attempt + 1), backoff(attempt));
  });
}

function loadConfig(session: Session, attempt = 0): void {
  session.loadConfig().catch((error: unknown) => {
    if (!(error instanceof CallProblem) || !error.passing) return;
    setTimeout(() => loadConfig(session, attempt + 1), backoff(attempt));
  });
}

/** Another tab became somebody else, or signed out: this one follows, so that both hear the same visitor. */
function followToken({ core, session, line }: Parts): void {
  line.disconnect();
  if (core.memory.get('token') === null) session.forget();
  else if (core.state.get().ready) openVisit(core, session);
}

/** The page comes back to sight, the network comes back, or never lets the live line through. */
function watchSurroundings(parts: Parts): void {
  const { core, sync, delivery, line, requests } = parts;
  const { state, memory } = core;
  const wake = (): void => {
    line.wake();
    if (memory.get('token')) delivery.kick();
  };
  addEventListener('online', wake);
  addEventListener('focus', requests.markRead);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wake();
    requests.markRead();
  });
  state.watch(requests.markRead);
  memory.onForeignChange((name) => {
    if (name.startsWith('out.')) state.set({ pending: core.outbox.list() });
    else if (name === 'token') followToken(parts);
  });
  setInterval(() => {
    const { link, ready, open, conversation } = state.get();
    const isWatched = open || (conversation !== null && conversation.status !== 'resolved');
    if (ready && link === 'down' && isWatched && !document.hidden) void quietly(sync.resync());
  }, pollMs);
}

/** The whole chat without its look. */
export function createChat(options: ChatOptions): Chat {
  const core = createCore(options);
  const { state, memory } = core;
  const parts = assemble(core, options.onMessage);
  const { session, sync, delivery, typing, line, requests } = parts;
  const { sendText, sendFile, retry, discard } = delivery;
  return {
    ...requests,
    state,
    sendText,
    sendFile,
    retry,
    discard,
    start() {
      watchSurroundings(parts);
      if (memory.get('token')) openVisit(core, session);
      else loadConfig(session);
      if (state.get().pending.length > 0) delivery.kick();
    },
    setOpen(isOpen) {
      state.set({ open: isOpen });
      if (isOpen && !state.get().ready) openVisit(core, session);
      // Opening hours may have begun or ended meanwhile; the browser answers for a minute by itself.
      else if (isOpen) void quietly(session.loadConfig());
    },
    async identify(identity) {
      // The visit may move to another visitor, whom the old line does not hear.
      line.disconnect();
      try {
        await session.identify(identity);
      } finally {
        if (memory.get('token')) line.connect();
      }
    },
    logout() {
      line.disconnect();
      session.forget();
      state.set({ open: false });
      loadConfig(session);
    },
    typing: typing.wrote,
    answerForm(fields) {
      memory.set('fields', JSON.stringify(fields));
      if (fields.email) {
        memory.set('email', '1');
        state.set({ emailKnown: true });
      }
      state.set({ fields });
    },
    loadEarlier: sync.loadEarlier,
    draft: {
      get: () => memory.get('draft') ?? '',
      set: (text) => memory.set('draft', text === '' ? null : text),
    },
  };
}

/** Messages of the company the visitor has not read. */
export function unreadOf({ timeline, conversation }: ChatState): VisitorMessage[] {
  return conversation ? unreadAfter(timeline, conversation.customerReadSeq) : [];
}
