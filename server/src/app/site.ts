import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from '../kernel/problem.ts';

const webRoot = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const portalRoot = fileURLToPath(new URL('../../../portal/dist/', import.meta.url));

// Ant Design writes its styles at run time; everything else comes from our own files.
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

const pageOf = (folder: string): string => readFileSync(`${folder}index.html`, 'utf8');

/** The files that a build left in a folder; its page is sent by hand. */
function filesOf(root: string, prefix: string): FastifyStaticOptions {
  return {
    root,
    prefix,
    decorateReply: false,
    wildcard: false,
    index: false,
    preCompressed: true,
    globIgnore: ['**/.vite/**', 'index.html', '**/*.gz', '**/*.br'],
    // Vite puts a hash of the content into the names under assets/.
    setHeaders: (reply, path) =>
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  };
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .header('cache-control', 'no-cache')
    .send(page);
}

/** The customer's page of an order, at its signed address: a small one of its own, for any phone. */
async function mountPortal(server: FastifyInstance): Promise<void> {
  if (!existsSync(`${portalRoot}index.html`)) return;
  const page = pageOf(portalRoot);
  await server.register(fastifyStatic, filesOf(portalRoot, '/o/'));
  server.get('/o/:token', (_request, reply) =>
    sendPage(reply.header('referrer-policy', 'no-referrer'), page),
  );
}

/** The web app: its files, and its page at every address that is neither a file nor the API's. */
export async function mountSite(server: FastifyInstance): Promise<void> {
  await mountPortal(server);
  if (!existsSync(`${webRoot}index.html`)) return;
  const page = pageOf(webRoot);
  await server.register(fastifyStatic, filesOf(webRoot, '/'));
  server.get('/*', (request, reply) => {
    const wantsPage =
      !/^\/(api|health|metrics)\b/.test(request.url) && !/\.\w{1,5}($|\?)/.test(request.url);
    if (!wantsPage) throw new Problem('request.not_found');
    return sendPage(reply, page);
  });
}
