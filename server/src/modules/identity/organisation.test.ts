import { getOrganisation, listAudit, updateOrganisation } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { transact } from '../../platform/ctx.ts';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { foundOrganisation } from './index.ts';

let app: TestApp;
let admin: Caller;

beforeAll(async () => {
  app = await testApp();
  const founding = { name: '旧名称', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } as const;
  await transact(app.ctx, (tx) => foundOrganisation(tx, founding));
  admin = await app.newPerson({ role: 'administrator' });
});

test('an administrator changes name, zone and language of the organisation', async () => {
  const before = await app.request(getOrganisation, admin);
  const change = { name: '新名称', timeZone: 'Europe/Berlin' };
  const after = await app.request(updateOrganisation, admin, { body: change });
  expect(after.body).toEqual({ ...before.body, ...change });
  expect((await app.request(getOrganisation, admin)).body).toEqual(after.body);
  const { body: log } = await app.request(listAudit, admin, { query: {} });
  expect(log.items[0]).toMatchObject({ action: 'organisation.changed', details: change });
});

test('a zone nobody knows is refused at its field', async () => {
  const body = { timeZone: 'Mars/North' };
  const answer = await app.request(updateOrganisation, admin, { body });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ faults: [{ path: 'timeZone', kind: 'time_zone_unknown' }] });
});

test('who may not manage teams may read it and not change it', async () => {
  const agent = await app.newPerson({ role: 'agent' });
  expect((await app.request(getOrganisation, agent)).status).toBe(200);
  expect((await app.request(updateOrganisation, agent, { body: { name: 'x' } })).status).toBe(403);
});
