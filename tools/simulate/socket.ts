import WebSocket from 'ws';
import { livePath } from '../../contract/src/index.ts';
import type { LiveEvent, ServerFrame } from '../../contract/src/index.ts';

type Options = {
  baseUrl: string;
  token?: string;
  headers?: Record<string, string>;
  onEvent: (event: LiveEvent) => void;
  /** Connected anew without being sure that nothing was missed: fetch what is shown. */
  onGap: () => void;
};

/** The live connection of one person or visitor: comes back by itself and resumes where it was. */
export class Socket {
  readonly #options: Options;
  #socket: WebSocket | null = null;
  #position: { epoch: string; seq: number } | null = null;
  #closed = false;
  #attempt = 0;
  reconnects = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#connect();
  }

  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.#position !== null;
  }

  #connect(): void {
    if (this.#closed) return;
    const { baseUrl, token, headers } = this.#options;
    const socket = new WebSocket(baseUrl.replace(/^http/, 'ws') + livePath, { headers });
    this.#socket = socket;
    socket.on('open', () => {
      socket.send(
        JSON.stringify({ t: 'hello', token, rooms: [], resume: this.#position ?? undefined }),
      );
    });
    socket.on('message', (data) =>
      this.#receive(JSON.parse((data as Buffer).toString()) as ServerFrame),
    );
    socket.on('error', () => {});
    socket.on('close', () => this.#again());
  }

  #receive(frame: ServerFrame): void {
    if (frame.t === 'event') {
      if (this.#position) this.#position.seq = frame.seq;
      this.#options.onEvent(frame.event);
    } else if (frame.t === 'welcome') {
      this.#attempt = 0;
      const first = this.#position === null;
      this.#position = { epoch: frame.epoch, seq: frame.seq };
      if (!first && !frame.resumed) this.#options.onGap();
    } else if (frame.t === 'gap') {
      this.#position = { epoch: frame.epoch, seq: frame.seq };
      this.#options.onGap();
    }
  }

  #again(): void {
    if (this.#closed) return;
    this.reconnects += 1;
    this.#attempt += 1;
    const pause = Math.min(2_000, 50 * 2 ** this.#attempt) * (0.5 + Math.random());
    setTimeout(() => this.#connect(), pause);
  }

  send(frame: object): void {
    if (this.connected) this.#socket?.send(JSON.stringify(frame));
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }
}
