import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { newId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Services } from '../ctx.ts';
import { hideSecretsInUrl } from '../log/index.ts';
import { localeOf, problemBody } from './answer.ts';
import { toProblem } from './errors.ts';
import { readJsonBodies } from './json-body.ts';
import { callerOf, WindowStore } from './rate-limits.ts';
import { answerBadAddress, answerUnreadable } from './unreadable.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const SILENCE_MS = 120_000;

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      // Who went away in the middle of a request has made no fault of ours.
      const level = request.raw.socket.destroyed ? 'debug' : 'error';
      request.log[level]({ err: problem.cause ?? problem, code: problem.code }, 'request failed');
    } else if (problem.cause) {
      request.log.debug({ err: problem.cause, code: problem.code }, 'request refused');
    }
    const locale = localeOf(request.headers['accept-language']);
    if (problem.code === 'server.unavailable') void reply.header('retry-after', '2');
    return reply
      .code(problem.status)
      .header('cache-control', 'no-store')
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
      // The framework says at every start and request what nobody needs to know.
      { level: config.log.level === 'info' ? 'warn' : config.log.level },
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
      store: WindowStore,
      keyGenerator: callerOf,
    });
  }
  return app;
}
