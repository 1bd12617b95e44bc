import {
  updatePerson,
  createHours,
  getOrder,
  getOrderSettings,
  listWorkCalendars,
  pauseOrder,
  resumeOrder,
  setOrderSettings,
  setRecurrence,
  setWorkCalendars,
  takeOrder,
  updateHours,
} from '@yingda/contract';
import type { OrderView } from '@yingda/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import type { SmtpServer } from '../../../test/smtp-server.ts';
import { systemCtx } from '../../platform/ctx.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { passTime, until } from './testing/time.ts';

let app: TestApp;
let centre: Centre;
let mail: SmtpServer;
const DAY = 86_400_000;
const MINUTE = 60_000;

beforeAll(async () => {
  mail = await startSmtpServer();
  app = await testApp({ config: { mail: { smtpUrl: mail.url, from: 'yingda@example.com' } } });
  centre = await openCentre(app);
});
afterAll(() => mail.close());

const linesOf = (order: OrderView, ...kinds: string[]): string[] =>
  order.lines
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, data }) => `${kind} ${String(data['level'])}`);

/** An order that waits at the technical department. */
async function atDepartment(): Promise<OrderView> {
  const { id } = await centre.record({ departmentId: centre.departmentId });
  return centre.move(id, centre.agent, { move: 'transfer' });
}

const has = (id: string, ...wanted: string[]): Promise<void> =>
  until(async () => {
    const order = await centre.read(id);
    const got = linesOf(order, 'warned', 'escalated');
    return wanted.every((one) => got.includes(one));
  });

