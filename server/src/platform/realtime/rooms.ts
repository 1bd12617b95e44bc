import type { Actor } from '../../kernel/actor.ts';
import type { Ctx } from '../ctx.ts';
import type { ModuleDef } from '../module.ts';
import { sendFrame } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

/** Rooms everybody of a kind is in without asking. */
export function ownRooms(actor: Actor): string[] {
  if (actor.kind === 'user') return [`user:${actor.userId}`, 'everyone'];
  return actor.kind === 'visitor' ? [`visitor:${actor.visitorId}`] : [];
}

export type Rooms = {
  /** Lets a connection into the rooms it may be in, and names those it may not. */
  join(ctx: Ctx, connection: Connection, rooms: string[]): Promise<void>;
  leave(connection: Connection, rooms: string[]): void;
};

/** Who may be in which room, by the rules of the modules. */
export function createRooms(hub: Hub, modules: ModuleDef[]): Rooms {
  const rules = new Map(modules.flatMap((module) => Object.entries(module.rooms ?? {})));
  async function mayJoin(ctx: Ctx, room: string): Promise<boolean> {
    if (ownRooms(ctx.actor).includes(room)) return true;
    const [kind = '', id = ''] = room.split(':');
    return (await rules.get(kind)?.(ctx, id)) ?? false;
  }
  return {
    async join(ctx, connection, rooms) {
      const allowed = await Promise.all(rooms.map((room) => mayJoin(ctx, room)));
      const refused = rooms.filter((_, at) => !allowed[at]);
      for (const [at, room] of rooms.entries()) if (allowed[at]) hub.join(connection, room);
      if (refused.length > 0) {
        sendFrame(connection.socket, { t: 'refused', code: 'auth.forbidden', rooms: refused });
      }
    },
    leave(connection, rooms) {
      const own = ownRooms(connection.actor);
      for (const room of rooms) if (!own.includes(room)) hub.leave(connection, room);
    },
  };
}
