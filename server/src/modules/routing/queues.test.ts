import * as contract from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Answer, Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import { endWork } from './service/work.ts';
import { arrive, newQueue } from './testing.ts';

/** Others may need the machine too. */
const patience = { timeout: 60_000, interval: 20 };

let app: TestApp;
let admin: Caller;
beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
});

const refused = <T>({ status, problem }: Answer<T>): string => `${status} ${problem.code}`;
const newTeam = async (name: string): Promise<string> =>
  (await app.request(contract.createTeam, admin, { body: { name } })).body.id;
const queues = async (): Promise<contract.QueueView[]> =>
  (await app.request(contract.listQueues, admin)).body.items;
const create = (body: contract.SentOf<typeof contract.createQueue, 'body'>, as = admin) =>
  app.request(contract.createQueue, as, { body });
const update = (
  id: string,
  body: contract.SentOf<typeof contract.updateQueue, 'body'>,
  as = admin,
) => app.request(contract.updateQueue, as, { params: { id }, body });
const remove = (id: string, as = admin) =>
  app.request(contract.deleteQueue, as, { params: { id } });
const newHours = async (name: string): Promise<string> => {
  const week = Array.from({ length: 7 }, () => []);
  const body = { name, timeZone: 'Asia/Shanghai', week };
  return (await app.request(contract.createHours, admin, { body })).body.id;
};

test('a new team gets a queue of its name, with a number when that is taken', async () => {
  const first = await newTeam('售后组');
  await expect
    .poll(async () => (await queues()).map(({ name }) => name), patience)
    .toContain('售后组');
  await create({ name: '投诉组', teamId: first });
  const second = await newTeam('投诉组');
  await expect
    .poll(async () => (await queues()).find(({ teamId }) => teamId === second)?.name, patience)
    .toBe('投诉组 2');
  expect((await queues()).find(({ name }) => name === '售后组')).toMatchObject({
    teamId: first,
    offerSeconds: 20,
    autoAccept: false,
    weight: 20,
    waiting: 0,
    longestWaitSince: null,
    openNow: true,
  });
});

test('a queue shows what waits, who is ready and whether it is open', async () => {
  const { teamId, queueId } = await newQueue(app.ctx);
  const view = async () => (await queues()).find(({ id }) => id === queueId);
  await arrive(app.ctx, queueId);
  await arrive(app.ctx, queueId, { waitingSince: new Date('2026-01-01T00:00:00Z') });
  expect(await view()).toMatchObject({
    waiting: 2,
    longestWaitSince: '2026-01-01T00:00:00.000Z',
    agentsReady: 0,
  });
  const agent = await app.newPerson({ teamId });
  await app.request(contract.setMyPresence, agent, { body: { state: 'ready' } });
  expect((await view())?.agentsReady).toBe(1);
  const hoursId = await newHours('从不营业');
  expect((await update(queueId, { hoursId })).body).toMatchObject({ openNow: false, hoursId });
});

test('who manages queues of one team leaves those of others alone', async () => {
  const mine = await newQueue(app.ctx);
  const other = await newQueue(app.ctx);
  const supervisor = await app.newPerson({ role: 'supervisor', teamId: mine.teamId });
  const agent = await app.newPerson({ teamId: mine.teamId });
  const input = (teamId: string) => ({ name: `Q ${newId()}`, teamId });
  expect((await create(input(mine.teamId), supervisor)).status).toBe(201);
  expect(refused(await create(input(other.teamId), supervisor))).toBe('403 auth.forbidden');
  expect(refused(await create(input(mine.teamId), agent))).toBe('403 auth.forbidden');
  expect((await update(mine.queueId, { weight: 30 }, supervisor)).body.weight).toBe(30);
  expect(refused(await update(other.queueId, { weight: 30 }, supervisor))).toBe(
    '403 auth.forbidden',
  );
  expect(refused(await remove(other.queueId, supervisor))).toBe('403 auth.forbidden');
});

