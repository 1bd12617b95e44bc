import { createHmac } from 'node:crypto';
import {
  getMe,
  listAudit,
  listMySessions,
  resetPersonPassword,
  revokeMySession,
  updateMe,
} from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import { createPerson, openBrowser } from './testing.ts';
import type { Browser } from './testing.ts';

const password = 'correct horse battery';
let app: TestApp;
let admin: Caller;
let count = 0;

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
});

function open(): Browser {
  if (!app.http) throw new Error('no doors');
  return openBrowser(app.http, app.services.config.baseUrl);
}

async function newcomer(): Promise<{ id: string; email: string }> {
  count += 1;
  const email = `newcomer-${count}@example.com`;
  const { userId: id } = await createPerson(app.ctx, { email, password });
  return { id, email };
}

async function signedIn(): Promise<{ browser: Browser; id: string; email: string }> {
  const person = await newcomer();
  const browser = open();
  expect((await browser.signIn(person.email, password)).status).toBe(200);
  return { browser, ...person };
}

function caller(browser: Browser): Caller {
  return { userId: '', name: '', headers: browser.headers() };
}

async function actionsOf(id: string): Promise<string[]> {
  const { body } = await app.request(listAudit, admin, { query: { actorId: id } });
  return body.items.map(({ action }) => action);
}

/** A code as an authenticator app shows it (RFC 6238). */
function totp(uri: string, stepsAhead = 0): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll('=', '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('signing in', () => {
  test('with the right password opens a session, says no token to scripts, and is logged', async () => {
    const { email, id } = await newcomer();
    const browser = open();
    const answer = await browser.signIn(email.toUpperCase(), password);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toContain('token');
    expect(answer.cookies.join()).toMatch(/HttpOnly/);
    expect((await app.request(getMe, caller(browser))).body.email).toBe(email);
    expect(await actionsOf(id)).toEqual(['session.started']);
  });

  test('with a wrong password or an unknown address is refused alike', async () => {
    const { email } = await newcomer();
    const wrong = await open().signIn(email, 'wrong horse battery');
    const unknown = await open().signIn('nobody@example.com', password);
    const broken = await open().signIn('not an address', password);
    for (const { status, body } of [wrong, unknown, broken]) {
      expect([status, body['code']]).toEqual([401, 'auth.wrong_credentials']);
    }
    const { body } = await app.request(listAudit, admin, { query: { action: 'session.refused' } });
    expect(body.items.map(({ subjectName }) => subjectName)).toContain(email);
  });

  test('without fitting input is a plain refusal', async () => {
    const browser = open();
    for (const body of [{}, { email: 1, password: [] }, { email: 'a@b.example' }]) {
      const answer = await browser.post('/api/auth/sign-in/email', body);
      expect(answer.status).toBe(422);
    }
  });

  test('from a foreign page is refused, with and without a cookie', async () => {
    const { browser, email } = await signedIn();
    const foreign = { origin: 'https://evil.example' };
    const answer = await open().post('/api/auth/sign-in/email', { email, password }, foreign);
    expect(answer.body['code']).toBe('request.origin_refused');
    const out = await browser.post('/api/auth/sign-out', {}, foreign);
    expect(out.body['code']).toBe('request.origin_refused');
    const change = await app.request(updateMe, caller(browser), {
      body: { name: 'X' },
      headers: foreign,
    });
    expect(change.problem.code).toBe('request.origin_refused');
    expect((await app.request(getMe, caller(browser))).status).toBe(200);
  });

  test('gives nothing beyond the open paths of the library', async () => {
    const { browser } = await signedIn();
    for (const path of ['/get-session', '/ok', '/list-sessions', '/reset-password/x', '/nothing']) {
      expect((await browser.get(`/api/auth${path}`)).body['code']).toBe('request.not_found');
    }
    for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/set-password']) {
      const answer = await browser.post(`/api/auth${path}`, { email: 'a@b.example', password });
      expect(answer.body['code']).toBe('request.not_found');
    }
  });

  test('after ten failures of one account at one place must wait', async () => {
    const limited = await testApp({ config: { rateLimit: true } });
    const email = 'guessed@example.com';
    await createPerson(limited.ctx, { email, password });
    if (!limited.http) throw new Error('no doors');
    const browser = openBrowser(limited.http, limited.services.config.baseUrl);
    for (let n = 0; n < 10; n += 1) await browser.signIn(email, 'wrong horse battery');
    const answer = await browser.signIn(email, password);
    expect([answer.status, answer.body['code']]).toEqual([429, 'request.too_many']);
  });
});

