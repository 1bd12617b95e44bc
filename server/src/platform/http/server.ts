import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import type { ProblemCode } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Services } from '../ctx.ts';
import { isConnectionLost, isRetryable } from '../db/retry.ts';
import { errorCode } from '../error-code.ts';
import { hideSecretsInUrl } from '../log/index.ts';
import { localeOf, problemBody } from './answer.ts';
import { readJsonBodies } from './json-body.ts';
import { answerBadAddress, answerUnreadable } from './unreadable.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const SILENCE_MS = 120_000;

const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_REQ_FILE_TOO_LARGE: 'file.too_large',
};

/** What the reader of uploads says, in words alone, of bytes that are no parts. */
const BROKEN_PARTS = /multipart|part terminated early|malformed part header/i;

/** Every error as a problem: ours as they are, the framework's translated, anything else an unexplained 500. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === '53100')
    return new Problem('server.disk_full', { cause: error });
  if (isRetryable(error) || isConnectionLost(error))
    return new Problem('server.unavailable', { cause: error });
  const known = code === undefined ? undefined : fastifyCodes[code];
  if (known) return new Problem(known, { cause: error });
  // Data exceptions of PostgreSQL: a NUL in a text, a number or a time it cannot hold. The input's fault.
  if (code !== undefined && /^22...$/.test(code))
    return new Problem('request.malformed', { cause: error });
  if (code === undefined && error instanceof Error && BROKEN_PARTS.test(error.message))
    return new Problem('request.malformed', { cause: error });
  const status = (error as Partial<FastifyError>).statusCode;
  if (status === 429) return new Problem('request.too_many', { cause: error });
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem('request.malformed', { cause: error });
  return new Problem('server.unexpected', { cause: error });
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      // Who went away in the middle of a request has made no fault of ours.
      const level = request.raw.socket.destroyed ? 'debug' : 'error';
      request.log[level]({ err: problem.cause ?? problem, code: problem.code }, 'request failed');
    }
    const locale = localeOf(request.headers['accept-language']);
    if (problem.code === 'server.unavailable') void reply.header('retry-after', '2');
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, locale, request.id)));
  });
}

/** A Fastify server with request ids, limits and problem answers; without routes. */
export async function createServer(services: Services): Promise<FastifyInstance> {
  const { config, log } = services;
  const app = fastify({
    loggerInstance: log.child(
      {},
      {
        level:
          config.log.level === 'debug' || config.log.level === 'trace' ? config.log.level : 'warn',
      },
    ) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: MAX_BODY_BYTES,
    // Fastify takes a number of hops too, though its type does not say so.
    trustProxy: config.trustProxy as string | boolean,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerUnreadable,
    // Who neither sends nor reads for so long is gone, or means to hold the connection.
    connectionTimeout: SILENCE_MS,
  });
  // Null Origin and friends never reach a handler twice: an id for every answer.
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'same-origin');
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug(
      {
        url: hideSecretsInUrl(request.url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
  answerErrors(app);
  readJsonBodies(app);
  app.setNotFoundHandler(() => {
    throw new Problem('request.not_found');
  });
  await app.register(fastifyMultipart, {
    limits: { fileSize: config.maxUploadBytes, files: 1, fields: 10 },
  });
  if (config.rateLimit) {
    await app.register(fastifyRateLimit, {
      global: true,
      max: 1_200,
      timeWindow: 60_000,
      keyGenerator: (request) =>
        `${request.ip} ${request.headers.authorization ?? request.headers.cookie ?? ''}`.slice(
          0,
          400,
        ),
    });
  }
  return app;
}
