import {
  createDepartment,
  createKey,
  getMe,
  listAudit,
  listKeys,
  listPeople,
  listRoles,
  revokeKey,
  updatePerson,
} from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { builtInRoleIds } from './domain/built-in-roles.ts';

let app: TestApp;
let admin: Caller;

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
});

async function newKey(scopes: Permission[], as = admin, expiresAt: string | null = null) {
  const { status, body } = await app.request(createKey, as, {
    body: { name: '同步', scopes, expiresAt },
  });
  expect(status).toBe(201);
  const headers = { authorization: `Bearer ${body.secret}` };
  return { ...body, caller: { userId: '', name: '', headers } };
}

test('a key does what its scopes say, and no more', async () => {
  const { caller, key, secret } = await newKey(['people.manage', 'audit.read']);
  expect(secret.startsWith(key.prefix)).toBe(true);
  expect((await app.request(listPeople, caller)).status).toBe(200);
  expect((await app.request(listRoles, caller)).status).toBe(200);
  expect((await app.request(listKeys, caller)).problem.code).toBe('auth.forbidden');
  const me = await app.request(getMe, caller);
  expect(me.body.rights).toEqual({ 'people.manage': 'all', 'audit.read': 'all' });
  const { body } = await app.request(listKeys, admin);
  expect(body.items[0]).toMatchObject({ id: key.id, createdBy: admin.name });
  expect(body.items[0]?.lastUsedAt).not.toBeNull();
  expect(JSON.stringify(body)).not.toContain(secret);
});

test('a key never does what its creator may not, also later', async () => {
  const boss = await app.newPerson({ role: 'administrator' });
  const { caller } = await newKey(['people.manage'], boss);
  expect((await app.request(listPeople, caller)).status).toBe(200);
  const change = (body: object) =>
    app.request(updatePerson, admin, { params: { id: boss.userId }, body });
  await change({ grants: [{ roleId: builtInRoleIds.agent, teamId: null }] });
  expect((await app.request(listPeople, caller)).problem.code).toBe('auth.forbidden');
  await change({ active: false });
  expect((await app.request(listPeople, caller)).problem.code).toBe('auth.token_invalid');
});

test('a key that was revoked, ran out or never was opens nothing', async () => {
  const { caller, key } = await newKey(['people.manage']);
  expect((await app.request(listPeople, caller)).status).toBe(200);
  const params = { id: key.id };
  expect((await app.request(revokeKey, admin, { params })).status).toBe(204);
  expect((await app.request(listPeople, caller)).problem.code).toBe('auth.token_invalid');
  expect((await app.request(revokeKey, admin, { params })).problem.code).toBe('key.not_found');

  const soon = new Date(Date.now() + 1_500).toISOString();
  const brief = await newKey(['people.manage'], admin, soon);
  await expect
    .poll(async () => (await app.request(listPeople, brief.caller)).status, { timeout: 30_000 })
    .toBe(401);

  const headers = { authorization: 'Bearer yd_nonsense' };
  const unknown = await app.request(listPeople, { userId: '', name: '', headers });
  expect(unknown.problem.code).toBe('auth.token_invalid');
  const late = await app.request(createKey, admin, {
    body: { name: 'x', scopes: ['audit.read'], expiresAt: '2001-01-01T00:00:00Z' },
  });
  expect(late.problem.code).toBe('request.invalid');
});

test('what a key does is logged in its name', async () => {
  const { caller } = await newKey(['team.manage']);
  const made = await app.request(createDepartment, caller, { body: { name: '由程序创建' } });
  expect(made.status).toBe(201);
  const { body } = await app.request(listAudit, admin, { query: { action: 'department.created' } });
  expect(body.items[0]).toMatchObject({ actorKind: 'key', actorName: `同步 (${admin.name})` });
});
