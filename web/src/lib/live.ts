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

/** A set of hearers; adding one returns its removal. */
class Hearers<A extends unknown[]> {
  readonly #all = new Set<(...values: A) => void>();
  add = (hear: (...values: A) => void): (() => void) => {
    this.#all.add(hear);
    return () => this.#all.delete(hear);
  };
  tell = (...values: A): void => {
    for (const hear of this.#all) hear(...values);
  };
}

/** Counts who is in which room, so that a room is left with the last of them. */
class Rooms {
  readonly #counts = new Map<string, number>();
  names = (): string[] => [...this.#counts.keys()];
  /** Returns the rooms nobody was in before. */
  enter(names: readonly string[]): string[] {
    const fresh = names.filter((name) => !this.#counts.has(name));
    for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return fresh;
  }
  /** Returns the rooms nobody is in any more. */
  leave(names: readonly string[]): string[] {
    const left = names.filter((name) => this.#counts.get(name) === 1);
    for (const name of names) {
      const count = (this.#counts.get(name) ?? 0) - 1;
      if (count > 0) this.#counts.set(name, count);
      else this.#counts.delete(name);
    }
    return left;
  }
}

/** A socket that dials again when it is lost, each time after a longer wait, and notices silence. */
class Line {
  readonly #options: Required<LiveOptions>;
  readonly #hear: { opened: () => void; frame: (frame: ServerFrame) => void; lost: () => void };
  #socket: Socket | null = null;
  #attempts = 0;
  #heardAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pinger: ReturnType<typeof setInterval> | undefined;

  constructor(
    options: Required<LiveOptions>,
    hear: { opened: () => void; frame: (frame: ServerFrame) => void; lost: () => void },
  ) {
    this.#options = options;
    this.#hear = hear;
  }

  send(frame: ClientFrame): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }
  /** Connects now; the next loss is answered as quickly as the first. */
  dial = (): void => {
    this.hangUp();
    const socket = this.#options.connect();
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = this.#hear.opened;
    socket.onmessage = (event: { data: unknown }) => {
      this.#heardAt = Date.now();
      this.#hear.frame(JSON.parse(String(event.data)) as ServerFrame);
    };
    socket.onclose = this.#lost;
    socket.onerror = () => undefined;
    this.#pinger = setInterval(this.#watch, this.#options.pingMs);
  };
  steady(): void {
    this.#attempts = 0;
  }
  hangUp(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#pinger);
    const old = this.#socket;
    this.#socket = null;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    // A socket closed while connecting still reports an error; nobody needs to hear it.
    old.onerror = () => undefined;
    old.close();
  }
  readonly #lost = (): void => {
    this.hangUp();
    const { minWaitMs, maxWaitMs, random } = this.#options;
    const ceiling = Math.min(maxWaitMs, minWaitMs * 2 ** this.#attempts);
    this.#attempts += 1;
    // Between half and all of the ceiling: after a restart of the server not everybody comes at once.
    this.#retry = setTimeout(this.dial, ceiling * (0.5 + random() / 2));
    this.#hear.lost();
  };
  readonly #watch = (): void => {
    if (Date.now() - this.#heardAt > this.#options.pingMs * 2.5) this.#lost();
    else this.send({ t: 'ping' });
  };
}

/** A connection that heals itself: resumes where it stopped, or says that something was missed. */
class LiveConnection implements Live {
  readonly #line: Line;
  readonly #rooms = new Rooms();
  readonly #events = new Hearers<[LiveEvent]>();
  readonly #gaps = new Hearers<[]>();
  readonly #refusals = new Hearers<[string, string[] | undefined]>();
  readonly #watchers = new Hearers<[]>();
  #state: LiveState = 'stopped';
  #position: { epoch: string; seq: number } | null = null;
  #viewing: string | null = null;
  /** Events before the welcome: what is made up for and what is new come mixed, so they wait to be put in order. */
  #early: Extract<ServerFrame, { t: 'event' }>[] = [];

  constructor(options: LiveOptions) {
    const defaults = { minWaitMs: 500, maxWaitMs: 30_000, pingMs: 25_000, random: Math.random };
    this.#line = new Line(
      { ...defaults, ...options },
      { opened: this.#hello, frame: this.#received, lost: () => this.#become('reconnecting') },
    );
  }

  start = (): void => {
    if (this.#state !== 'stopped') return;
    this.#become('connecting');
    this.#line.dial();
  };
  stop = (): void => {
    this.#become('stopped');
    this.#line.hangUp();
    this.#line.steady();
    this.#position = null;
  };
  nudge = (): void => {
    if (this.#state !== 'reconnecting') return;
    this.#line.steady();
    this.#line.dial();
  };
  onEvent = <T extends LiveEvent['type']>(type: T, hear: Hear<T>): (() => void) =>
    this.#events.add((event) => {
      if (event.type === type) hear(event as LiveEventOf<T>);
    });
  onGap = this.#gaps.add;
  onRefused = this.#refusals.add;
  subscribe = this.#watchers.add;
  state = (): LiveState => this.#state;
  join = (names: readonly string[]): (() => void) => {
    const fresh = this.#rooms.enter(names);
    if (fresh.length > 0) this.#sendIfOpen({ t: 'subscribe', rooms: fresh });
    return () => {
      const left = this.#rooms.leave(names);
      if (left.length > 0) this.#sendIfOpen({ t: 'unsubscribe', rooms: left });
    };
  };
  typing = (conversationId: string, on: boolean): void =>
    this.#sendIfOpen({ t: 'typing', conversationId, on });
  viewing = (conversationId: string | null): void => {
    this.#viewing = conversationId;
    this.#sendIfOpen({ t: 'viewing', conversationId });
  };

  #become(next: LiveState): void {
    if (this.#state === next) return;
    this.#state = next;
    this.#watchers.tell();
  }
  #sendIfOpen(frame: ClientFrame): void {
    if (this.#state === 'open') this.#line.send(frame);
  }
  readonly #hello = (): void => {
    this.#early = [];
    const resume = this.#position ? { resume: this.#position } : {};
    this.#line.send({ t: 'hello', rooms: this.#rooms.names(), ...resume });
  };
  readonly #received = (frame: ServerFrame): void => {
    if (frame.t === 'welcome') this.#welcomed(frame);
    else if (frame.t === 'event') {
      if (this.#state === 'open') this.#happened(frame);
      else this.#early.push(frame);
    } else if (frame.t === 'refused') this.#refusals.tell(frame.code, frame.rooms);
    else if (frame.t === 'gap') {
      this.#position = { epoch: frame.epoch, seq: frame.seq };
      this.#gaps.tell();
    }
  };
  #welcomed(frame: Extract<ServerFrame, { t: 'welcome' }>): void {
    const missed = this.#position !== null && !frame.resumed;
    // After a resume the missed events still follow, so the old position stands until they did.
    if (!this.#position || missed) this.#position = { epoch: frame.epoch, seq: frame.seq };
    this.#line.steady();
    this.#become('open');
    for (const early of this.#early.toSorted((a, b) => a.seq - b.seq)) this.#happened(early);
    this.#early = [];
    if (this.#viewing) this.#line.send({ t: 'viewing', conversationId: this.#viewing });
    if (missed) this.#gaps.tell();
  }
  #happened({ seq, event }: Extract<ServerFrame, { t: 'event' }>): void {
    if (this.#position) {
      // What was sent again while resuming is old news.
      if (seq <= this.#position.seq) return;
      this.#position = { ...this.#position, seq };
    }
    this.#events.tell(event);
  }
}

/** Makes the connection; nothing is dialled before `start`. */
export function createLive(options: LiveOptions): Live {
  return new LiveConnection(options);
}
