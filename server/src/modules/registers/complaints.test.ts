import { beforeAll, expect, test } from 'vitest';
import {
  analyseComplaints,
  getOrder,
  listComplaints,
  listImprovements,
  openImprovement,
} from '@yingda/contract';
import type { ComplaintAnalysis } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { passTime } from '../orders/testing/time.ts';

let app: TestApp;
let centre: Centre;
let complaintId: string;
const DAY = 24 * 60;
const dateOf = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const month = { from: dateOf(-29), to: dateOf(0) };

async function complain(cause: string, product: string, daysAgo = 0): Promise<string> {
  const { id } = await centre.record({
    categoryId: complaintId,
    subject: `投诉 ${cause}`,
    product,
    rootCause: cause,
    departmentId: centre.departmentId,
  });
  if (daysAgo > 0) await passTime(app.ctx, id, daysAgo * DAY);
  return id;
}

async function analyse(query: object, as: Caller = centre.manager): Promise<ComplaintAnalysis> {
  const answer = await app.request(analyseComplaints, as, { query: { ...month, ...query } });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  complaintId = centre.categories.find(({ isComplaint }) => isComplaint)?.id ?? '';
  for (const cause of ['包装防护不足', ' 包装防护不足', '包装防护不足']) {
    await complain(cause, '衣柜');
  }
  await complain('Late  Delivery', '沙发');
  await complain('late delivery', '沙发', 5);
  await complain('安装不规范', '衣柜', 12);
  await complain('', '床', 3);
  await complain('包装防护不足', '衣柜', 40);
  await centre.record({ subject: '不是投诉', rootCause: '另计' });
});

test('causes are ranked, what is written alike is one, and the days before are compared', async () => {
  const { groups, total, withCause, previousTotal } = await analyse({});
  expect({ total, withCause, previousTotal }).toEqual({ total: 7, withCause: 6, previousTotal: 1 });
  expect(groups.map(({ name, count, previous }) => [name, count, previous])).toEqual([
    ['包装防护不足', 3, 1],
    [expect.stringMatching(/late +delivery/i), 2, 0],
    ['安装不规范', 1, 0],
    ['', 1, 0],
  ]);
  expect(groups.map(({ cumulative }) => Math.round(cumulative * 100))).toEqual([50, 83, 100, 100]);
});

test('complaints are split by product, department and category, and narrowed by each', async () => {
  const product = await analyse({ by: 'product' });
  expect(product.groups.map(({ name, count }) => [name, count])).toEqual([
    ['衣柜', 4],
    ['沙发', 2],
    ['床', 1],
  ]);
  const department = await analyse({ by: 'department' });
  expect(department.groups).toMatchObject([{ id: centre.departmentId, count: 7, share: 1 }]);
  const category = await analyse({ by: 'category' });
  expect(category.groups).toMatchObject([{ id: complaintId, name: '投诉', count: 7 }]);
  expect((await analyse({ product: '沙发' })).total).toBe(2);
  expect((await analyse({ departmentId: crypto.randomUUID() })).total).toBe(0);
  expect((await analyse({ complaintsOnly: 'false' })).groups.map(({ name }) => name)).toContain(
    '另计',
  );
  expect((await analyse({ product: '沙发' })).products).toEqual(['衣柜', '沙发', '床']);
});

test('every day of the period is told, those without complaints too', async () => {
  const { step, periods, total } = await analyse({});
  expect(step).toBe('day');
  expect(periods).toHaveLength(30);
  expect(periods.reduce((sum, { count }) => sum + count, 0)).toBe(total);
});

test('the complaints behind a bar are listed', async () => {
  const { body } = await app.request(listComplaints, centre.manager, {
    query: { ...month, cause: 'LATE DELIVERY', limit: 1 },
  });
  expect(body.items).toMatchObject([{ product: '沙发', status: 'open' }]);
  const { body: next } = await app.request(listComplaints, centre.manager, {
    query: { ...month, cause: 'LATE DELIVERY', limit: 1, cursor: body.nextCursor ?? '' },
  });
  expect(next.items).toHaveLength(1);
  expect(next.nextCursor).toBeNull();
  const { body: without } = await app.request(listComplaints, centre.manager, {
    query: { ...month, cause: '' },
  });
  expect(without.items).toMatchObject([{ cause: '', product: '床' }]);
});

test('an improvement is an order with the figures in it, and is no complaint itself', async () => {
  const technical = centre.categories[0]?.id ?? '';
  const { status, body } = await app.request(openImprovement, centre.manager, {
    body: {
      cause: '包装防护不足',
      ...month,
      categoryId: technical,
      departmentId: centre.departmentId,
      plan: '改用加厚护角。',
    },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ cause: '包装防护不足', status: 'open' });
  const { body: order } = await app.request(getOrder, centre.manager, {
    params: { id: body.orderId },
  });
  expect(order.form.description).toMatch(/改用加厚护角。[\s\S]*3 件[\s\S]*50%[\s\S]*1 件/);
  expect(order.form.plan).toBe('改用加厚护角。');
  const { improvements, total } = await analyse({ complaintsOnly: 'false' });
  expect(improvements).toMatchObject([{ number: order.number }]);
  // The others with a cause: six complaints, and an order that is none.
  expect(total).toBe(7);
  const { body: all } = await app.request(listImprovements, centre.manager);
  expect(all.items).toHaveLength(1);
});

test('analysis is for who leads, of the teams they lead', async () => {
  const refused = await app.request(analyseComplaints, centre.agent, { query: month });
  expect(refused.status).toBe(403);
  const lead = await app.newPerson({ role: 'supervisor', teamId: centre.deskId });
  expect((await analyse({}, lead)).total).toBe(7);
  const stranger = await app.newPerson({ role: 'supervisor', teamId: null });
  expect((await app.request(analyseComplaints, stranger, { query: month })).status).toBeLessThan(
    404,
  );
});
