import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ClientFrame, livePath } from '@yingda/contract';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Ctx, Services } from '../ctx.ts';
import type { ModuleDef } from '../module.ts';
import { authenticate } from '../http/handle.ts';
import { toProblem } from '../http/errors.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

const MAX_FRAME_BYTES = 64 * 1024;
const HELLO_WITHIN_MS = 15_000;
const PING_EVERY_MS = 30_000;
/** Frames a client may send within ten seconds. */
const MAX_FRAMES = 200;
const CLOSED = { goingAway: 1001, policy: 1008, tooMany: 1013, refused: 4400, signedOut: 4401 };

const notFound = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

type Sockets = { close(): void };

function actorContext(services: Services, actor: Actor): Ctx {
  const requestId = newId();
  return {
    db: services.database.kysely,
    actor,
    locale: 'zh-CN',
    requestId,
    log: services.log.child({ requestId }),
    services,
  };
}

/** Rooms everybody of a kind is in without asking. */
function ownRooms(actor: Actor): string[] {
  if (actor.kind === 'user') return [`user:${actor.userId}`, 'everyone'];
  return actor.kind === 'visitor' ? [`visitor:${actor.visitorId}`] : [];
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
  const authenticators = modules.flatMap((module) => module.authenticators ?? []);
  const rules = new Map(modules.flatMap((module) => Object.entries(module.rooms ?? {})));
  const log = services.log.child({ part: 'sockets' });
  const open = new Set<WebSocket>();
  /** Those that have said who they are. */
  const known = new WeakSet<WebSocket>();
  const send = (socket: WebSocket, frame: object): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };

  async function mayJoin(ctx: Ctx, room: string): Promise<boolean> {
    if (ownRooms(ctx.actor).includes(room)) return true;
    const [kind = '', id = ''] = room.split(':');
    return (await rules.get(kind)?.(ctx, id)) ?? false;
  }

  async function join(ctx: Ctx, connection: Connection, rooms: string[]): Promise<void> {
    const allowed = await Promise.all(rooms.map((room) => mayJoin(ctx, room)));
    const refused: string[] = [];
    rooms.forEach((room, at) => {
      if (allowed[at]) hub.join(connection, room);
      else refused.push(room);
    });
    if (refused.length > 0)
      send(connection.socket, { t: 'refused', code: 'auth.forbidden', rooms: refused });
  }

  async function greet(
    socket: WebSocket,
    request: IncomingMessage,
    frame: Extract<ClientFrame, { t: 'hello' }>,
  ): Promise<[Ctx, Connection]> {
    const actor = await authenticate(
      authenticators,
      {
        headers: request.headers,
        token: frame.token ?? null,
        ip: request.socket.remoteAddress ?? '',
        method: 'SOCKET',
      },
      services,
    );
    if (actor.kind === 'nobody') throw new Problem('auth.signed_out');
    const connection: Connection = {
      id: newId(),
      socket,
      actor,
      rooms: new Set(ownRooms(actor)),
      alive: true,
    };
    const ctx = actorContext(services, actor);
    if (socket.readyState !== socket.OPEN) throw new Problem('request.malformed');
    const position = hub.position;
    hub.add(connection);
    await join(
      ctx,
      connection,
      frame.rooms.filter((room) => !connection.rooms.has(room)),
    );
    const resumed = frame.resume ? hub.replay(connection, frame.resume) : false;
    send(socket, { t: 'welcome', ...position, resumed });
    return [ctx, connection];
  }

  async function handle(ctx: Ctx, connection: Connection, frame: ClientFrame): Promise<void> {
    if (frame.t === 'ping') send(connection.socket, { t: 'pong' });
    else if (frame.t === 'subscribe') await join(ctx, connection, frame.rooms);
    else if (frame.t === 'unsubscribe') {
      const own = ownRooms(connection.actor);
      for (const room of frame.rooms) if (!own.includes(room)) hub.leave(connection, room);
    } else if (frame.t === 'typing')
      for (const { frames } of modules) await frames?.typing?.(ctx, frame, connection);
    else if (frame.t === 'viewing')
      for (const { frames } of modules) await frames?.viewing?.(ctx, frame, connection);
  }

  function refuse(socket: WebSocket, error: unknown): void {
    const problem = toProblem(error);
    if (problem.status >= 500) log.error({ err: error }, 'a socket was refused');
    send(socket, { t: 'refused', code: problem.code });
    if (problem.code === 'auth.signed_out' || problem.code === 'auth.token_invalid')
      socket.close(CLOSED.signedOut, problem.code);
    // Whoever was not let in has nothing to wait for here.
    else if (!known.has(socket)) socket.close(CLOSED.refused, problem.code);
  }

  async function closed(ctx: Ctx, connection: Connection): Promise<void> {
    hub.remove(connection);
    for (const { sockets } of modules) await sockets?.closed?.(ctx, connection);
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    let met: Promise<[Ctx, Connection]> | null = null;
    let frames = 0;
    let countedSince = performance.now();
    const late = setTimeout(() => met ?? socket.close(CLOSED.policy, 'hello'), HELLO_WITHIN_MS);
    // Frames are handled one after the other, so that a room is joined before what follows.
    let queue: Promise<void> = Promise.resolve();

    async function receive(data: RawData): Promise<void> {
      const frame = ClientFrame.parse(JSON.parse(data.toString()));
      if (frame.t === 'hello') {
        if (met) return;
        met = greet(socket, request, frame);
        const [ctx, connection] = await met;
        for (const { sockets } of modules) await sockets?.opened?.(ctx, connection);
        // Not before: who was welcomed while a module failed is told less than they think, and must come again.
        known.add(socket);
      } else if (met) {
        const [ctx, connection] = await met;
        await handle(ctx, connection, frame);
      } else throw new Problem('auth.signed_out');
    }

    socket.on('message', (data) => {
      const now = performance.now();
      if (now - countedSince > 10_000) [frames, countedSince] = [0, now];
      frames += 1;
      if (frames > MAX_FRAMES) return socket.close(CLOSED.tooMany, 'request.too_many');
      queue = queue
        .then(() => receive(data))
        .catch((error: unknown) =>
          refuse(socket, isGarbage(error) ? new Problem('request.malformed') : error),
        );
    });
    socket.on(
      'pong',
      () =>
        void met?.then(
          ([, connection]) => (connection.alive = true),
          () => {},
        ),
    );
    socket.on('error', () => socket.terminate());
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      clearTimeout(late);
      void queue
        .then(() => met)
        .then((pair) => pair && closed(...pair))
        .catch((err: unknown) => log.debug({ err }, 'a socket closed badly'));
    });
  }

  const pings = setInterval(() => {
    for (const connection of hub.connections()) {
      if (!connection.alive) connection.socket.terminate();
      connection.alive = false;
      if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    }
  }, PING_EVERY_MS);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Nobody else listens on this connection any more: a reset would be an uncaught error.
    socket.on('error', () => socket.destroy());
    // Taken apart by hand, as the address may be anything: `//` is none to URL.
    const [path] = (request.url ?? '').split('?');
    if (path !== livePath) return void socket.end(notFound, () => socket.destroy());
    wss.handleUpgrade(request, socket, head, (ws) => accept(ws, request));
  };
  server.on('upgrade', upgrade);
  return {
    close() {
      server.off('upgrade', upgrade);
      clearInterval(pings);
      for (const socket of open) socket.close(CLOSED.goingAway, 'restart');
    },
  };
}

function isGarbage(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && error.name === '$ZodError') ||
    (error instanceof Error && error.name === 'ZodError')
  );
}
