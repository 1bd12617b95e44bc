import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { livePath } from '@yingda/contract';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Services } from '../ctx.ts';
import type { ModuleDef } from '../module.ts';
import type { Hub } from './hub.ts';
import { createRooms } from './rooms.ts';
import { closeCodes, Visit } from './visit.ts';
import type { House } from './visit.ts';

const MAX_FRAME_BYTES = 64 * 1024;
const PING_EVERY_MS = 30_000;
const notFound = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

type Sockets = { close(): void };

/** Finds lines that are dead though nobody closed them. */
function pingAll(hub: Hub): void {
  for (const connection of hub.connections()) {
    if (!connection.alive) connection.socket.terminate();
    connection.alive = false;
    if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
  }
}

/** The live side of one process: upgrades, first frames, rooms, and the modules' own frames. */
export function openSockets(
  server: Server,
  services: Services,
  { hub, modules }: { hub: Hub; modules: ModuleDef[] },
): Sockets {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const house: House = { services, hub, modules, rooms: createRooms(hub, modules) };
  const open = new Set<WebSocket>();

  function accept(socket: WebSocket, request: IncomingMessage): void {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    void new Visit(house, socket, request);
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Nobody else listens on this connection any more: a reset would be an uncaught error.
    socket.on('error', () => socket.destroy());
    // Taken apart by hand, as the address may be anything: `//` is none to URL.
    const [path] = (request.url ?? '').split('?');
    if (path !== livePath) return void socket.end(notFound, () => socket.destroy());
    wss.handleUpgrade(request, socket, head, (ws) => accept(ws, request));
  };
  server.on('upgrade', upgrade);
  const pings = setInterval(() => pingAll(hub), PING_EVERY_MS);
  return {
    close() {
      server.off('upgrade', upgrade);
      clearInterval(pings);
      for (const socket of open) socket.close(closeCodes.goingAway, 'restart');
    },
  };
}
