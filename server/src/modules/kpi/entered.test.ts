import {
  createEntries,
  createShifts,
  createTarget,
  deleteEntry,
  deleteShift,
  deleteTarget,
  getKpiSettings,
  getReport,
  listAudit,
  listEntries,
  listMembers,
  listShifts,
  listTargets,
  setKpiSettings,
  setMyPresence,
} from '@yingda/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { newQueue } from '../routing/testing.ts';

let app: TestApp;
let manager: Caller;
let agent: Caller;
let agentId: number;

const HOUR = 3_600_000;
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format();

beforeAll(async () => {
  app = await testApp();
  manager = await app.newPerson({ role: 'manager' });
  const { teamId } = await newQueue(app.ctx);
  agent = await app.newPerson({ role: 'agent', teamId });
  const { body } = await app.request(listMembers, manager, { query: { kind: 'agent' } });
  agentId = body.items.find(({ ref }) => ref === agent.userId)?.id ?? 0;
});

test('settings begin with the defaults, and a change is kept and noted', async () => {
  const { body } = await app.request(getKpiSettings, manager);
  expect(body).toMatchObject({
    serviceLevelSeconds: 20,
    ringSeconds: 5,
    timeZone: 'Asia/Shanghai',
  });
  const changed = await app.request(setKpiSettings, manager, { body: { currency: 'USD' } });
  expect(changed.body).toEqual({ ...body, currency: 'USD' });
  const wrong = await app.request(setKpiSettings, manager, { body: { serviceLevelSeconds: 21 } });
  expect(wrong.problem.faults).toEqual([{ path: 'serviceLevelSeconds', kind: 'wait_edge' }]);
  const log = await app.request(listAudit, await app.newPerson({ role: 'administrator' }), {
    query: { action: 'kpi.settings_changed' },
  });
  expect(log.body.items).toHaveLength(1);
});

test('targets are set, listed with the defaults, and removed', async () => {
  const add = (body: object) =>
    app.request(createTarget, manager, {
      body: { standard: 'service_level', validFrom: '2025-01-01', ...body },
    });
  expect((await add({ standard: 'talk_time', seconds: 20 })).problem.code).toBe(
    'kpi.target_seconds',
  );
  expect((await add({ queueId: 4711 })).problem.code).toBe('kpi.member_not_found');
  expect((await add({ queueId: agentId })).problem.code).toBe('kpi.member_not_found');
  expect((await add({ validFrom: '0001-01-01' })).problem.code).toBe('kpi.period_invalid');
  const { body: target } = await add({ low: 85, seconds: 30, note: '新目标' });
  expect(target).toMatchObject({ low: 85, seconds: 30, createdBy: manager.name });
  const { body } = await app.request(listTargets, manager);
  expect(body.items).toEqual([target]);
  expect(body.defaults.service_level).toEqual({ norm: 80, low: 80, high: null });
  const remove = () => app.request(deleteTarget, manager, { params: { id: target.id } });
  expect((await remove()).status).toBe(204);
  expect((await remove()).problem.code).toBe('kpi.target_not_found');
});

test('entries are written all or none, and listed page by page', async () => {
  const entry = (value: number, more: object = {}) =>
    ({ measure: 'grade', from: '2025-01-01', to: '2025-01-01', value, ...more }) as const;
  const add = (...entries: ReturnType<typeof entry>[]) =>
    app.request(createEntries, manager, { body: { entries } });
  expect((await add(entry(1), entry(2, { agentId: 4711 }))).problem.code).toBe(
    'kpi.member_not_found',
  );
  expect((await add(entry(1), entry(2, { teamId: newId() }))).problem.code).toBe('team.not_found');
  expect((await add(entry(1), entry(2, { from: '1066-01-01' }))).problem.code).toBe(
    'kpi.period_invalid',
  );
  expect((await add(entry(1), entry(2, { agentId }), entry(3))).status).toBe(201);
  const first = await app.request(listEntries, manager, { query: { limit: 2 } });
  const cursor = first.body.nextCursor ?? '';
  const second = await app.request(listEntries, manager, { query: { limit: 2, cursor } });
  const all = [...first.body.items, ...second.body.items];
  expect(new Set(all.map(({ value }) => value))).toEqual(new Set([1, 2, 3]));
  expect(second.body.nextCursor).toBeNull();
  const params = { id: all[0]?.id ?? '' };
  expect((await app.request(deleteEntry, manager, { params })).status).toBe(204);
  expect((await app.request(deleteEntry, manager, { params })).problem.code).toBe(
    'kpi.entry_not_found',
  );
});

test('a shift makes adherence and attendance tell something', async () => {
  await app.request(setMyPresence, agent, { body: { state: 'ready' } });
  const now = Date.now();
  const shift = {
    startsAt: new Date(now - HOUR / 60).toISOString(),
    endsAt: new Date(now + HOUR).toISOString(),
  };
  const add = (...shifts: object[]) =>
    app.request(createShifts, manager, { body: { shifts } as never });
  expect((await add({ ...shift, agentId, endsAt: shift.startsAt })).problem.code).toBe(
    'kpi.shift_invalid',
  );
  expect((await add(shift)).problem.code).toBe('kpi.member_not_found');
  const { body } = await add({ ...shift, agentId }, { ...shift, agent: '王五' });
  expect(body.items.map(({ agentName }) => agentName)).toEqual([agent.name, '王五']);
  const listed = await app.request(listShifts, manager, {
    query: { from: today, to: today, agentId },
  });
  expect(listed.body.items).toEqual([body.items[0]]);
  const read = async () => {
    const query = { from: today, to: today } as const;
    return (await app.request(getReport, manager, { query })).body.whole.total.values;
  };
  while ((await read()).attendance === null) await sleep(50);
  const params = { id: body.items[0]?.id ?? '' };
  expect((await app.request(deleteShift, manager, { params })).status).toBe(204);
  expect(await read()).toMatchObject({ attendance: null, adherence: null });
  expect((await app.request(deleteShift, manager, { params })).problem.code).toBe(
    'kpi.shift_not_found',
  );
});
