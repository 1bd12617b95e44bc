import {
  createCustomer,
  createDepartment,
  createHours,
  deleteDepartment,
  deleteHours,
  deleteTeam,
  getOrganisation,
  getOrderSettings,
  mergeCustomers,
  pauseOrder,
  resumeOrder,
  setOrderSettings,
  setWorkCalendars,
  takeOrder,
  updateHours,
  updateOrganisation,
  updatePerson,
  updateTeam,
  voteOrder,
} from '@yingda/contract';
import type { OrderView, SentOf } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';
import { hoursOf, workingCalendar } from '../clocks/index.ts';
import { foundOrganisation } from '../identity/index.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, flowWithApproval, testMove, testStep } from './testing/flows.ts';
import { passTime, until } from './testing/time.ts';

/** People who leave and calendars that change while orders are on their way: each has one defined outcome. */

let app: TestApp;
let centre: Centre;
const MINUTE = 60_000;
beforeAll(async () => {
  app = await testApp();
  const organisation = { name: '英达', timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const };
  await transact(app.ctx, (tx) => foundOrganisation(tx, organisation));
  centre = await openCentre(app);
});

async function leave({ userId }: Caller): Promise<void> {
  const gone = { params: { id: userId }, body: { active: false } };
  expect((await app.request(updatePerson, centre.admin, gone)).status).toBe(200);
}

async function atDepartment(as: Caller = centre.agent): Promise<OrderView> {
  const { id } = await centre.record({ departmentId: centre.departmentId }, as);
  return centre.move(id, as, { move: 'transfer' });
}

