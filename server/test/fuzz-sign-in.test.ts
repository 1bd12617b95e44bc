import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createPerson, createSessionToken } from '../src/modules/identity/testing.ts';
import { testApp } from './app.ts';
import type { TestApp } from './app.ts';
import { wrongValues } from './fuzz/generate.ts';
import { verdictOn } from './fuzz/verdict.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 40);
const seed = Number(
  process.env['FUZZ_SEED'] ?? (process.env['FUZZ_RUNS'] ? Date.now() % 2 ** 31 : 20_260_504),
);
const PASSWORD = 'correct-horse-battery';

let app: TestApp;
let email = '';
let userId = '';

beforeAll(async () => {
  process.stdout.write(`fuzz: seed ${seed}, ${runs} runs\n`);
  app = await testApp({
    config: { mail: { smtpUrl: 'smtp://127.0.0.1:9', from: 'a@example.com' } },
  });
  email = `${randomUUID()}@example.com`;
  ({ userId } = await createPerson(app.ctx, { email, password: PASSWORD }));
});

/** The open paths of the sign-in library and the fields they may read. */
const paths: Record<string, string[]> = {
  'sign-in/email': ['email', 'password', 'rememberMe', 'callbackURL'],
  'sign-in/social': ['provider', 'callbackURL', 'scopes', 'idToken', 'additionalData'],
  'callback/oidc': ['code', 'state', 'error', 'error_description', 'user'],
  'sign-out': [],
  'change-password': ['currentPassword', 'newPassword', 'revokeOtherSessions'],
  'request-password-reset': ['email', 'redirectTo'],
  'reset-password': ['token', 'newPassword'],
  'two-factor/enable': ['password', 'issuer'],
  'two-factor/disable': ['password'],
  'two-factor/get-totp-uri': ['password'],
  'two-factor/verify-totp': ['code', 'trustDevice'],
  'two-factor/verify-backup-code': ['code', 'disableSession', 'trustDevice'],
  'two-factor/generate-backup-codes': ['password'],
  'passkey/generate-register-options': ['name', 'authenticatorAttachment'],
  'passkey/verify-registration': ['response', 'name'],
  'passkey/generate-authenticate-options': ['email'],
  'passkey/verify-authentication': ['response'],
  'passkey/list-user-passkeys': [],
  'passkey/delete-passkey': ['id'],
  'passkey/update-passkey': ['id', 'name'],
};

const credential = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: {
    clientDataJSON: 'e30',
    attestationObject: 'o2NmbXQ',
    authenticatorData: 'AA',
    signature: 'AA',
    userHandle: 'AA',
    transports: ['usb'],
  },
};

function valueOf(field: string) {
  const right: Record<string, unknown[]> = {
    email: [email, 'nobody@example.com'],
    password: [PASSWORD],
    currentPassword: [PASSWORD],
    newPassword: ['another-long-password'],
    response: [credential, { ...credential, response: {} }],
    code: ['123456'],
    id: [randomUUID(), userId],
    token: ['x'.repeat(40)],
    provider: ['oidc', 'google'],
  };
  const fitting = right[field] ?? ['x', true];
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...fitting) },
    fc.constantFrom(...wrongValues),
  );
}

const cookieOf = async (): Promise<string> => createSessionToken(app.ctx, userId);

function query(body: object): string {
  const pairs = Object.entries(body).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}=${encodeURIComponent(text.slice(0, 4_000).toWellFormed())}`;
  });
  return pairs.join('&');
}

test.each(Object.entries(paths))('%s answers any input as it should', async (path, fields) => {
  const body = fc.record(Object.fromEntries(fields.map((name) => [name, valueOf(name)])), {
    requiredKeys: [],
    noNullPrototype: true,
  });
  const input = fc.record({
    body,
    signedIn: fc.boolean(),
    method: fc.constantFrom('GET' as const, 'POST' as const),
  });
  const found: string[] = [];
  let cookie = await cookieOf();
  for (const { body: given, signedIn, method } of fc.sample(input, { seed, numRuns: runs })) {
    const answer = await app.http?.inject({
      method,
      url: `/api/auth/${path}${method === 'GET' ? `?${query(given)}` : ''}`,
      headers: {
        origin: app.services.config.baseUrl,
        'accept-language': 'en',
        ...(signedIn && { cookie }),
      },
      ...(method === 'POST' && { payload: given }),
    });
    if (!answer) throw new Error('no doors');
    const type = String(answer.headers['content-type'] ?? '');
    const said = { status: answer.statusCode, type, body: answer.body };
    const faults = verdictOn(said, { locale: 'en' });
    for (const fault of faults)
      found.push(
        `${method} ${path}: ${fault} with ${JSON.stringify(given).slice(0, 300)} → ${answer.body.slice(0, 200)}`,
      );
    // Signed out, or a new password: begin anew.
    if (signedIn && answer.statusCode < 400) cookie = await cookieOf();
  }
  expect(found.slice(0, 5)).toEqual([]);
});
