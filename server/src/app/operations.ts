import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyRequest } from 'fastify';
import { may } from '../kernel/actor.ts';
import { Problem } from '../kernel/problem.ts';
import { ping } from '../platform/db/index.ts';
import { createHealth } from '../platform/health/index.ts';
import type { Http } from '../platform/http/handle.ts';
import { openApiDocument } from '../platform/http/openapi.ts';
import { createMetrics } from '../platform/metrics/index.ts';
import type { Hub } from '../platform/realtime/hub.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** A request made on this very machine, and not passed on by a proxy that runs on it. */
function isLocal({ headers, socket }: FastifyRequest): boolean {
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return LOOPBACK.test(socket.remoteAddress ?? '') && !isPassedOn;
}

/** Figures are for the operator: the machine itself, or a key that may read the audit log. */
async function requireOperator(http: Http, request: FastifyRequest): Promise<void> {
  if (isLocal(request)) return;
  if (!may(await http.actorOf(request), 'audit.read')) throw new Problem('auth.forbidden');
}

function mountHealth({ raw, services }: Http): void {
  const health = createHealth();
  health.register('database', () => ping(services.database));
  health.register('files', () => services.files.check());
  raw.get('/health', { config: { rateLimit: false } }, async (_request, reply) => {
    const report = await health.report();
    return reply.code(report.status === 'ok' ? 200 : 503).send({ ...report, version });
  });
}

function mountMetrics(http: Http, hub: Hub): void {
  const metrics = createMetrics();
  const { pool } = http.services.database;
  const answered = metrics.histogram({
    name: 'yingda_http_request_seconds',
    help: 'Time from request to answer',
    labels: ['method', 'route', 'status'],
  });
  metrics.gauge({
    name: 'yingda_sockets',
    help: 'Open WebSocket connections',
    read: () => hub.size,
  });
  metrics.gauge({
    name: 'yingda_database_waiting',
    help: 'Queries waiting for a connection',
    read: () => pool.waitingCount,
  });
  metrics.gauge({
    name: 'yingda_database_connections',
    help: 'Open database connections',
    read: () => pool.totalCount,
  });
  http.raw.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    };
    answered.observe(labels, reply.elapsedTime / 1000);
  });
  http.raw.addHook('onClose', async () => metrics.stop());
  http.raw.get('/metrics', async (request, reply) => {
    await requireOperator(http, request);
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

const docsPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Yingda API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head><body><div id="reader"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

const docsStart = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reader', deepLinking: true, docExpansion: 'none', filter: true });`;

const docsPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

/** The document and a page to read it, from the reader's own package: nothing is loaded from elsewhere. */
function mountDocs({ raw }: Http): void {
  const { resolve } = createRequire(import.meta.url);
  raw.get('/api/openapi.json', async () => openApiDocument(version));
  raw.get('/api/docs', async (_request, reply) =>
    reply.header('content-security-policy', docsPolicy).type('text/html').send(docsPage),
  );
  raw.get('/api/docs/start.js', async (_request, reply) =>
    reply.type('text/javascript').send(docsStart),
  );
  const files = { 'swagger-ui-bundle.js': 'text/javascript', 'swagger-ui.css': 'text/css' };
  for (const [name, type] of Object.entries(files)) {
    raw.get(`/api/docs/${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=86400')
        .send(readFileSync(resolve(`swagger-ui-dist/${name}`))),
    );
  }
}

/** What operators and integrators ask of a process: health, figures, the interface's description. */
export function mountOperations(http: Http, hub: Hub): void {
  mountHealth(http);
  mountMetrics(http, hub);
  mountDocs(http);
}
