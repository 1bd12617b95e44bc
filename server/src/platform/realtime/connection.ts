import type { WebSocket } from 'ws';
import type { Actor } from '../../kernel/actor.ts';

/** One open socket that has said who it is. */
export type Connection = {
  id: string;
  socket: WebSocket;
  actor: Actor;
  rooms: Set<string>;
  /** Answered the last ping. */
  alive: boolean;
};

/** A client that reads slower than this is cut off: it comes back and catches up. */
const MAX_BUFFERED_BYTES = 2 * 1024 * 1024;

/** Sends one prepared frame. */
export function sendText({ socket }: Connection, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  else socket.send(text);
}

/** Sends one frame to one socket, if it is still open. */
export function sendFrame(socket: WebSocket, frame: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}