test('names are taken once, and what a queue names must exist', async () => {
  const { teamId, queueId, name } = await newQueue(app.ctx);
  expect(refused(await create({ name: `queue of ${name}`, teamId }))).toBe('409 queue.name_taken');
  expect(refused(await create({ name: 'x', teamId: newId() }))).toBe('404 team.not_found');
  expect(refused(await update(queueId, { hoursId: newId() }))).toBe('404 hours.not_found');
  expect(refused(await update(newId(), { name: 'x' }))).toBe('404 queue.not_found');
});

test('a queue with work cannot be deleted, a calendar with a queue neither', async () => {
  const { queueId, name } = await newQueue(app.ctx);
  const hoursId = await newHours('办公时间');
  await update(queueId, { hoursId });
  const removeHours = () => app.request(contract.deleteHours, admin, { params: { id: hoursId } });
  expect(refused(await removeHours())).toBe('409 hours.in_use');
  const contact = await arrive(app.ctx, queueId);
  expect(refused(await remove(queueId))).toBe('409 queue.in_use');
  await transact(app.ctx, (tx) => endWork(tx, { id: contact, outcome: 'abandoned' }));
  expect((await remove(queueId)).status).toBe(204);
  expect(refused(await remove(queueId))).toBe('404 queue.not_found');
  expect((await queues()).map(({ id }) => id)).not.toContain(queueId);
  expect((await removeHours()).status).toBe(204);
  const { items } = (await app.request(contract.listAudit, admin, { query: { limit: 50 } })).body;
  const told = items.filter(({ subjectName }) => subjectName === `Queue of ${name}`);
  expect(told.map(({ action }) => action)).toEqual([
    'queue.deleted',
    'queue.changed',
    'queue.created',
  ]);
});

test('a team whose queue has work cannot be deleted; without, its queues go with it', async () => {
  const { teamId, queueId } = await newQueue(app.ctx);
  const removeTeam = () => app.request(contract.deleteTeam, admin, { params: { id: teamId } });
  const contact = await arrive(app.ctx, queueId);
  expect(refused(await removeTeam())).toBe('409 team.in_use');
  await transact(app.ctx, (tx) => endWork(tx, { id: contact, outcome: 'abandoned' }));
  expect((await removeTeam()).status).toBe(204);
  await expect
    .poll(async () => (await queues()).some((queue) => queue.teamId === teamId), patience)
    .toBe(false);
});

test('hours are checked field by field and kept by what is not mentioned', async () => {
  const week = Array.from({ length: 7 }, () => [{ from: 540, to: 1080 }]);
  const specialDays = [{ date: '2026-10-01', name: '国庆节', periods: [] }];
  const body = { name: '客服中心', timeZone: 'Asia/Shanghai', week, specialDays };
  const made = await app.request(contract.createHours, admin, { body });
  expect(made.status).toBe(201);
  const { id } = made.body;
  const change = (to: contract.SentOf<typeof contract.updateHours, 'body'>, as = admin) =>
    app.request(contract.updateHours, as, { params: { id }, body: to });
  expect((await change({ name: '客服中心（上海）' })).body).toMatchObject({ specialDays, week });
  const wrong = await change({
    timeZone: 'Mars/Olympus',
    specialDays: [...specialDays, ...specialDays],
  });
  expect(refused(wrong)).toBe('422 hours.invalid');
  expect(wrong.problem.faults).toEqual([
    { path: 'timeZone', kind: 'time_zone_unknown' },
    { path: 'specialDays.1.date', kind: 'date_twice' },
  ]);
  expect(
    refused(
      await app.request(contract.createHours, admin, {
        body: { ...body, name: '客服中心（上海）' },
      }),
    ),
  ).toBe('409 hours.name_taken');
  const agent = await app.newPerson();
  expect(refused(await change({ name: 'x' }, agent))).toBe('403 auth.forbidden');
});
