import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import type { RouteSpec } from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { signToken } from '../src/platform/secrets/index.ts';
import { contractRoutes } from '../src/platform/http/openapi.ts';
import { createPerson, openBrowser } from '../src/modules/identity/testing.ts';
import { testApp } from './app.ts';
import type { Caller } from './app.ts';
import { addressOf, setStage } from './fuzz/stage.ts';
import type { Stage } from './fuzz/stage.ts';
import { send } from './fuzz/wire.ts';

let stage: Stage;
let url = '';
let admin: Caller;

beforeAll(async () => {
  stage = await setStage();
  url = await stage.app.address();
  admin = await stage.app.newPerson({ role: 'administrator' });
});

function inject(route: RouteSpec, headers: Record<string, string>, payload?: string | object) {
  const ids = {
    id: randomUUID(),
    token: 'x',
    key: 'x',
    name: 'x',
    noteId: randomUUID(),
    messageId: randomUUID(),
    userId: randomUUID(),
  };
  const answer = stage.app.http?.inject({
    method: route.method,
    url: addressOf(route, { params: ids }),
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  if (!answer) throw new Error('no doors');
  return answer;
}

const changing = contractRoutes().filter(
  ([, { method, access }]) => method !== 'GET' && access !== 'public' && access !== 'visitor',
);

describe('a page of somebody else', () => {
  const { cookie } = { cookie: () => stage.headersOf('administrator')['cookie'] ?? '' };
  const pages: [string, Record<string, string>][] = [
    ['by its origin', { origin: 'https://evil.example' }],
    ['by the origin of a sandbox', { origin: 'null' }],
    ['by an origin like ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['by what the browser says of it', { 'sec-fetch-site': 'cross-site' }],
    ['as a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['by saying nothing', {}],
    [
      'by the host it asked for',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ];
  test.each(pages)('is known %s, and may change nothing with the cookie', async (_, headers) => {
    const before = await stage.footprint();
    for (const [name, route] of changing) {
      const answer = await inject(route, { ...headers, cookie: cookie() }, {});
      expect([answer.statusCode, answer.json<{ code: string }>().code], name).toEqual([
        403,
        'request.origin_refused',
      ]);
    }
    expect(await stage.footprint()).toEqual(before);
  });

  test('cannot send a form that is taken for JSON', async () => {
    const { body } = await stage.app.request(contract.listTeams, admin);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/plain; application/json',
    ]) {
      const headers = { ...stage.headersOf('administrator'), 'content-type': type };
      const answer = await inject(contract.createTeam, headers, '{"name":"evil"}');
      expect(answer.statusCode, type).toBeGreaterThanOrEqual(400);
    }
    expect((await stage.app.request(contract.listTeams, admin)).body.items).toHaveLength(
      body.items.length,
    );
  });

  test('may not read what the cookie opens, as no answer to it names its origin', async () => {
    for (const path of ['/api/me', '/api/customers', '/api/openapi.json', '/health']) {
      const answer = await fetch(url + path, {
        headers: { origin: 'https://evil.example', cookie: cookie() },
      });
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
      expect(answer.headers.get('access-control-allow-credentials'), path).toBeNull();
    }
    const widget = await fetch(`${url}/api/webchat/conversation`, {
      headers: { origin: 'https://shop.example', cookie: cookie() },
    });
    expect(widget.headers.get('access-control-allow-credentials')).toBeNull();
    expect([401, 403]).toContain(widget.status);
  });
});

describe('tokens', () => {
  test('of other kinds, forged, run out or for another purpose open nothing', async () => {
    const { authSecret } = stage.app.services.config;
    const known = await stage.known();
    const ids = [known.ids.get('widget')?.[0], known.ids.get('visitor')?.[0]];
    const invitation = known.keys.find((key) => key.startsWith('yi_')) ?? '';
    const { body: reset } = await stage.app.request(contract.resetPersonPassword, admin, {
      params: { id: (await stage.app.newPerson()).userId },
    });
    const purpose = 'webchat.visitor';
    const wrong = [
      invitation,
      new URL(reset.url).searchParams.get('token') ?? reset.url.split('/').at(-1) ?? '',
      authSecret,
      stage.widgetKey,
      stage.headersOf('administrator')['cookie']?.split('=')[1] ?? '',
      `yv_${signToken('a'.repeat(40), ids, { purpose })}`,
      `yv_${signToken(authSecret, ids, { purpose: 'other' })}`,
      `yv_${signToken(authSecret, ids, { purpose, expiresAt: new Date(Date.now() - 1) })}`,
      `yv_${signToken(authSecret, { admin: true }, { purpose })}`,
      'yd_',
      `yd_${'A'.repeat(43)}`,
      'undefined',
      'null',
      '[object Object]',
    ];
    for (const token of wrong) {
      for (const route of [contract.getMe, contract.getVisitorConversation, contract.uploadFile]) {
        const answer = await inject(
          route,
          { authorization: `Bearer ${token}` },
          route.method === 'POST' ? {} : undefined,
        );
        expect([answer.statusCode, answer.json<{ code: string }>().code], token).toEqual([
          401,
          'auth.token_invalid',
        ]);
      }
    }
  });

  test('of visitors open no route of people, keys none of visitors', async () => {
    for (const [name, route] of contractRoutes()) {
      if (route.access === 'public') continue;
      const who = route.access === 'visitor' ? 'key' : 'visitor';
      const answer = await inject(route, stage.headersOf(who), route.body ? {} : undefined);
      expect([answer.statusCode, answer.json<{ code: string }>().code], name).toEqual([
        403,
        'auth.forbidden',
      ]);
    }
  });
});

describe('ways out and in', () => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'https:evil.example',
    'http://127.0.0.1@evil.example',
  ];
  test('lead nobody to another site', async () => {
    const { app } = stage;
    const email = `${randomUUID()}@example.com`;
    await createPerson(app.ctx, { email, password: 'a-good-long-password' });
    for (const target of elsewhere) {
      const browser = openBrowser(app.http as never, app.services.config.baseUrl);
      const fields = {
        email,
        password: 'a-good-long-password',
        callbackURL: target,
        redirectTo: target,
        errorCallbackURL: target,
      };
      for (const path of [
        'sign-in/email',
        'sign-in/social',
        'request-password-reset',
        'sign-out',
      ]) {
        const answer = await browser.post(`/api/auth/${path}`, { ...fields, provider: 'oidc' });
        expect(answer.location ?? '', `${path} ${target}`).not.toMatch(/evil|javascript/);
        expect(JSON.stringify(answer.body)).not.toMatch(/evil|javascript:/);
      }
    }
    for (const path of [
      '//evil.example/%2f..',
      '/\\evil.example/',
      '/api/auth/callback/oidc?error=x&callbackURL=//evil.example',
      '/sign-in?next=//evil.example',
    ]) {
      const answer = await send(
        url,
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer?.headers.get('location') ?? '', path).not.toMatch(/evil/);
    }
  });

  test('take no header from what was sent', async () => {
    const paths = [
      '/api/auth/callback/oidc?error=a%0d%0aSet-Cookie:%20x=1&state=%0d%0aX-Evil:%201',
      '/demo?key=%0d%0aX-Evil:%201&lang=%0d%0aX-Evil:%201',
      '/api/webchat/widgets/%0d%0aX-Evil:%201',
      '/%0d%0aX-Evil:%201',
    ];
    for (const path of paths) {
      const answer = await send(
        url,
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: evil\r\n\r\n`,
      );
      expect([...(answer?.headers.keys() ?? [])]).not.toContain('x-evil');
      expect(answer?.headers.get('set-cookie') ?? '').not.toContain('x=1');
      expect(answer?.headers.get('x-request-id')).not.toBe('evil');
    }
  });

  test('are named by our own address, whatever host was asked for', async () => {
    const { app } = stage;
    const body = { email: `${randomUUID()}@example.com`, name: '新人', teamIds: [], grants: [] };
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const made = await app.request(contract.invitePerson, admin, { body, headers });
    expect(made.body.url).toMatch(new RegExp(`^${app.services.config.baseUrl}/`));
  });

  test('climb out of no folder', async () => {
    const climbs = [
      '/../package.json',
      '/../../server/package.json',
      '/assets/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/%2e%2e%5cpackage.json',
      '/assets/..%5c..%5cpackage.json',
      '/....//package.json',
      '/widget.js/../../package.json',
      '/api/docs/../../../package.json',
      '/api/docs/..%2f..%2fpackage.json',
      '/demo/..%2fpackage.json',
      '/demo/shop.css%00.html',
      '/.env',
      '/.git/config',
      '/data/secret',
      '/%00',
    ];
    for (const path of climbs) {
      const answer = await send(
        url,
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer?.body ?? '', path).not.toMatch(/"workspaces"|"name": "@?yingda|\[core\]/);
      expect(answer?.status, path).toBeLessThan(500);
    }
  });
});

describe('who only says to be somebody', () => {
  test('by a forwarded address stays who it is, also when guessing passwords', async () => {
    const app = await testApp({ config: { rateLimit: true } });
    const email = `${randomUUID()}@example.com`;
    await createPerson(app.ctx, { email, password: 'a-good-long-password' });
    const { baseUrl } = app.services.config;
    const guess = (password: string, at: number) =>
      app.http?.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: {
          origin: baseUrl,
          'x-forwarded-for': `192.0.2.${at}`,
          forwarded: `for=192.0.2.${at}`,
          'x-real-ip': `192.0.2.${at}`,
          'x-yingda-client': `192.0.2.${at}`,
        },
        payload: { email, password },
      });
    const codes = [];
    for (let at = 0; at < 14; at += 1)
      codes.push((await guess(`wrong-password-${at}`, at))?.json<{ code: string }>().code);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('auth.wrong_credentials'));
    expect(codes.slice(10)).toEqual(Array(4).fill('request.too_many'));
    expect((await guess('a-good-long-password', 99))?.statusCode).toBe(429);
  });

  test('by a proxy on this machine is no operator', async () => {
    const answers = await Promise.all([
      fetch(`${url}/metrics`),
      fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } }),
      fetch(`${url}/metrics`, { headers: { forwarded: 'for=127.0.0.1' } }),
      fetch(`${url}/metrics`, {
        headers: { 'x-forwarded-for': '::1', ...stage.headersOf('agent') },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 403]);
  });
});

describe('headers that protect', () => {
  test('stand on every page and answer', async () => {
    for (const path of [
      '/',
      '/demo',
      '/api/docs',
      '/api/me',
      '/widget.js',
      '/nowhere',
      '/api/setup',
    ]) {
      const { headers, status } = await fetch(url + path, { headers: { accept: 'text/html' } });
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      expect(headers.get('x-powered-by'), path).toBeNull();
      expect(headers.get('server'), path).toBeNull();
      if (status !== 200 || !headers.get('content-type')?.includes('html')) continue;
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toMatch(/default-src '(self|none)'/);
      expect(policy, path).not.toMatch(/script-src[^;]*'unsafe-inline'/);
      expect(policy, path).toMatch(/frame-ancestors/);
    }
  });

  test('keep answers meant for one person out of caches', async () => {
    for (const route of [contract.getMe, contract.listCustomers, contract.listKeys]) {
      const { headers } = await stage.app.request(route, admin);
      expect(headers['cache-control']).toBe('no-store');
    }
    const { headers } = await stage.app.request(contract.getMe, null);
    expect(headers['cache-control']).toBe('no-store');
  });
});