test('warnings and escalations climb the ladder, each once, and the recorder is given the chase', async () => {
  const { id, subject, number } = await atDepartment();
  await passTime(app.ctx, id, 960 - 119);
  await has(id, 'warned 1');
  expect(await centre.read(id)).toMatchObject({ clock: 'warned' });
  await passTime(app.ctx, id, 120);
  await has(id, 'escalated 1');
  const late = await centre.read(id);
  expect(late.clock).toBe('late');
  expect(late.lines.filter(({ kind }) => kind === 'chased')).toHaveLength(1);
  const { rows: chase } = await sql<{ script: string }>`
    select script from callback where order_id = ${id} and reason = 'chase' and team_id = ${centre.deskId}
  `.execute(app.ctx.db);
  expect(chase).toHaveLength(1);
  expect(chase[0]?.script).toContain('抱歉');
  expect(chase[0]?.script).toContain(subject);
  await passTime(app.ctx, id, 240);
  await has(id, 'escalated 2');
  await passTime(app.ctx, id, 720);
  await has(id, 'escalated 3');
  await passTime(app.ctx, id, 30 * 1440);
  const done = await centre.read(id);
  expect(linesOf(done, 'warned', 'escalated')).toEqual([
    'warned 1',
    'escalated 1',
    'escalated 2',
    'escalated 3',
  ]);
  const answered = await centre.move(id, centre.handler, { move: 'answer', result: '好了' });
  expect(answered.visits.at(-2)).toMatchObject({ stepKey: 'department_answer', clock: 'missed' });
  // Handler and recorder, then the lead of the team, then whoever manages all orders.
  await until(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from order_notice where order_id = ${id} and state <> 'sent'
    `.execute(app.ctx.db);
    return rows[0]?.n === 0;
  });
  const { rows } = await sql<{ to: string; level: number; kind: string }>`
    select u.id as to, n.level, n.kind from order_notice n join app_user u on u.id = n.user_id
    where n.order_id = ${id} order by n.at, n.level
  `.execute(app.ctx.db);
  const told = (kind: string, level: number) =>
    rows.filter((row) => row.kind === kind && row.level === level).map((row) => row.to);
  expect(told('warned', 1)).toEqual(expect.arrayContaining([centre.handler.userId]));
  expect(new Set(told('escalated', 1))).toEqual(
    new Set([...told('warned', 1), centre.agent.userId]),
  );
  expect(told('escalated', 2)).toEqual([centre.lead.userId]);
  expect(told('escalated', 3)).toContain(centre.manager.userId);
  expect(mail.mails.filter(({ text }) => text.includes(number)).length).toBeGreaterThan(0);
});

test('a paused clock stands still and goes on with the remainder', async () => {
  const { agent, handler } = centre;
  const { id, version } = await atDepartment();
  await passTime(app.ctx, id, 900);
  await has(id, 'warned 1');
  const deed = { params: { id } };
  const pause = { version, reason: 'third_party' as const };
  const paused = await app.request(pauseOrder, handler, { ...deed, body: pause });
  expect(paused.body).toMatchObject({ clock: 'paused', dueAt: null, pausedFor: 'third_party' });
  const twice = await app.request(pauseOrder, handler, {
    ...deed,
    body: { ...pause, version: version + 1 },
  });
  expect(twice.problem.code).toBe('order.already_paused');
  // A week goes by, and nothing is late.
  await passTime(app.ctx, id, 7 * 1440);
  const resumed = await app.request(resumeOrder, handler, {
    ...deed,
    body: { version: version + 1 },
  });
  expect(resumed.body).toMatchObject({ clock: 'warned', pausedFor: null });
  const left = Date.parse(resumed.body.dueAt ?? '') - Date.now();
  expect(Math.abs(left - 60 * MINUTE)).toBeLessThan(10_000);
  const again = await app.request(resumeOrder, agent, { ...deed, body: { version: version + 2 } });
  expect(again.problem.code).toBe('order.not_paused');
  await passTime(app.ctx, id, 61);
  await has(id, 'escalated 1');
  expect(linesOf(await centre.read(id), 'warned')).toEqual(['warned 1']);
});

test('when its calendar changes a running clock is reckoned anew, and its timer moves', async () => {
  const { admin, techTeamId } = centre;
  const always = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);
  const hours = { name: `技术部 ${Date.now()}`, timeZone: 'Asia/Shanghai', week: always };
  const { body: own } = await app.request(createHours, admin, {
    body: { ...hours, specialDays: [] },
  });
  await app.request(setWorkCalendars, admin, {
    body: { items: [{ teamId: techTeamId, departmentId: null, hoursId: own.id }] },
  });
  expect((await app.request(listWorkCalendars, admin)).body.items).toHaveLength(1);
  const order = await atDepartment();
  const since = Date.parse(order.stepSince);
  expect(Date.parse(order.dueAt ?? '') - since).toBe(960 * MINUTE);
  // Half of every day is free now: sixteen hours of work take more than a day.
  const half = Array.from({ length: 7 }, () => [{ from: 0, to: 720 }]);
  await app.request(updateHours, admin, { params: { id: own.id }, body: { week: half } });
  await until(async () => (await centre.read(order.id)).dueAt !== order.dueAt);
  const moved = await centre.read(order.id);
  expect(Date.parse(moved.dueAt ?? '') - since).toBeGreaterThanOrEqual(960 * MINUTE + DAY / 2);
  const { rows } = await sql<{ due_at: Date }>`
    select due_at from timer where kind = 'order.alarm' and payload ->> 'orderId' = ${order.id}
  `.execute(app.ctx.db);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.due_at.getTime()).toBeLessThan(Date.parse(moved.dueAt ?? ''));
  await app.request(setWorkCalendars, admin, { body: { items: [] } });
  await until(async () => (await centre.read(order.id)).dueAt === order.dueAt);
});

test('without hours of anybody clocks run from Monday to Friday, 9 to 18', async () => {
  const { admin } = centre;
  const { body: settings } = await app.request(getOrderSettings, admin);
  await app.request(setOrderSettings, admin, { body: { ...settings, hoursId: null } });
  const { dueAt } = await centre.record();
  const zone = { timeZone: 'Asia/Shanghai', hourCycle: 'h23', weekday: 'short', hour: '2-digit' };
  const parts = new Intl.DateTimeFormat('en-US', zone as Intl.DateTimeFormatOptions);
  const [weekday, , hour] = parts.formatToParts(new Date(dueAt ?? '')).map(({ value }) => value);
  expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']).toContain(weekday);
  expect(Number(hour)).toBeGreaterThanOrEqual(9);
  expect(Number(hour)).toBeLessThanOrEqual(18);
  await app.request(setOrderSettings, admin, { body: settings });
});

test('an order whose owner leaves goes back to the inbox of the team, with a line', async () => {
  const { admin, techTeamId } = centre;
  const leaver = await app.newPerson({ role: 'handler', teamId: techTeamId });
  const { id, version } = await atDepartment();
  await app.request(takeOrder, leaver, { params: { id }, body: { version } });
  const gone = { params: { id: leaver.userId }, body: { active: false } };
  expect((await app.request(updatePerson, admin, gone)).status).toBe(200);
  await until(async () => (await centre.read(id)).ownerId === null);
  const order = await centre.read(id);
  expect(order.ownerTeamId).toBe(techTeamId);
  expect(order.lines.at(-1)).toMatchObject({
    kind: 'taken',
    data: { name: null, left: leaver.name },
  });
  expect(order.dueAt).not.toBeNull();
  const { status } = await app.request(getOrder, centre.handler, { params: { id } });
  expect(status).toBe(200);
});

test('a recurring order is recorded again at its time', async () => {
  const { id, subject } = await centre.record({ subject: `月度巡检 ${Date.now()}` });
  const rule = { every: 'month' as const, interval: 1, from: '2026-01-31', at: '09:00' };
  const set = await app.request(setRecurrence, centre.agent, {
    params: { id },
    body: { recurrence: rule },
  });
  expect(set.body.recurrence).toMatchObject(rule);
  await sql`
    update timer set due_at = now(), run_at = now() where kind = 'order.recur' and key = ${id}
  `.execute(systemCtx(app.services, 'test').db);
  await until(async () => (await centre.read(id)).links.length === 1);
  const { links, recurrence } = await centre.read(id);
  expect(links[0]?.order).toMatchObject({
    subject,
    stepKey: 'intake',
    recorderId: centre.agent.userId,
  });
  expect(Date.parse(recurrence?.nextAt ?? '')).toBeGreaterThan(Date.now());
  const off = await app.request(setRecurrence, centre.agent, {
    params: { id },
    body: { recurrence: null },
  });
  expect(off.body.recurrence).toBeNull();
});
