import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../kernel/problem.ts';

const webRoot = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

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

/** The web app: its files, and its page at every address that is neither a file nor the API's. */
export async function mountSite(server: FastifyInstance): Promise<void> {
  if (!existsSync(`${webRoot}index.html`)) return;
  const page = readFileSync(`${webRoot}index.html`, 'utf8');
  await server.register(fastifyStatic, {
    root: webRoot,
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
  });
  server.get('/*', (request, reply) => {
    const wantsPage =
      !/^\/(api|health|metrics)\b/.test(request.url) && !/\.\w{1,5}($|\?)/.test(request.url);
    if (!wantsPage) throw new Problem('request.not_found');
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy)
      .header('cache-control', 'no-cache')
      .send(page);
  });
}
