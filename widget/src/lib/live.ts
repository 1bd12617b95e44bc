import type { ClientFrame, LiveEvent, ServerFrame } from '../chat/types.ts';
import { backoff } from './http.ts';

export interface LiveOptions {
  url: string;
  token: () => string | null;
  onEvent: (event: LiveEvent) => void;
  /** Connected; `complete` when nothing was missed since the last connection. */
  onUp: (complete: boolean) => void;
  onDown: () => void;
  onRefused: () => void;
}

export interface Live {
  send: (frame: ClientFrame) => void;
  /** Something changed for the better (network back, page visible): try now, or make sure the line still works. */
  wake: () => void;
  stop: () => void;
}

const silenceMs = 25_000;
const answerMs = 8_000;

/** One WebSocket that comes back by itself and resumes where it broke off. */
export function openLive(options: LiveOptions): Live {
  let socket: WebSocket | null = null;
  let resume: { epoch: string; seq: number } | undefined;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const send = (frame: ClientFrame): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  const drop = (): void => {
    const old = socket;
    socket = null;
    old?.close();
    options.onDown();
    if (!stopped) later(backoff(attempt++), connect);
  };
  /** Quiet for a while: ask; no answer: the line is dead though the browser does not know. */
  const watch = (): void =>
    later(silenceMs, () => {
      send({ t: 'ping' });
      later(answerMs, drop);
    });
  const take = (frame: ServerFrame): void => {
    if (frame.t === 'welcome') {
      attempt = 0;
      const complete = frame.resumed && resume !== undefined;
      resume = { epoch: frame.epoch, seq: frame.seq };
      options.onUp(complete);
    } else if (frame.t === 'event') {
      if (resume) resume.seq = frame.seq;
      options.onEvent(frame.event);
    } else if (frame.t === 'gap') {
      resume = { epoch: frame.epoch, seq: frame.seq };
      options.onUp(false);
    } else if (frame.t === 'refused' && frame.code.startsWith('auth.')) {
      options.onRefused();
    }
  };
  function connect(): void {
    if (socket || stopped) return;
    const token = options.token();
    if (!token) return;
    const mine = new WebSocket(options.url);
    socket = mine;
    later(answerMs * 2, drop);
    mine.onopen = () => mine.send(JSON.stringify({ t: 'hello', token, rooms: [], resume }));
    mine.onmessage = ({ data }) => {
      if (mine !== socket) return;
      watch();
      take(JSON.parse(String(data)) as ServerFrame);
    };
    mine.onclose = () => {
      if (mine === socket) drop();
    };
  }

  connect();
  return {
    send,
    wake() {
      if (stopped) return;
      if (socket?.readyState === WebSocket.OPEN) {
        send({ t: 'ping' });
        later(answerMs, drop);
      } else if (!socket) {
        attempt = 0;
        connect();
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      const old = socket;
      socket = null;
      old?.close();
    },
  };
}
