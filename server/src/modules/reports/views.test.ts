import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  updateSavedView,
} from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';

let app: TestApp;
let manager: Caller;
let supervisor: Caller;
let agent: Caller;
beforeAll(async () => {
  app = await testApp({ worker: false });
  manager = await app.newPerson({ role: 'manager' });
  supervisor = await app.newPerson({ role: 'supervisor' });
  agent = await app.newPerson({ role: 'agent' });
});

const query = {
  period: { relative: 'last_week' as const },
  queues: [3],
  step: 'hour' as const,
  by: 'queue' as const,
};
const body = { name: '售后上周', page: 'report' as const, query };

test('a view comes back as it was kept, to its owner alone', async () => {
  const made = await app.request(createSavedView, supervisor, { body });
  expect(made).toMatchObject({
    status: 201,
    body: { ...body, isOwn: true, isShared: false, schedules: 0 },
  });
  const own = await app.request(listSavedViews, supervisor, { query: { page: 'report' } });
  expect(own.body.items.map(({ id }) => id)).toContain(made.body.id);
  expect(
    (await app.request(listSavedViews, supervisor, { query: { page: 'standards' } })).body.items,
  ).toEqual([]);
  expect((await app.request(listSavedViews, manager)).body.items.map(({ id }) => id)).not.toContain(
    made.body.id,
  );
  const taken = await app.request(updateSavedView, manager, {
    params: { id: made.body.id },
    body: { name: 'x' },
  });
  expect(taken.problem.code).toBe('view.not_found');
});

test('sharing takes the right to manage reports, and shared views are read by everybody who reads reports', async () => {
  const refused = await app.request(createSavedView, supervisor, {
    body: { ...body, isShared: true },
  });
  expect(refused.problem.code).toBe('auth.forbidden');
  const shared = await app.request(createSavedView, manager, { body: { ...body, isShared: true } });
  const seen = await app.request(listSavedViews, supervisor);
  expect(seen.body.items).toContainEqual(
    expect.objectContaining({ id: shared.body.id, isOwn: false, ownerName: manager.name }),
  );
  const params = { id: shared.body.id };
  expect(
    (await app.request(updateSavedView, supervisor, { params, body: { name: 'mine' } })).problem
      .code,
  ).toBe('view.not_yours');
  expect((await app.request(deleteSavedView, supervisor, { params })).problem.code).toBe(
    'view.not_yours',
  );
  const unshared = await app.request(updateSavedView, manager, {
    params,
    body: { isShared: false },
  });
  expect(unshared.body).toMatchObject({ isShared: false, query });
  expect((await app.request(deleteSavedView, manager, { params })).status).toBe(204);
  expect((await app.request(listSavedViews, manager)).body.items).toEqual([]);
});

test('who reads no reports keeps no views', async () => {
  expect((await app.request(createSavedView, agent, { body })).problem.code).toBe('auth.forbidden');
  expect((await app.request(listSavedViews, agent)).problem.code).toBe('auth.forbidden');
});

test('a view without a usable period is refused with the field that is wrong', async () => {
  const period = { from: '2026-11-05', to: '2026-11-01' };
  const answer = await app.request(createSavedView, manager, {
    body: { ...body, query: { ...query, period } },
  });
  expect(answer).toMatchObject({ status: 422, problem: { code: 'request.invalid' } });
});
