import type { IncomingMessage } from 'node:http';
import { ClientFrame } from '@yingda/contract';
import type { RawData, WebSocket } from 'ws';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Ctx, Services } from '../ctx.ts';
import { toProblem } from '../http/errors.ts';
import { authenticate } from '../http/handle.ts';
import type { ModuleDef } from '../module.ts';
import { sendFrame } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';
import { ownRooms } from './rooms.ts';
import type { Rooms } from './rooms.ts';

/** What every socket of a process shares. */
export type House = { services: Services; hub: Hub; rooms: Rooms; modules: ModuleDef[] };

/** Why a socket was closed; a browser shows the number. */
export const closeCodes = {
  goingAway: 1001,
  policy: 1008,
  tooMany: 1013,
  refused: 4400,
  signedOut: 4401,
} as const;

const HELLO_WITHIN_MS = 15_000;
/** Frames a client may send within ten seconds. */
const MAX_FRAMES = 200;
const FRAMES_WITHIN_MS = 10_000;

type FrameOf<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>;
type Guest = { ctx: Ctx; connection: Connection };

function contextOf(services: Services, actor: Actor): Ctx {
  const requestId = newId();
  const log = services.log.child({ requestId });
  return { db: services.database.kysely, actor, locale: 'zh-CN', requestId, log, services };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.from(data as ArrayBuffer).toString();
}

/** A frame of ours, or `request.malformed`. */
function readFrame(data: RawData): ClientFrame {
  try {
    return ClientFrame.parse(JSON.parse(textOf(data)));
  } catch (error) {
    throw new Problem('request.malformed', { cause: error });
  }
}

/** One socket from its first frame to its end. Frames are handled one after the other. */
export class Visit {
  readonly #house: House;
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #late: NodeJS.Timeout;
  #queue: Promise<void> = Promise.resolve();
  #guest: Guest | null = null;
  #isSettled = false;
  #frames = 0;
  #countedSince = performance.now();

  constructor(house: House, socket: WebSocket, request: IncomingMessage) {
    this.#house = house;
    this.#socket = socket;
    this.#request = request;
    this.#late = setTimeout(() => {
      if (!this.#guest) socket.close(closeCodes.policy, 'hello');
    }, HELLO_WITHIN_MS);
    socket.on('message', (data) => this.#take(data));
    socket.on('pong', () => {
      if (this.#guest) this.#guest.connection.alive = true;
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#end());
  }

  #take(data: RawData): void {
    const now = performance.now();
    if (now - this.#countedSince > FRAMES_WITHIN_MS) [this.#frames, this.#countedSince] = [0, now];
    this.#frames += 1;
    if (this.#frames > MAX_FRAMES) {
      this.#socket.close(closeCodes.tooMany, 'request.too_many');
      return;
    }
    this.#queue = this.#queue
      .then(() => this.#receive(data))
      .catch((error: unknown) => this.#refuse(error));
  }

  async #receive(data: RawData): Promise<void> {
    const frame = readFrame(data);
    if (frame.t === 'hello') {
      if (!this.#guest) await this.#greet(frame);
    } else if (this.#guest) await this.#handle(this.#guest, frame);
    else throw new Problem('auth.signed_out');
  }

  async #greet(frame: FrameOf<'hello'>): Promise<void> {
    const { services, hub, rooms, modules } = this.#house;
    const { headers, socket: line } = this.#request;
    const credentials = { headers, token: frame.token ?? null, ip: line.remoteAddress ?? '' };
    const authenticators = modules.flatMap((module) => module.authenticators ?? []);
    const actor = await authenticate(
      authenticators,
      { ...credentials, method: 'SOCKET' },
      services,
    );
    if (actor.kind === 'nobody') throw new Problem('auth.signed_out');
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    const own = new Set(ownRooms(actor));
    const connection: Connection = { id: newId(), socket, actor, rooms: own, alive: true };
    const ctx = contextOf(services, actor);
    this.#guest = { ctx, connection };
    const position = hub.position;
    hub.add(connection);
    const others = frame.rooms.filter((room) => !own.has(room));
    await rooms.join(ctx, connection, others);
    const resumed = frame.resume ? hub.replay(connection, frame.resume) : false;
    sendFrame(socket, { t: 'welcome', ...position, resumed });
    for (const { sockets } of modules) await sockets?.opened?.(ctx, connection);
    // Not before: who was welcomed while a module failed is told less than they think, and must come again.
    this.#isSettled = true;
  }

  async #handle(
    { ctx, connection }: Guest,
    frame: Exclude<ClientFrame, { t: 'hello' }>,
  ): Promise<void> {
    const { rooms, modules } = this.#house;
    switch (frame.t) {
      case 'ping':
        return sendFrame(this.#socket, { t: 'pong' });
      case 'subscribe':
        return rooms.join(ctx, connection, frame.rooms);
      case 'unsubscribe':
        return rooms.leave(connection, frame.rooms);
      case 'typing':
        for (const { frames } of modules) await frames?.typing?.(ctx, frame, connection);
        return;
      case 'viewing':
        for (const { frames } of modules) await frames?.viewing?.(ctx, frame, connection);
    }
  }

  #refuse(error: unknown): void {
    const { code, status } = toProblem(error);
    const { log } = this.#house.services;
    if (status >= 500) log.error({ err: error }, 'a socket was refused');
    sendFrame(this.#socket, { t: 'refused', code });
    const isSignedOut = code === 'auth.signed_out' || code === 'auth.token_invalid';
    if (isSignedOut) this.#socket.close(closeCodes.signedOut, code);
    // Whoever was not let in has nothing to wait for here.
    else if (!this.#isSettled) this.#socket.close(closeCodes.refused, code);
  }

  #end(): void {
    clearTimeout(this.#late);
    const { hub, modules, services } = this.#house;
    void this.#queue
      .then(async () => {
        if (!this.#guest) return;
        const { ctx, connection } = this.#guest;
        hub.remove(connection);
        for (const { sockets } of modules) await sockets?.closed?.(ctx, connection);
      })
      .catch((err: unknown) => services.log.debug({ err }, 'a socket closed badly'));
  }
}
