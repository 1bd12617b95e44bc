import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InputOf, ResponseOf, RouteSpec } from '@yingda/contract';
import { permissions } from '@yingda/contract';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Ctx, Services } from '../ctx.ts';
import type { Authenticator } from '../module.ts';
import { localeOf } from './answer.ts';
import { checked } from './faults.ts';
import { networkOf } from './rate-limits.ts';

export type RouteInput<R extends RouteSpec> = {
  params: InputOf<R, 'params'>;
  query: InputOf<R, 'query'>;
  body: InputOf<R, 'body'>;
  request: FastifyRequest;
  reply: FastifyReply;
};
/** What a handler gives back: the view, or nothing where the contract names no answer. */
type Answered<R extends RouteSpec> = R['response'] extends z.ZodType ? ResponseOf<R> : void;
export type RouteHandler<R extends RouteSpec> = (
  ctx: Ctx,
  input: RouteInput<R>,
) => Promise<Answered<R> | FastifyReply>;

/** Where modules mount their routes. */
export type Http = {
  handle<R extends RouteSpec>(route: R, handler: RouteHandler<R>): void;
  /** For what is no JSON interface: static pages, the sign-in library. */
  raw: FastifyInstance;
  services: Services;
  /** Who sends this request. */
  actorOf(request: FastifyRequest): Promise<Actor>;
};

const NOBODY: Actor = { kind: 'nobody' };

function bearerOf(header: string | undefined): string | null {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : null;
}

/** Asks each module's authenticator in turn. */
export async function authenticate(
  authenticators: Authenticator[],
  credentials: Parameters<Authenticator>[0],
  services: Services,
): Promise<Actor> {
  for (const authenticator of authenticators) {
    const actor = await authenticator(credentials, services);
    if (actor) return actor;
  }
  if (credentials.token !== null) throw new Problem('auth.token_invalid');
  return NOBODY;
}

/** Ids of what a program was told of, as it hands them back from a webhook. */
const Chain = z
  .string()
  .max(400)
  .transform((text) => text.split(/, ?/))
  .pipe(z.array(z.uuid()).min(1));

/** Only what programs say of themselves: in a browser the header means nothing. */
function followed(actor: Actor, { headers }: FastifyRequest): Pick<Ctx, 'follows'> {
  if (actor.kind !== 'user' || actor.via !== 'key') return {};
  const chain = Chain.safeParse(headers['yingda-chain']);
  return chain.success ? { follows: chain.data } : {};
}

function isPermission(access: string): access is (typeof permissions)[number] {
  return (permissions as readonly string[]).includes(access);
}

function admit(actor: Actor, access: RouteSpec['access']): void {
  if (access === 'public') return;
  if (actor.kind === 'nobody') throw new Problem('auth.signed_out');
  const fits =
    access === 'visitor'
      ? actor.kind === 'visitor'
      : actor.kind === 'user' && (!isPermission(access) || may(actor, access));
  if (!fits) throw new Problem('auth.forbidden');
}

function readInput<R extends RouteSpec>(route: R, request: FastifyRequest, reply: FastifyReply) {
  return {
    params: route.params && checked(route.params, request.params, 'params'),
    query: route.query && checked(route.query, request.query, 'query'),
    body: route.body && checked(route.body, request.body ?? {}),
    request,
    reply,
  } as RouteInput<R>;
}

/** The door of the API: who may enter, what comes in, and what goes out are checked here and nowhere else. */
export function createHttp(
  raw: FastifyInstance,
  services: Services,
  authenticators: Authenticator[],
): Http {
  const actorOf = (request: FastifyRequest): Promise<Actor> =>
    authenticate(
      authenticators,
      {
        headers: request.headers,
        token: bearerOf(request.headers.authorization),
        ip: request.ip,
        method: request.method,
      },
      services,
    );

  return {
    raw,
    services,
    actorOf,
    handle(route, handler) {
      // Open to anybody and limited on purpose: whoever changed a header must not be somebody new.
      const isGuarded = route.access === 'public' && route.ratePerMinute !== undefined;
      raw.route({
        method: route.method,
        url: route.path,
        config: {
          rateLimit: {
            max: route.ratePerMinute ?? 1_200,
            timeWindow: 60_000,
            ...(isGuarded && { keyGenerator: ({ ip }) => networkOf(ip) }),
          },
        },
        async handler(request, reply) {
          const actor = await actorOf(request);
          admit(actor, route.access);
          const ctx: Ctx = {
            db: services.database.kysely,
            actor,
            locale: localeOf(request.headers['accept-language']),
            requestId: request.id,
            log: request.log as Ctx['log'],
            services,
            ...followed(actor, request),
          };
          const result = await handler(ctx, readInput(route, request, reply));
          if (result === reply || reply.sent) return reply;
          // What one person may see is nothing for caches, unless the handler said so.
          if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
          if (!route.response) return reply.code(204).send();
          return reply.code(route.status ?? 200).send(route.response.parse(result));
        },
      });
    },
  };
}