describe('sessions', () => {
  test('are listed, and another browser can be signed out', async () => {
    const { browser, email, id } = await signedIn();
    const other = open();
    await other.signIn(email, password);
    const { body } = await app.request(listMySessions, caller(browser));
    expect(body.items).toHaveLength(2);
    expect(body.items.filter(({ current }) => current)).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ ip: '127.0.0.1', userAgent: 'Test browser' });
    const target = body.items.find(({ current }) => !current);
    const params = { id: target?.id ?? '' };
    expect((await app.request(revokeMySession, caller(browser), { params })).status).toBe(204);
    expect((await app.request(getMe, caller(other))).status).toBe(401);
    expect((await app.request(getMe, caller(browser))).status).toBe(200);
    const again = await app.request(revokeMySession, caller(browser), { params });
    expect(again.problem.code).toBe('session.not_found');
    expect(await actionsOf(id)).toContain('session.revoked');
  });

  test('of others stay untouched', async () => {
    const mine = await signedIn();
    const theirs = await signedIn();
    const { body } = await app.request(listMySessions, caller(theirs.browser));
    const answer = await app.request(revokeMySession, caller(mine.browser), {
      params: { id: body.items[0]?.id ?? '' },
    });
    expect(answer.problem.code).toBe('session.not_found');
    expect((await app.request(getMe, caller(theirs.browser))).status).toBe(200);
  });

  test('end by signing out, at once', async () => {
    const { browser, id } = await signedIn();
    const before = caller(browser);
    expect((await app.request(getMe, before)).status).toBe(200);
    expect((await browser.post('/api/auth/sign-out')).status).toBe(200);
    expect((await app.request(getMe, before)).status).toBe(401);
    expect(await actionsOf(id)).toEqual(['session.ended', 'session.started']);
  });

  test('with a forged cookie open nothing', async () => {
    const { browser } = await signedIn();
    const cookie = browser.headers()['cookie'] ?? '';
    const forged = { ...browser.headers(), cookie: cookie.replace(/=.{5}/, '=AAAAA') };
    const answer = await app.request(getMe, { userId: '', name: '', headers: forged });
    expect(answer.problem.code).toBe('auth.signed_out');
  });
});

describe('passwords', () => {
  test('are changed with the current one, and other browsers are signed out', async () => {
    const { browser, email, id } = await signedIn();
    const other = open();
    await other.signIn(email, password);
    const change = (currentPassword: string, newPassword: string) =>
      browser.post('/api/auth/change-password', {
        currentPassword,
        newPassword,
        revokeOtherSessions: true,
      });
    const wrong = await change('wrong horse battery', 'purple monkey dishwasher');
    expect(wrong.body['code']).toBe('sign_in.invalid_password');
    expect((await change(password, 'password123')).body['code']).toBe('auth.password_weak');
    expect((await change(password, email)).body['code']).toBe('auth.password_weak');
    expect((await change(password, 'purple monkey dishwasher')).status).toBe(200);
    expect((await app.request(getMe, caller(other))).status).toBe(401);
    expect((await app.request(getMe, caller(browser))).status).toBe(200);
    expect((await open().signIn(email, 'purple monkey dishwasher')).status).toBe(200);
    expect(await actionsOf(id)).toContain('password.changed');
  });

  test('are set by the one-time link of an administrator, and all browsers are signed out', async () => {
    const { browser, email, id } = await signedIn();
    const link = await app.request(resetPersonPassword, admin, { params: { id } });
    const token = new URL(link.body.url).searchParams.get('token') ?? '';
    const set = (newPassword: string) =>
      open().post('/api/auth/reset-password', { token, newPassword });
    expect((await set('1234567890')).body['code']).toBe('auth.password_weak');
    expect((await set('purple monkey dishwasher')).status).toBe(200);
    expect((await set('another purple monkey')).body['code']).toBe('sign_in.invalid_token');
    expect((await app.request(getMe, caller(browser))).status).toBe(401);
    expect((await open().signIn(email, password)).status).toBe(401);
    expect((await open().signIn(email, 'purple monkey dishwasher')).status).toBe(200);
    expect(await actionsOf(id)).toContain('password.reset');
  });

  test('are set by a link that was mailed; an unknown address gets the same answer and no mail', async () => {
    const smtp = await startSmtpServer();
    const mail = { smtpUrl: smtp.url, from: 'service@example.com' };
    const mailing = await testApp({ config: { mail } });
    if (!mailing.http) throw new Error('no doors');
    const browser = openBrowser(mailing.http, mailing.services.config.baseUrl);
    await createPerson(mailing.ctx, { email: 'mei@example.com', password });
    const ask = (email: string) =>
      browser.post('/api/auth/request-password-reset', { email, redirectTo: '/reset-password' });
    const unknown = await ask('nobody@example.com');
    const known = await ask('mei@example.com');
    expect(unknown.body).toEqual(known.body);
    await expect.poll(() => smtp.mails.length).toBe(1);
    const token = /token=(\S+)/.exec(smtp.mails[0]?.text ?? '')?.[1];
    const newPassword = 'purple monkey dishwasher';
    const set = await browser.post('/api/auth/reset-password', { token, newPassword });
    expect(set.status).toBe(200);
    expect((await browser.signIn('mei@example.com', newPassword)).status).toBe(200);
    expect(smtp.mails).toHaveLength(1);
    await smtp.close();
  });

  test('without a mail server cannot be asked for by mail', async () => {
    const answer = await open().post('/api/auth/request-password-reset', {
      email: 'a@example.com',
    });
    expect(answer.body['code']).toBe('mail.not_configured');
  });
});

