import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Locale } from '@yingda/contract';
import { Problem } from '../../../../kernel/problem.ts';
import { systemCtx } from '../../../../platform/ctx.ts';
import type { Http } from '../../../../platform/http/handle.ts';
import { widgetForDemo } from '../service/widgets.ts';

const folder = fileURLToPath(new URL('../../../../../../widget/', import.meta.url));

type Asset = { changedAt: number; body: Buffer; gzip: Buffer; etag: string };
const assets = new Map<string, Asset>();

/** A file of the widget's, read again when it was built anew. */
function assetOf(path: string): Asset {
  const changedAt = statSync(folder + path, { throwIfNoEntry: false })?.mtimeMs;
  if (changedAt === undefined) throw new Problem('request.not_found');
  const held = assets.get(path);
  if (held?.changedAt === changedAt) return held;
  const body = readFileSync(folder + path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const asset = { changedAt, body, gzip: gzipSync(body, { level: 9 }), etag };
  assets.set(path, asset);
  return asset;
}

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { path, type }: { path: string; type: string },
): FastifyReply {
  const { body, gzip, etag } = assetOf(path);
  void reply
    .header('etag', etag)
    .header('vary', 'accept-encoding')
    .header('cache-control', 'public, max-age=300, stale-while-revalidate=86400')
    .type(`${type}; charset=utf-8`);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const zips = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return zips ? reply.header('content-encoding', 'gzip').send(gzip) : reply.send(body);
}

/** The strictest policy a shop may have; the widget must live under it. */
const shopPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

type Texts = Record<string, string>;

function shopTexts(locale: Locale): Texts {
  const file = assetOf(`demo/locales/${locale}.json`).body.toString('utf8');
  const sections = Object.entries(JSON.parse(file) as Record<string, Texts>);
  return Object.fromEntries(
    sections.flatMap(([section, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${section}.${name}`, text]),
    ),
  );
}

/** The shop's page: its template with texts of one language and the widget's key. */
function shopPage(locale: Locale, key: string): string {
  const values: Texts = { ...shopTexts(locale), lang: locale, key };
  const page = assetOf('demo/shop.html').body.toString('utf8');
  return page.replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => escaped(values[name] ?? ''));
}

/** The widget's script, and a shop that carries it. */
export function mountPages({ raw, services }: Http): void {
  raw.get('/widget.js', async (request, reply) => {
    void reply.header('access-control-allow-origin', '*');
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    return sendAsset(request, reply, { path: 'dist/widget.js', type: 'text/javascript' });
  });
  raw.get('/demo/shop.css', async (request, reply) =>
    sendAsset(request, reply, { path: 'demo/shop.css', type: 'text/css' }),
  );
  raw.get('/demo/shop.js', async (request, reply) =>
    sendAsset(request, reply, { path: 'demo/shop.js', type: 'text/javascript' }),
  );
  raw.get('/demo', async (request, reply) => {
    const { key, lang } = request.query as { key?: unknown; lang?: unknown };
    const wanted = typeof key === 'string' ? key.slice(0, 60) : null;
    const widget = await widgetForDemo(systemCtx(services, 'demo'), wanted);
    return reply
      .header('content-security-policy', shopPolicy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(shopPage(Locale.catch('zh-CN').parse(lang), widget?.key ?? ''));
  });
}
