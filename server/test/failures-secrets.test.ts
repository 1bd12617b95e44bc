import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPerson, openBrowser } from '../src/modules/identity/testing.ts';
import { createLogger } from '../src/platform/log/index.ts';
import { testApp } from './app.ts';
import type { Caller, TestApp } from './app.ts';
import { greet } from './fuzz/line.ts';
import { setTeam, setVisitor } from './fuzz/stage.ts';
import { upload } from './fuzz/upload.ts';

/** Everything the process said, at the level that says most. */
const lines: string[] = [];
const secrets = new Map<string, string>();
const PASSWORD = 'correct-horse-battery';

let app: TestApp;
let admin: Caller;

/** Remembers a secret; what is no text, or too short to be found, is a fault of the test. */
function keep(what: string, secret: string | undefined): string {
  if (!secret || secret.length < 8) throw new Error(`${what} is no secret: ${secret}`);
  secrets.set(what, secret);
  return secret;
}

beforeAll(async () => {
  const log = createLogger(
    { level: 'trace', format: 'json' },
    { write: (line: string) => void lines.push(line) },
  );
  app = await testApp({
    log,
    config: {
      log: { level: 'trace', format: 'json' },
      mail: { smtpUrl: 'smtp://user:hidden-mail-password@127.0.0.1:9', from: 'a@example.com' },
    },
  });
  keep('mail password', 'hidden-mail-password');
  keep('installation secret', app.services.config.authSecret);
  admin = await app.newPerson({ role: 'administrator' });
  keep('session', admin.headers['cookie']?.split('=').slice(1).join('='));
});

/** Signs in and out, rightly and wrongly, with a second step. */
async function signIn(): Promise<void> {
  const email = `${randomUUID()}@example.com`;
  await createPerson(app.ctx, { email, password: keep('password', PASSWORD) });
  const browser = openBrowser(app.http as never, app.services.config.baseUrl);
  await browser.signIn(email, keep('wrong password', 'wrong-password-typed'));
  await browser.signIn(email, PASSWORD);
  keep('cookie', browser.headers()['cookie']?.match(/session_token=([^;]+)/)?.[1]);
  const totp = await browser.post('/api/auth/two-factor/enable', { password: PASSWORD });
  keep('authenticator', new URL(String(totp.body['totpURI'])).searchParams.get('secret') ?? '');
  for (const code of totp.body['backupCodes'] as string[]) keep(`backup ${code}`, code);
  await browser.post('/api/auth/two-factor/verify-totp', { code: '12345678' });
  const newPassword = keep('new password', 'another-long-password');
  await browser.post('/api/auth/change-password', { currentPassword: PASSWORD, newPassword });
  await browser.get(
    `/api/auth/callback/oidc?code=${keep('code', randomUUID())}&state=${keep('state', randomUUID())}`,
  );
  await browser.post('/api/auth/request-password-reset', { email });
  await browser.post('/api/auth/sign-out');
}

/** Makes and uses each kind of link, key and token. */
async function useKeys(): Promise<void> {
  const body = { email: `${randomUUID()}@example.com`, name: '新人', teamIds: [], grants: [] };
  const invited = await app.request(contract.invitePerson, admin, { body });
  const token = keep('invitation', invited.body.url.split('/').at(-1));
  await app.request(contract.readInvitation, null, { params: { token } });
  const accept = {
    name: '新人',
    password: keep('first password', 'first-long-password'),
    locale: 'en' as const,
  };
  await app.request(contract.acceptInvitation, null, { params: { token }, body: accept });
  const person = await app.newPerson();
  const reset = await app.request(contract.resetPersonPassword, admin, {
    params: { id: person.userId },
  });
  const resetToken = keep(
    'reset link',
    new URL(reset.body.url).searchParams.get('token') ?? reset.body.url.split('/').at(-1),
  );
  await app.http?.inject({
    method: 'POST',
    url: `/api/auth/reset-password?token=${resetToken}`,
    headers: { origin: app.services.config.baseUrl },
    payload: { token: resetToken, newPassword: keep('reset password', 'reset-long-password') },
  });
  const made = await app.request(contract.createKey, admin, {
    body: { name: 'Key', scopes: ['customer.read'], expiresAt: null },
  });
  const headers = { authorization: `Bearer ${keep('key', made.body.secret)}` };
  await app.request(contract.listCustomers, { userId: '', name: '', headers });
  await app.request(contract.listCustomers, null, {
    headers: { authorization: `Bearer ${keep('wrong key', `yd_${randomUUID()}`)}` },
  });
}

async function chat(): Promise<void> {
  const team = await setTeam(app, admin);
  const widgets = await app.request(contract.listWidgets, admin);
  const params = { id: widgets.body.items[0]?.id ?? '' };
  const shown = await app.request(contract.revealWidgetSecret, admin, {
    params,
    body: { renew: true },
  });
  keep('widget secret', shown.body.secret);
  const visitor = await setVisitor(app, team.widgetKey);
  const url = await app.address();
  (await greet(url, {}, { token: keep('visitor', visitor.token) })).socket.terminate();
  (await greet(url, {}, { token: keep('wrong visitor', `yv_${randomUUID()}`) })).socket.terminate();
  const { file } = await upload(`${url}/api/webchat/files`, visitor.headers, {
    name: 'a.txt',
    bytes: 'x',
  });
  keep('file key', file.url.split('/').at(-2));
  await (await fetch(url + file.url)).text();
}

describe('what a log at its most talkative says', () => {
  test('holds no password, cookie, token or key', async () => {
    await signIn();
    await useKeys();
    await chat();
    const said = lines.join('');
    expect(said.match(/"answered"/g)?.length).toBeGreaterThan(10);
    const told = [...secrets].filter(
      ([, secret]) => said.includes(secret) || said.includes(encodeURIComponent(secret)),
    );
    expect(
      told.map(
        ([what, secret]) =>
          `${what}: ${lines.find((line) => line.includes(secret))?.slice(0, 300)}`,
      ),
    ).toEqual([]);
  });
});
