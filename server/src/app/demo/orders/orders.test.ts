import { beforeAll, expect, test } from 'vitest';
import { listCallbacks, listCategories, listOrders } from '@yingda/contract';
import type { OrderSummary, OrderView } from '@yingda/contract';
import { testApp } from '../../../../test/app.ts';
import type { Caller, TestApp } from '../../../../test/app.ts';
import { actorOfPerson, createDepartment, createTeam } from '../../../modules/identity/index.ts';
import { createHours } from '../../../modules/clocks/index.ts';
import { viewOrder } from '../../../modules/orders/index.ts';
import { actingAs } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { seedOrders } from './index.ts';
import { planned } from './plan.ts';

const timeZone = 'Asia/Shanghai';
const now = Date.now();
let app: TestApp;
let manager: Caller;
let orders: OrderSummary[];
let views: OrderView[];

async function personOf(teamId: string, role: 'agent' | 'handler'): Promise<Ctx> {
  const { userId } = await app.newPerson({ role, teamId });
  const actor = await actorOfPerson(app.ctx, userId);
  if (!actor) throw new Error('just made');
  return actingAs(app.ctx, actor);
}

async function departmentOf(name: string) {
  const { id } = await createDepartment(app.ctx, name);
  const team = await createTeam(app.ctx, { name: `${name}组`, departmentId: id });
  return { id, handlers: [await personOf(team.id, 'handler')] };
}

async function all(): Promise<OrderSummary[]> {
  const found: OrderSummary[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await app.request(listOrders, manager, {
      query: { scope: 'all', limit: 100, ...(cursor && { cursor }) },
    });
    found.push(...body.items);
    cursor = body.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

beforeAll(async () => {
  app = await testApp();
  const desk = await createTeam(app.ctx, { name: '售后' });
  manager = await app.newPerson({ role: 'administrator' });
  const day = [{ from: 540, to: 1260 }];
  const hours = await createHours(app.ctx, {
    name: '门店',
    timeZone,
    week: Array.from({ length: 7 }, () => day),
    specialDays: [],
  });
  await seedOrders(
    app.ctx,
    {
      timeZone,
      shopHoursId: hours.id,
      agents: [await personOf(desk.id, 'agent'), await personOf(desk.id, 'agent')],
      departments: {
        tech: await departmentOf('技术'),
        depot: await departmentOf('仓储'),
        product: await departmentOf('产品'),
      },
      conversations: new Map(),
    },
    now,
  );
  orders = await all();
  views = await Promise.all(orders.map(({ id }) => viewOrder(app.ctx, id)));
});

test('the demo has every planned order, numbered by the day it was recorded on', () => {
  expect(orders).toHaveLength(planned.length);
  expect(new Set(orders.map(({ number }) => number)).size).toBe(planned.length);
  for (const { number, createdAt } of orders) {
    const day = new Date(Date.parse(createdAt) + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(number).toMatch(new RegExp(`^W${day.replaceAll('-', '')}-000\\d$`));
  }
});

test('orders stand in every step, and their clocks run, stand still, are late and were kept', () => {
  expect(new Set(orders.map(({ stepKey }) => stepKey))).toEqual(
    new Set([
      'intake',
      'department_answer',
      'reply_customer',
      'callback',
      'closed',
      'cancelled',
      'first_contact',
      'solution',
      'root_cause',
      'follow_up',
    ]),
  );
  const clocks = new Set(views.flatMap(({ visits }) => visits.map(({ clock }) => clock)));
  for (const clock of ['running', 'late', 'paused', 'met', 'missed'])
    expect(clocks).toContain(clock);
});

test('nothing of an order happened later than now or in another order than it was done', () => {
  for (const { visits, lines } of views) {
    const entered = visits.map((visit) => Date.parse(visit.enteredAt));
    expect(entered).toEqual(entered.toSorted((a, b) => a - b));
    for (const line of lines) {
      expect(Date.parse(line.at)).toBeLessThanOrEqual(now + 120_000);
      expect(Date.parse(line.at)).toBeGreaterThanOrEqual(entered[0] ?? 0);
    }
  }
});

test('calls are due before today, today and later, chases among them', async () => {
  const { body } = await app.request(listCallbacks, manager, {
    query: { scope: 'team', limit: 100 },
  });
  expect(body.items.length).toBeGreaterThanOrEqual(8);
  expect(body.items.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['chase']));
  for (const { script, orderNumber } of body.items) expect(script).toContain(orderNumber ?? '');
});

test('complaints of a quarter have causes to learn from', async () => {
  const { body } = await app.request(listCategories, manager);
  const id = body.items.find(({ isComplaint }) => isComplaint)?.id;
  const told = views.filter(({ categoryId, form }) => categoryId === id && form.rootCause !== '');
  expect(told.length).toBeGreaterThan(20);
  expect(new Set(told.map(({ form }) => form.rootCause)).size).toBeGreaterThanOrEqual(6);
});