describe('people who leave', () => {
  test("an order comes back to the recorder's team when the recorder left meanwhile, and is finished there", async () => {
    const { deskId, handler } = centre;
    const recorder = await app.newPerson({ role: 'agent', teamId: deskId });
    const colleague = await app.newPerson({ role: 'agent', teamId: deskId });
    const { id } = await atDepartment(recorder);
    await leave(recorder);
    const back = await centre.move(id, handler, { move: 'answer', result: '换件' });
    expect(back).toMatchObject({ ownerId: null, ownerTeamId: deskId, recorderName: recorder.name });
    await centre.move(id, colleague, { move: 'replied' });
    const closed = await centre.move(id, colleague, { move: 'confirmed' });
    expect(closed.status).toBe('closed');
  });

  test("a step of somebody who left goes to the inbox of the recorder's team", async () => {
    const { agent, deskId } = centre;
    const expert = await app.newPerson({ role: 'handler', teamId: centre.techTeamId });
    const definition = {
      start: 'ask',
      steps: [
        testStep({
          key: 'ask',
          kind: 'work' as const,
          owner: { rule: 'recorder' as const },
          moves: [testMove({ key: 'to_expert', to: 'expert' })],
        }),
        testStep({
          key: 'expert',
          kind: 'work' as const,
          owner: { rule: 'person' as const, userId: expert.userId },
          moves: [testMove({ key: 'finish', to: 'done' })],
        }),
        testStep({ key: 'done', kind: 'end' as const }),
      ],
    };
    const categoryId = await categoryOn(centre, 'expert', definition);
    const held = await centre.record({ categoryId });
    const later = await centre.record({ categoryId });
    const atExpert = await centre.move(held.id, agent, { move: 'to_expert' });
    expect(atExpert).toMatchObject({ ownerId: expert.userId, ownerTeamId: null });
    await leave(expert);
    await until(async () => (await centre.read(held.id)).ownerId === null);
    expect(await centre.read(held.id)).toMatchObject({ ownerTeamId: deskId });
    const sent = await centre.move(later.id, agent, { move: 'to_expert' });
    expect(sent).toMatchObject({ ownerId: null, ownerTeamId: deskId });
    for (const { id } of [held, later]) {
      expect(await centre.move(id, agent, { move: 'finish' })).toMatchObject({ status: 'closed' });
    }
  });

  test('a paused order of somebody who left stays paused, and a colleague goes on with it', async () => {
    const { handler, techTeamId } = centre;
    const leaver = await app.newPerson({ role: 'handler', teamId: techTeamId });
    const { id, version } = await atDepartment();
    const params = { id };
    await app.request(takeOrder, leaver, { params, body: { version } });
    const pause = { version: version + 1, reason: 'customer' as const };
    await app.request(pauseOrder, leaver, { params, body: pause });
    await leave(leaver);
    await until(async () => (await centre.read(id)).ownerId === null);
    const order = await centre.read(id);
    expect(order).toMatchObject({
      clock: 'paused',
      pausedFor: 'customer',
      ownerTeamId: techTeamId,
    });
    const resumed = await app.request(resumeOrder, handler, {
      params,
      body: { version: order.version },
    });
    expect(resumed.body).toMatchObject({ clock: 'running', pausedFor: null });
  });

  test('who manages all orders votes in the place of an approver who left', async () => {
    const { agent, manager, lead } = centre;
    const approver = await app.newPerson({ role: 'handler', teamId: centre.techTeamId });
    const definition = flowWithApproval('all', [approver.userId]);
    const categoryId = await categoryOn(centre, 'left', definition);
    const { id } = await centre.record({ categoryId });
    const { version } = await centre.move(id, agent, { move: 'submit' });
    await leave(approver);
    const vote = (as: Caller) =>
      app.request(voteOrder, as, { params: { id }, body: { version, approve: true } });
    expect((await vote(agent)).problem.code).toBe('order.not_asked');
    expect((await vote(lead)).status).toBe(404);
    expect((await vote(manager)).body).toMatchObject({ status: 'closed' });
  });

  test('teams and departments with orders or calls are not deleted', async () => {
    const { admin, departmentId, techTeamId, deskId } = centre;
    await atDepartment();
    const remove = (id: string) => app.request(deleteTeam, admin, { params: { id } });
    expect((await remove(techTeamId)).problem.code).toBe('team.in_use');
    expect((await remove(deskId)).problem.code).toBe('team.in_use');
    const department = await app.request(deleteDepartment, admin, { params: { id: departmentId } });
    expect(department.problem.code).toBe('department.in_use');
  });

  test('orders follow a customer who turns out to be another', async () => {
    const { agent } = centre;
    const make = async (name: string) =>
      (await app.request(createCustomer, agent, { body: { name } })).body.id;
    const [into, other] = [await make('李雷'), await make('李磊')];
    const { id } = await centre.record({ customerId: other });
    await app.request(mergeCustomers, agent, { params: { id: into }, body: { otherId: other } });
    await until(async () => (await centre.read(id)).customerId === into);
  });
});

