import type { IncomingHttpHeaders } from 'node:http';
import type { ClientFrame } from '@yingda/contract';
import type { Actor } from '../kernel/actor.ts';
import type { Ctx, Services } from './ctx.ts';
import type { Hook, Listener } from './events/index.ts';
import type { Http } from './http/handle.ts';
import type { JobDef } from './jobs/index.ts';
import type { Connection } from './realtime/connection.ts';
import type { Projection } from './realtime/projection.ts';

/** What a request or an upgrade says of its sender. */
export type Credentials = {
  headers: IncomingHttpHeaders;
  /** The bearer token, or the token of a socket's first frame. */
  token: string | null;
  ip: string;
  method: string;
};

/** Recognises a sender; null when the credentials are not of its kind. Throws a Problem when they are, but invalid. */
export type Authenticator = (credentials: Credentials, services: Services) => Promise<Actor | null>;

type FrameOf<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>;
export type FrameHandler<T extends ClientFrame['t']> = (
  ctx: Ctx,
  frame: FrameOf<T>,
  connection: Connection,
) => void | Promise<void>;

/** Which of the process's duties this process takes on. */
export type Role = { api: boolean; worker: boolean };

/** Everything a module gives to the composition; its `index.ts` exports one. */
export type ModuleDef = {
  name: string;
  routes?: (http: Http) => void;
  authenticators?: Authenticator[];
  listeners?: Listener[];
  hooks?: Hook[];
  projections?: Projection[];
  jobs?: JobDef[];
  /** Who may join `<key>:<id>`. */
  rooms?: Record<string, (ctx: Ctx, id: string) => boolean | Promise<boolean>>;
  frames?: { typing?: FrameHandler<'typing'>; viewing?: FrameHandler<'viewing'> };
  sockets?: {
    opened?: (ctx: Ctx, connection: Connection) => void | Promise<void>;
    closed?: (ctx: Ctx, connection: Connection) => void | Promise<void>;
  };
  /** Background work of this process; returns how to stop it. */
  start?: (services: Services, role: Role) => Promise<() => Promise<void>>;
};

export function defineModule(definition: ModuleDef): ModuleDef {
  return definition;
}
