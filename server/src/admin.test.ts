import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMe, listAudit, listPeople, listQueues } from '@yingda/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../test/app.ts';
import { testDatabase } from '../test/database.ts';
import { openBrowser } from './modules/identity/testing.ts';
import type { Database } from './platform/db/index.ts';

/** What a command says is heard when the outbox is next read. */
const patience = { timeout: 60_000 };
const file = join(import.meta.dirname, 'admin.ts');
let database: Database;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'yingda-test-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

type Ended = { code: number; output: string; faults: string };

function admin(...words: string[]): Promise<Ended> {
  // Not the environment of the test runner, which sets names of ours (BASE_URL).
  const { PATH } = process.env;
  const env = { PATH, DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...words], { env, cwd: dataDir }, (error, output, faults) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, faults });
    });
  });
}

function said({ output }: Ended): Record<string, string> {
  return JSON.parse(output) as Record<string, string>;
}

test('an operator sets the product up, resets a password and makes a key without a browser', async () => {
  const email = 'boss@example.com';
  const made = await admin('create', '--email', email, '--name', '老板', '--json');
  expect(made).toMatchObject({ code: 0, faults: '' });
  const { password } = said(made);
  const again = await admin('create', '--email', email, '--name', '老板');
  expect(again.code).toBe(1);
  expect(again.output).toBe('');

  // Started only now: what was said before a first start must not be lost.
  const app = await testApp({ database });
  if (!app.http) throw new Error('no doors');
  const browser = openBrowser(app.http, app.services.config.baseUrl);
  expect((await browser.signIn(email, password ?? '')).status).toBe(200);
  const caller = () => ({ userId: '', name: '', headers: browser.headers() });
  expect((await app.request(getMe, caller())).status).toBe(200);
  await expect
    .poll(async () => (await app.request(listQueues, caller())).body.items.length, patience)
    .toBe(1);

  // Beside the running product.
  const reset = said(await admin('reset-password', '--email', email, '--json'));
  await expect.poll(async () => (await app.request(getMe, caller())).status, patience).toBe(401);
  expect((await browser.signIn(email, reset['password'] ?? '')).status).toBe(200);

  const key = said(
    await admin(
      'create-key',
      '--name',
      'sync',
      '--scopes',
      'people.manage',
      '--days',
      '30',
      '--json',
    ),
  );
  const headers = { authorization: `Bearer ${key['secret']}` };
  const people = await app.request(listPeople, { userId: '', name: '', headers });
  expect(people.body.items.map((person) => person.email)).toEqual([email]);

  const log = await app.request(listAudit, caller());
  const entries = log.body.items.filter(({ actorKind }) => actorKind === 'command');
  expect(entries.map(({ action }) => action)).toEqual([
    'key.created',
    'password.reset',
    'person.created',
  ]);
});

test('what is asked wrongly is told, with how to ask', async () => {
  expect((await admin()).output).toContain('reset-password');
  const cases = [
    ['destroy'],
    ['create', '--email', 'no address', '--name', 'x'],
    ['create', '--name', 'x'],
    ['create-key', '--name', 'x', '--scopes', 'everything'],
    ['create', '--colour', 'red'],
  ];
  for (const words of cases) {
    const { code, faults, output } = await admin(...words);
    expect([words, code, output]).toEqual([words, 2, '']);
    expect(faults).toContain('npm run admin');
  }
  const unknown = await admin('reset-password', '--email', 'nobody@example.com');
  expect(unknown.code).toBe(1);
  expect(unknown.faults).not.toContain('at ');
});
