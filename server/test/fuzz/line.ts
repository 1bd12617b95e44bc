import { once } from 'node:events';
import type { ServerFrame } from '@yingda/contract';
import { ServerFrame as FrameSchema } from '@yingda/contract';
import { expect } from 'vitest';
import { WebSocket } from 'ws';

/** A live connection of a test: what came, and how it ended. */
export type Line = {
  socket: WebSocket;
  frames: ServerFrame[];
  closed: () => number | null;
  say(frame: unknown): void;
  /** Waits until a frame fits. */
  heard(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame>;
  ended(): Promise<number>;
};

const patience = { timeout: 60_000, interval: 10 };

/** Opens a live connection without a word said. */
export async function openLine(url: string, headers: Record<string, string> = {}): Promise<Line> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/live`, { headers });
  const frames: ServerFrame[] = [];
  let code: number | null = null;
  socket.on('message', (data: Buffer) =>
    frames.push(FrameSchema.parse(JSON.parse(data.toString()))),
  );
  socket.on('close', (given) => (code = given));
  socket.on('error', () => {});
  await once(socket, 'open');
  return {
    socket,
    frames,
    closed: () => code,
    say: (frame) => {
      if (socket.readyState === WebSocket.OPEN)
        socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    },
    async heard(fits) {
      await expect.poll(() => frames.some(fits), patience).toBe(true);
      const found = frames.find(fits);
      if (!found) throw new Error('unreachable');
      return found;
    },
    async ended() {
      await expect.poll(() => code, patience).not.toBeNull();
      return code ?? 0;
    },
  };
}

/** Opens a live connection and says who it is; the answer is the first frame. */
export async function greet(
  url: string,
  headers: Record<string, string>,
  more: object = {},
): Promise<Line> {
  const line = await openLine(url, headers);
  line.say({ t: 'hello', rooms: [], ...more });
  await line.heard(() => true);
  return line;
}
