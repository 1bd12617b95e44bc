import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import type { ProblemCode } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Services } from '../ctx.ts';
import { isConnectionLost, isRetryable } from '../db/retry.ts';
import { errorCode } from '../error-code.ts';
import { hideSecretsInUrl } from '../log/index.ts';
import { localeOf, problemBody } from './answer.ts';

const MAX_BODY_BYTES = 1024 * 1024;

const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
  FST_ERR_ASYNC_CONSTRAINT: 'request.malformed',
  FST_REQ_FILE_TOO_LARGE: 'file.too_large',
};

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
  // Texts PostgreSQL cannot hold (a lone surrogate, a NUL) and numbers it cannot: the input's fault.
  if (code === '22021' || code === '22P05' || code === '22003')
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
    if (problem.status >= 500)
      request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'request failed');
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
    disableRequestLogging: config.log.level !== 'debug' && config.log.level !== 'trace',
    genReqId: () => newId(),
    bodyLimit: MAX_BODY_BYTES,
    // Fastify takes a number of hops too, though its type does not say so.
    trustProxy: config.trustProxy as string | boolean,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // A proto key in a body is refused, not obeyed.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
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
