import type { ClientFrame, LiveEvent, LiveEventOf, ServerFrame } from '@yingda/contract';

export type LiveState = 'stopped' | 'connecting' | 'open' | 'reconnecting';
type Hear<T extends LiveEvent['type']> = (event: LiveEventOf<T>) => void;

/** The part of the browser's WebSocket that is used, so that tests can bring their own. */
export interface Socket {
  readyState: number;
  send(data: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

export interface LiveOptions {
  connect: () => Socket;
  /** First wait before connecting again; doubles up to `maxWaitMs`, each time with jitter. */
  minWaitMs?: number;
  maxWaitMs?: number;
  /** A ping goes out this often; silence for two and a half times as long counts as a lost line. */
  pingMs?: number;
  random?: () => number;
}

export interface Live {
  start(): void;
  stop(): void;
  /** Calls `hear` for every event of the type until the returned function is called. */
  onEvent<T extends LiveEvent['type']>(type: T, hear: Hear<T>): () => void;
  /** Calls `hear` when events may have been missed: refetch what is shown. */
  onGap(hear: () => void): () => void;
  /** Calls `hear` when the server refuses the connection (`rooms` undefined) or rooms. */
  onRefused(hear: (code: string, rooms: string[] | undefined) => void): () => void;
  /** Joins rooms; counted, so that two parts of a page may ask for the same. Returns the leaving. */
  join(rooms: readonly string[]): () => void;
  typing(conversationId: string, on: boolean): void;
  /** The conversation I have open, told again after every reconnect. */
  viewing(conversationId: string | null): void;
  state(): LiveState;
  subscribe(hear: () => void): () => void;
  /** Connects at once when waiting to: the network came back, the tab was woken. */
  nudge(): void;
}

const OPEN = 1;

/** A connection that heals itself: resumes where it stopped, or says that something was missed. */
export function createLive(options: LiveOptions): Live {
  const { connect, minWaitMs = 500, maxWaitMs = 30_000, pingMs = 25_000 } = options;
  const random = options.random ?? Math.random;
  const listeners = new Map<string, Set<(event: LiveEvent) => void>>();
  const gaps = new Set<() => void>();
  const refusals = new Set<(code: string, rooms: string[] | undefined) => void>();
  const watchers = new Set<() => void>();
  const rooms = new Map<string, number>();
  let state: LiveState = 'stopped';
  let socket: Socket | null = null;
  let position: { epoch: string; seq: number } | null = null;
  let attempts = 0;
  let heardAt = 0;
  let open: string | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pinger: ReturnType<typeof setInterval> | undefined;

  const setState = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    for (const hear of watchers) hear();
  };
  const send = (frame: ClientFrame): void => {
    if (socket?.readyState === OPEN) socket.send(JSON.stringify(frame));
  };
  const sendIfWelcome = (frame: ClientFrame): void => {
    if (state === 'open') send(frame);
  };
  const hello = (): void =>
    send({ t: 'hello', rooms: [...rooms.keys()], ...(position ? { resume: position } : {}) });

  const welcomed = (frame: Extract<ServerFrame, { t: 'welcome' }>): void => {
    const missed = position !== null && !frame.resumed;
    // After a resume the missed events still follow, so the old position stands until they did.
    if (!position || missed) position = { epoch: frame.epoch, seq: frame.seq };
    attempts = 0;
    setState('open');
    if (open) send({ t: 'viewing', conversationId: open });
    if (missed) for (const hear of gaps) hear();
  };
  const happened = (frame: Extract<ServerFrame, { t: 'event' }>): void => {
    // What was sent again while resuming is old news.
    if (position && frame.seq <= position.seq) return;
    if (position) position = { ...position, seq: frame.seq };
    for (const hear of listeners.get(frame.event.type) ?? []) hear(frame.event);
  };
  const received = (frame: ServerFrame): void => {
    if (frame.t === 'welcome') welcomed(frame);
    else if (frame.t === 'event') happened(frame);
    else if (frame.t === 'gap') {
      position = { epoch: frame.epoch, seq: frame.seq };
      for (const hear of gaps) hear();
    } else if (frame.t === 'refused') {
      for (const hear of refusals) hear(frame.code, frame.rooms);
    }
  };

  const drop = (): void => {
    clearInterval(pinger);
    if (!socket) return;
    const old = socket;
    socket = null;
    old.onopen = old.onmessage = old.onclose = null;
    // A socket closed while connecting still reports an error; nobody needs to hear it.
    old.onerror = () => undefined;
    old.close();
  };
  const lost = (): void => {
    drop();
    if (state === 'stopped') return;
    setState('reconnecting');
    const ceiling = Math.min(maxWaitMs, minWaitMs * 2 ** attempts);
    attempts += 1;
    clearTimeout(retry);
    // Between half and all of the ceiling: after a restart of the server not everybody comes at once.
    retry = setTimeout(dial, ceiling * (0.5 + random() / 2));
  };
  const watch = (): void => {
    if (Date.now() - heardAt > pingMs * 2.5) lost();
    else send({ t: 'ping' });
  };
  function dial(): void {
    clearTimeout(retry);
    drop();
    const mine = connect();
    socket = mine;
    heardAt = Date.now();
    mine.onopen = hello;
    mine.onmessage = (event: { data: unknown }) => {
      heardAt = Date.now();
      received(JSON.parse(String(event.data)) as ServerFrame);
    };
    mine.onclose = lost;
    mine.onerror = () => undefined;
    pinger = setInterval(watch, pingMs);
  }

  return {
    start: () => {
      if (state !== 'stopped') return;
      setState('connecting');
      dial();
    },
    stop: () => {
      setState('stopped');
      clearTimeout(retry);
      drop();
      position = null;
      attempts = 0;
    },
    onEvent: (type, hear) => {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set);
      set.add(hear as (event: LiveEvent) => void);
      return () => set.delete(hear as (event: LiveEvent) => void);
    },
    onGap: (hear) => {
      gaps.add(hear);
      return () => gaps.delete(hear);
    },
    onRefused: (hear) => {
      refusals.add(hear);
      return () => refusals.delete(hear);
    },
    join: (names) => {
      const fresh = names.filter((name) => !rooms.has(name));
      for (const name of names) rooms.set(name, (rooms.get(name) ?? 0) + 1);
      if (fresh.length > 0) sendIfWelcome({ t: 'subscribe', rooms: fresh });
      return () => {
        const left = names.filter((name) => rooms.get(name) === 1);
        for (const name of names) {
          const count = (rooms.get(name) ?? 0) - 1;
          if (count > 0) rooms.set(name, count);
          else rooms.delete(name);
        }
        if (left.length > 0) sendIfWelcome({ t: 'unsubscribe', rooms: left });
      };
    },
    typing: (conversationId, on) => sendIfWelcome({ t: 'typing', conversationId, on }),
    viewing: (conversationId) => {
      open = conversationId;
      sendIfWelcome({ t: 'viewing', conversationId });
    },
    state: () => state,
    subscribe: (hear) => {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
    nudge: () => {
      if (state !== 'reconnecting') return;
      attempts = 0;
      dial();
    },
  };
}