describe('calendars that change while clocks run', () => {
  type Hours = SentOf<typeof createHours, 'body'>;
  const day = (from: number, to: number) => Array.from({ length: 7 }, () => [{ from, to }]);

  /** Hours of the technical team, day and night until they are changed. */
  async function ownHours(): Promise<{ id: string; change(to: Partial<Hours>): Promise<void> }> {
    const { admin, techTeamId } = centre;
    const body = { name: `技术组 ${Date.now()}`, timeZone: 'Asia/Shanghai', week: day(0, 1440) };
    const { body: hours } = await app.request(createHours, admin, { body });
    const items = [{ teamId: techTeamId, departmentId: null, hoursId: hours.id }];
    await app.request(setWorkCalendars, admin, { body: { items } });
    return {
      id: hours.id,
      async change(to) {
        const answer = await app.request(updateHours, admin, {
          params: { id: hours.id },
          body: to,
        });
        if (answer.status !== 200) throw new Error(JSON.stringify(answer.problem));
      },
    };
  }

  /** When so much working time is over by the hours as they are now, reckoned apart from orders. */
  async function reckoned(hoursId: string, from: string, minutes: number): Promise<string | null> {
    const hours = (await hoursOf(app.ctx, [hoursId])).get(hoursId);
    if (!hours) throw new Error('no hours');
    const at = workingCalendar(hours).add(Date.parse(from), minutes * MINUTE);
    return at === null ? null : new Date(at).toISOString();
  }

  const timers = async (id: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from timer where kind = 'order.alarm' and payload ->> 'orderId' = ${id}
    `.execute(app.ctx.db);
    return rows[0]?.n ?? 0;
  };

  const isDue = (id: string, at: string | null): Promise<void> =>
    until(async () => (await centre.read(id)).dueAt === at);

  test('a holiday that is entered puts the deadline off by that day, and taking it away puts it back', async () => {
    const { id: hoursId, change } = await ownHours();
    const { id, stepSince, dueAt } = await atDepartment();
    expect(dueAt).toBe(await reckoned(hoursId, stepSince, 960));
    const local = (offset: number) =>
      new Date(Date.now() + 8 * 60 * MINUTE + offset * 1440 * MINUTE).toISOString().slice(0, 10);
    const free = [0, 1].map((offset) => ({ date: local(offset), name: '停产', periods: [] }));
    await change({ specialDays: free });
    const later = await reckoned(hoursId, stepSince, 960);
    expect(Date.parse(later ?? '') - Date.parse(dueAt ?? '')).toBeGreaterThan(1440 * MINUTE);
    await isDue(id, later);
    expect(await timers(id)).toBe(1);
    await change({ specialDays: [] });
    await isDue(id, dueAt);
    expect(await timers(id)).toBe(1);
  });

  test('a paused clock stands still whatever becomes of the hours, and goes on by the new ones', async () => {
    const { handler } = centre;
    const { id: hoursId, change } = await ownHours();
    const { id, version } = await atDepartment();
    await passTime(app.ctx, id, 480);
    const params = { id };
    const pause = { version, reason: 'third_party' as const };
    await app.request(pauseOrder, handler, { params, body: pause });
    await change({ week: day(540, 1080) });
    const running = await atDepartment();
    await isDue(running.id, await reckoned(hoursId, running.stepSince, 960));
    expect(await centre.read(id)).toMatchObject({ clock: 'paused', dueAt: null });
    expect(await timers(id)).toBe(0);
    const resumed = await app.request(resumeOrder, handler, {
      params,
      body: { version: version + 1 },
    });
    const { rows } = await sql<{ at: Date; leftMs: number }>`
      select running_since as at, left_ms as "leftMs" from order_visit
      where order_id = ${id} and left_at is null
    `.execute(app.ctx.db);
    const [visit] = rows;
    expect(Math.abs((visit?.leftMs ?? 0) - 480 * MINUTE)).toBeLessThan(10_000);
    const due = await reckoned(
      hoursId,
      visit?.at.toISOString() ?? '',
      (visit?.leftMs ?? 0) / MINUTE,
    );
    expect(resumed.body.dueAt).toBe(due);
  });

  test('a paused clock goes on by the hours that its team was given meanwhile', async () => {
    const { admin, handler, techTeamId } = centre;
    await ownHours();
    const { id, version } = await atDepartment();
    const params = { id };
    const pause = { version, reason: 'customer' as const };
    await app.request(pauseOrder, handler, { params, body: pause });
    const body = { name: `半天 ${Date.now()}`, timeZone: 'Asia/Shanghai', week: day(0, 720) };
    const { body: other } = await app.request(createHours, admin, { body });
    const items = [{ teamId: techTeamId, departmentId: null, hoursId: other.id }];
    await app.request(setWorkCalendars, admin, { body: { items } });
    const resume = { version: version + 1 };
    const resumed = await app.request(resumeOrder, handler, { params, body: resume });
    const { rows } = await sql<{ hoursId: string; at: Date; leftMs: number }>`
      select hours_id as "hoursId", running_since as at, left_ms as "leftMs" from order_visit
      where order_id = ${id} and left_at is null
    `.execute(app.ctx.db);
    const [visit] = rows;
    expect(visit?.hoursId).toBe(other.id);
    const left = (visit?.leftMs ?? 0) / MINUTE;
    expect(resumed.body.dueAt).toBe(await reckoned(other.id, visit?.at.toISOString() ?? '', left));
  });

  test('a team that goes to another department works by the hours of that one', async () => {
    const { admin, departmentId, techTeamId } = centre;
    const hoursOn = async (name: string, week: Hours['week']) => {
      const body = { name: `${name} ${Date.now()}`, timeZone: 'Asia/Shanghai', week };
      return (await app.request(createHours, admin, { body })).body.id;
    };
    const [whole, half] = [await hoursOn('全天', day(0, 1440)), await hoursOn('上午', day(0, 720))];
    const { body: other } = await app.request(createDepartment, admin, {
      body: { name: '电气部' },
    });
    const items = [
      { teamId: null, departmentId, hoursId: whole },
      { teamId: null, departmentId: other.id, hoursId: half },
    ];
    await app.request(setWorkCalendars, admin, { body: { items } });
    const { id, stepSince, dueAt } = await atDepartment();
    expect(dueAt).toBe(await reckoned(whole, stepSince, 960));
    const moveTo = (to: string) =>
      app.request(updateTeam, admin, { params: { id: techTeamId }, body: { departmentId: to } });
    expect((await moveTo(other.id)).status).toBe(200);
    await isDue(id, await reckoned(half, stepSince, 960));
    await moveTo(departmentId);
    await isDue(id, dueAt);
  });

  test('an order that is late by the old hours and not by the new ones is late no more, until it is', async () => {
    const { id: hoursId, change } = await ownHours();
    const order = await atDepartment();
    const { id } = order;
    const escalations = async () =>
      (await centre.read(id)).lines.filter(({ kind }) => kind === 'escalated').length;
    await passTime(app.ctx, id, 961);
    await until(async () => (await escalations()) === 1);
    expect((await centre.read(id)).clock).toBe('late');
    await change({ week: day(0, 720) });
    const { stepSince } = await centre.read(id);
    await isDue(id, await reckoned(hoursId, stepSince, 960));
    const again = await centre.read(id);
    expect(Date.parse(again.dueAt ?? '')).toBeGreaterThan(Date.now());
    expect(['running', 'warned']).toContain(again.clock);
    expect(await timers(id)).toBe(1);
    await change({ week: day(0, 1440) });
    await until(async () => (await escalations()) === 2);
    expect((await centre.read(id)).clock).toBe('late');
  });

  test('hours that are never open leave no deadline, until there are some again', async () => {
    const { id: hoursId, change } = await ownHours();
    const { id, dueAt } = await atDepartment();
    await change({ week: Array.from({ length: 7 }, () => []) });
    await isDue(id, null);
    expect(await timers(id)).toBe(0);
    const { id: young } = await atDepartment();
    expect(await centre.read(young)).toMatchObject({ dueAt: null, clock: 'running' });
    await change({ week: day(0, 1440) });
    await isDue(id, dueAt);
    await until(async () => (await centre.read(young)).dueAt !== null);
    expect([await timers(id), await timers(young)]).toEqual([1, 1]);
    const refused = await app.request(deleteHours, centre.admin, { params: { id: hoursId } });
    expect(refused.problem.code).toBe('hours.in_use');
  });

  test('another zone of the centre moves the deadlines of those without hours of their own', async () => {
    const { admin } = centre;
    await app.request(setWorkCalendars, admin, { body: { items: [] } });
    const { body: settings } = await app.request(getOrderSettings, admin);
    await app.request(setOrderSettings, admin, { body: { ...settings, hoursId: null } });
    const { id, dueAt } = await atDepartment();
    const { body: organisation } = await app.request(getOrganisation, admin);
    const move = (timeZone: string) =>
      app.request(updateOrganisation, admin, { body: { timeZone } });
    expect((await move('America/New_York')).status).toBe(200);
    await until(async () => (await centre.read(id)).dueAt !== dueAt);
    expect(await timers(id)).toBe(1);
    await move(organisation.timeZone);
    await isDue(id, dueAt);
    await app.request(setOrderSettings, admin, { body: settings });
  });
});
