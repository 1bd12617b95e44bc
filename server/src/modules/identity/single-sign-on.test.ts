import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getMe, getSetup, listAudit } from '@yingda/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { createPerson, openBrowser } from './testing.ts';
import type { Browser } from './testing.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const clientId = 'yingda';

/** What the provider will say of whoever signs in next. */
let claims: Record<string, unknown> = {};
let nonce: string | null = null;
let issuer = '';
let app: TestApp;
let admin: Caller;

function idToken(): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 300 };
  const body = { iss: issuer, aud: clientId, ...times, ...(nonce && { nonce }), ...claims };
  const signed = `${encode({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encode(body)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

function answerOf(path: string): object {
  if (path === '/jwks') {
    return {
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
    };
  }
  if (path === '/token') {
    return { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token: idToken() };
  }
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

const provider = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answerOf(new URL(request.url ?? '/', 'http://x').pathname)));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = { issuer, clientId, clientSecret: 'secret', name: '公司账号' };
  app = await testApp({ config: { oidc } });
  admin = await app.newPerson({ role: 'administrator' });
});
afterAll(() => provider.close());

/** Goes to the provider and back, as a browser does; where it ends up. */
async function signInElsewhere(browser: Browser): Promise<string | null> {
  const begun = await browser.post('/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/desk',
    errorCallbackURL: '/sign-in',
  });
  const there = new URL(String(begun.body['url']));
  expect(there.origin).toBe(issuer);
  expect(there.searchParams.get('redirect_uri')).toMatch(/\/api\/auth\/callback\/oidc$/);
  nonce = there.searchParams.get('nonce');
  const query = new URLSearchParams({
    code: randomBytes(8).toString('hex'),
    state: there.searchParams.get('state') ?? '',
  });
  return (await browser.get(`/api/auth/callback/oidc?${query.toString()}`)).location;
}

function open(): Browser {
  if (!app.http) throw new Error('no doors');
  return openBrowser(app.http, app.services.config.baseUrl);
}

function meOf(browser: Browser) {
  return app.request(getMe, { userId: '', name: '', headers: browser.headers() });
}

test('people who are here already come in by the address the provider vouches for', async () => {
  await createPerson(app.ctx, { email: 'mei@example.com', name: '美' });
  expect((await app.request(getSetup, null)).body.singleSignOn).toBe('公司账号');
  claims = { sub: 'u-1', email: 'Mei@example.com', name: 'Somebody else' };
  const browser = open();
  expect(await signInElsewhere(browser)).toMatch(/\/desk$/);
  expect((await meOf(browser)).body).toMatchObject({ email: 'mei@example.com', name: '美' });
  const again = open();
  await signInElsewhere(again);
  expect((await meOf(again)).status).toBe(200);
  const log = await app.request(listAudit, admin, { query: { action: 'session.started' } });
  expect(log.body.items[0]).toMatchObject({ actorName: '美', details: { method: 'oidc' } });
});

test('strangers, the deactivated and unproven addresses stay outside', async () => {
  claims = { sub: 'u-2', email: 'stranger@example.com' };
  const stranger = open();
  expect(await signInElsewhere(stranger)).toMatch(/\/sign-in\?error=/);
  expect((await meOf(stranger)).status).toBe(401);

  await createPerson(app.ctx, { email: 'wang@example.com' });
  claims = { sub: 'u-3', email: 'wang@example.com', email_verified: false };
  const unproven = open();
  expect(await signInElsewhere(unproven)).toMatch(/error=/);
  expect((await meOf(unproven)).status).toBe(401);

  const { userId } = await createPerson(app.ctx, { email: 'gone@example.com' });
  await app.services.database.pool.query('update app_user set active = false where id = $1', [
    userId,
  ]);
  claims = { sub: 'u-4', email: 'gone@example.com' };
  const gone = open();
  expect(await signInElsewhere(gone)).toMatch(/error=ACCOUNT_DISABLED/);
  expect((await meOf(gone)).status).toBe(401);
  const log = await app.request(listAudit, admin, { query: { action: 'session.refused' } });
  expect(log.body.items.map(({ details }) => details['method'])).toEqual(['oidc', 'oidc', 'oidc']);
});

test('a token somebody else signed is refused', async () => {
  claims = { sub: 'u-1', email: 'mei@example.com', iss: 'https://evil.example' };
  const browser = open();
  expect(await signInElsewhere(browser)).toMatch(/error=/);
  expect((await meOf(browser)).status).toBe(401);
});

test('it leads back to our own pages only', async () => {
  const answer = await open().post('/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: 'https://evil.example/',
  });
  expect(answer.body['code']).toBe('request.origin_refused');
});