describe('the second step', () => {
  async function protectedPerson() {
    const person = await signedIn();
    const begun = await person.browser.post('/api/auth/two-factor/enable', { password });
    const { totpURI, backupCodes } = begun.body as { totpURI: string; backupCodes: string[] };
    const confirmed = await person.browser.post('/api/auth/two-factor/verify-totp', {
      code: totp(totpURI),
    });
    expect(confirmed.status).toBe(200);
    return { ...person, totpURI, backupCodes };
  }

  test('is asked for once an authenticator app is set up', async () => {
    const { browser, email, id, totpURI } = await protectedPerson();
    expect((await app.request(getMe, caller(browser))).body.twoFactorEnabled).toBe(true);
    const next = open();
    const first = await next.signIn(email, password);
    expect(first.body).toMatchObject({ twoFactorRedirect: true });
    expect((await app.request(getMe, caller(next))).status).toBe(401);
    const wrong = await next.post('/api/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.body['code']).toBe('sign_in.invalid_code');
    const right = await next.post('/api/auth/two-factor/verify-totp', { code: totp(totpURI) });
    expect(right.status).toBe(200);
    expect((await app.request(getMe, caller(next))).body.email).toBe(email);
    expect(await actionsOf(id)).toEqual([
      'session.started',
      'two_factor.enabled',
      'session.started',
    ]);
  });

  test('takes each backup code once', async () => {
    const { email, backupCodes } = await protectedPerson();
    const [code] = backupCodes;
    const next = open();
    await next.signIn(email, password);
    expect((await next.post('/api/auth/two-factor/verify-backup-code', { code })).status).toBe(200);
    const later = open();
    await later.signIn(email, password);
    const again = await later.post('/api/auth/two-factor/verify-backup-code', { code });
    expect(again.body['code']).toBe('sign_in.invalid_backup_code');
  });

  test('is switched off with the password', async () => {
    const { browser, email, id } = await protectedPerson();
    const wrong = await browser.post('/api/auth/two-factor/disable', { password: 'not the one' });
    expect(wrong.body['code']).toBe('sign_in.invalid_password');
    expect((await browser.post('/api/auth/two-factor/disable', { password })).status).toBe(200);
    const answer = await open().signIn(email, password);
    expect(answer.body).not.toHaveProperty('twoFactorRedirect');
    expect(await actionsOf(id)).toContain('two_factor.disabled');
  });

  test('without a first one is refused', async () => {
    const answer = await open().post('/api/auth/two-factor/verify-totp', { code: '123456' });
    expect(answer.body['code']).toBe('sign_in.invalid_two_factor_cookie');
  });
});

describe('passkeys', () => {
  test('are offered to who is signed in, for a name browsers accept', async () => {
    const { browser, email } = await signedIn();
    const { status, body } = await browser.get('/api/auth/passkey/generate-register-options');
    expect(status).toBe(200);
    expect(body).toMatchObject({ rp: { id: 'localhost' }, user: { name: email } });
    expect((await browser.get('/api/auth/passkey/list-user-passkeys')).body).toEqual([]);
    const stranger = await open().get('/api/auth/passkey/generate-register-options');
    expect(stranger.body['code']).toBe('auth.signed_out');
  });

  test('open the door to anybody who has one', async () => {
    const browser = open();
    const options = await browser.get('/api/auth/passkey/generate-authenticate-options');
    expect(options.body).toMatchObject({ rpId: 'localhost' });
    const answer = await browser.post('/api/auth/passkey/verify-authentication', {
      response: { id: 'unknown', rawId: 'unknown', type: 'public-key', response: {} },
    });
    expect(answer.body['code']).toBe('sign_in.passkey_not_found');
  });

  test('of others or with nonsense ids are not touched', async () => {
    const { browser } = await signedIn();
    for (const id of ['nonsense', 7, null]) {
      const answer = await browser.post('/api/auth/passkey/delete-passkey', { id });
      expect(answer.status).toBe(422);
    }
    const unknown = await browser.post('/api/auth/passkey/delete-passkey', {
      id: '01a207a8-af98-7e52-a715-74098babeb29',
    });
    expect(unknown.body['code']).toBe('sign_in.passkey_not_found');
  });
});

test('a person changes name and preferences', async () => {
  const { browser } = await signedIn();
  const change = (body: object) => app.request(updateMe, caller(browser), { body });
  await change({ preferences: { theme: 'dark' } });
  const { body } = await change({ name: '小林', preferences: { sound: false } });
  expect(body).toMatchObject({ name: '小林', preferences: { theme: 'dark', sound: false } });
  expect((await change({ name: ' ' })).status).toBe(422);
});
