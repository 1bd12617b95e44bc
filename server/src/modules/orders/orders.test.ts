import {
  commentOrder,
  countOrders,
  createDepartment,
  createOrder,
  createTeam,
  getBoard,
  getDueCalendar,
  getOrder,
  listOrders,
  moveOrder,
  reopenOrder,
  setOrderSettings,
  getOrderSettings,
  takeOrder,
  updateOrder,
} from '@yingda/contract';
import type { OrderView } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { houseFlowKey } from './domain/shipped-flows.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

const keys = (order: OrderView): string[] => order.moves.map(({ key }) => key);
const complaintId = (): string =>
  centre.categories.find(({ isComplaint }) => isComplaint)?.id ?? '';

test('an order goes through the whole house flow and closes when the customer confirms', async () => {
  const { agent, handler, departmentId } = centre;
  const made = await centre.record();
  expect(made.number).toMatch(/^W\d{8}-\d{4}$/);
  expect(made).toMatchObject({
    stepKey: 'intake',
    status: 'open',
    ownerId: agent.userId,
    recorderName: agent.name,
    clock: 'running',
    version: 1,
  });
  expect(Date.parse(made.dueAt ?? '') - Date.parse(made.createdAt)).toBe(120 * 60_000);
  expect(keys(made)).toEqual(['transfer', 'solve', 'cancel']);
  expect(made.moves[0]?.missing).toEqual(['department']);

  const sent = await centre.move(made.id, agent, { move: 'transfer', departmentId });
  expect(sent).toMatchObject({ stepKey: 'department_answer', ownerId: null, clock: 'running' });
  expect(Date.parse(sent.dueAt ?? '') - Date.parse(sent.stepSince)).toBe(960 * 60_000);
  expect(sent.visits.map(({ stepKey, clock }) => [stepKey, clock])).toEqual([
    ['intake', 'met'],
    ['department_answer', 'running'],
  ]);
  expect(keys(sent)).toEqual([]);
  expect(keys(await centre.read(made.id, handler))).toEqual(['answer', 'send_back']);

  const answered = await centre.move(made.id, handler, { move: 'answer', result: '更换轴承' });
  expect(answered).toMatchObject({ stepKey: 'reply_customer', handlerName: handler.name });
  expect(answered.ownerId).toBe(agent.userId);
  await centre.move(made.id, agent, { move: 'replied' });
  const closed = await centre.move(made.id, agent, { move: 'confirmed', note: '客户满意' });
  expect(closed).toMatchObject({ status: 'closed', stepKey: 'closed', dueAt: null, clock: 'none' });
  expect(closed.closedAt).not.toBeNull();
  expect(closed.lines.map(({ kind }) => kind)).toEqual([
    'created',
    'moved',
    'moved',
    'moved',
    'moved',
  ]);
  expect(closed.visits.at(-2)).toMatchObject({ stepKey: 'callback', clock: 'met' });
});

test('"not solved" sends an order back with its history, also after it was closed', async () => {
  const { agent, departmentId } = centre;
  const { id } = await centre.record({ departmentId });
  await centre.move(id, agent, { move: 'solve', result: '已远程处理' });
  await centre.move(id, agent, { move: 'replied' });
  const back = await centre.move(id, agent, { move: 'not_solved' });
  expect(back).toMatchObject({ stepKey: 'department_answer', reopened: 1, status: 'open' });
  await centre.move(id, centre.handler, { move: 'answer', result: '现场更换' });
  await centre.move(id, agent, { move: 'replied' });
  const closed = await centre.move(id, agent, { move: 'confirmed' });
  const answer = await app.request(reopenOrder, agent, {
    params: { id },
    body: { version: closed.version, note: '又坏了' },
  });
  expect(answer.body).toMatchObject({ status: 'open', reopened: 2, closedAt: null });
  expect(answer.body.stepKey).toBe('department_answer');
  expect(answer.body.visits).toHaveLength(8);
  const again = await app.request(reopenOrder, agent, {
    params: { id },
    body: { version: answer.body.version },
  });
  expect(again.problem.code).toBe('order.not_closed');
});

test('a complaint is contacted at once and needs solution, apology, compensation and cause', async () => {
  const { agent, handler, departmentId } = centre;
  const made = await centre.record({ categoryId: complaintId(), subject: '投诉服务态度' });
  expect(made).toMatchObject({ isComplaint: true, stepKey: 'first_contact' });
  expect(Date.parse(made.dueAt ?? '') - Date.parse(made.createdAt)).toBe(30 * 60_000);
  await centre.move(made.id, agent, { move: 'contacted', receipt: '已电话联系' });
  const early = await app.request(moveOrder, agent, {
    params: { id: made.id },
    body: { version: 2, move: 'agreed', apology: '已致歉', departmentId },
  });
  expect(early.problem).toMatchObject({
    code: 'order.fields_missing',
    params: { fields: 'solutionAgreed,compensation' },
  });
  const filled = { apology: '已致歉', solutionAgreed: '换新', compensation: '无' };
  await centre.move(made.id, agent, { move: 'agreed', departmentId, ...filled });
  const analysed = { move: 'analysed', rootCause: '培训不足', result: '已培训' };
  const followed = await centre.move(made.id, handler, analysed);
  expect(followed.stepKey).toBe('follow_up');
  expect(Date.parse(followed.dueAt ?? '') - Date.parse(followed.stepSince)).toBe(7 * 86_400_000);
  const { status } = await centre.move(made.id, agent, { move: 'confirmed' });
  expect(status).toBe('closed');
});

test('illegal moves and missing fields are refused with what is wrong', async () => {
  const { agent, handler, departmentId } = centre;
  const { id } = await centre.record({ description: ' ' });
  const attempt = (as: Caller, body: object) =>
    app.request(moveOrder, as, { params: { id }, body: { version: 1, move: 'x', ...body } });
  expect((await attempt(agent, { move: 'answer' })).problem.code).toBe('order.move_not_allowed');
  expect((await attempt(agent, { move: 'solve' })).problem).toMatchObject({
    code: 'order.fields_missing',
    status: 422,
    params: { fields: 'description,result' },
    faults: [
      { path: 'description', kind: 'required' },
      { path: 'result', kind: 'required' },
    ],
  });
  expect((await attempt(handler, { move: 'solve' })).problem.code).toBe('order.not_found');
  const { body: empty } = await app.request(createDepartment, centre.admin, {
    body: { name: `空部门 ${id.slice(-6)}` },
  });
  const lost = await attempt(agent, { move: 'transfer', departmentId: empty.id });
  expect(lost.problem.code).toBe('order.department_without_team');
  const filled = { move: 'transfer', description: '异响', departmentId };
  expect((await attempt(agent, filled)).status).toBe(200);
  // The agent recorded it, but the step is the department's now.
  const foreign = await attempt(agent, { version: 2, move: 'answer', result: '好了' });
  expect(foreign.problem.code).toBe('order.not_yours');
  const closed = await centre.record();
  await centre.move(closed.id, agent, { move: 'cancel', review: '客户撤回' });
  expect((await centre.read(closed.id)).status).toBe('cancelled');
  const late = await app.request(updateOrder, agent, {
    params: { id: closed.id },
    body: { version: 2, plan: '再看看' },
  });
  expect(late.problem.code).toBe('order.closed');
});

test('of two who change an order at once one is told, and nothing is overwritten', async () => {
  const { agent, handler, departmentId } = centre;
  const { id } = await centre.record();
  const { version } = await centre.move(id, agent, { move: 'transfer', departmentId });
  const answers = await Promise.all(
    ['甲', '乙'].map((result) =>
      app.request(moveOrder, handler, {
        params: { id },
        body: { version, move: 'answer', result },
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.problem.code).toBe('order.changed_meanwhile');
  const order = await centre.read(id);
  expect(order.visits).toHaveLength(3);
  const stale = await app.request(updateOrder, agent, {
    params: { id },
    body: { version: 1, subject: '另一件事' },
  });
  expect(stale.problem.code).toBe('order.changed_meanwhile');
});

test('the same order sent twice is recorded once, numbers are never the same', async () => {
  const { agent, categories } = centre;
  const body = {
    subject: '重复提交',
    categoryId: categories[0]?.id ?? '',
    idempotencyKey: 'retry-0001',
  };
  const twice = await Promise.all([1, 2, 3].map(() => app.request(createOrder, agent, { body })));
  expect(new Set(twice.map((answer) => answer.body.id)).size).toBe(1);
  const many = await Promise.all(Array.from({ length: 40 }, () => centre.record()));
  expect(new Set(many.map(({ number }) => number)).size).toBe(40);
});

test('the inbox is shared until somebody takes the order', async () => {
  const { agent, handler, lead, techTeamId, departmentId } = centre;
  const colleague = await app.newPerson({ role: 'handler', teamId: techTeamId });
  const { id } = await centre.record({ departmentId });
  const { version } = await centre.move(id, agent, { move: 'transfer' });
  const inbox = async (as: Caller) => {
    const query = { scope: 'inbox' as const, limit: 100 };
    const { body } = await app.request(listOrders, as, { query });
    return body.items.map((order) => order.id);
  };
  expect(await inbox(handler)).toContain(id);
  const take = (as: Caller, seen: number, ownerId?: string | null) =>
    app.request(takeOrder, as, { params: { id }, body: { version: seen, ownerId } });
  const taken = await take(handler, version);
  expect(taken.body).toMatchObject({ ownerId: handler.userId });
  expect(taken.body.ownerName).toContain(handler.name);
  expect(await inbox(colleague)).not.toContain(id);
  expect((await take(colleague, version + 1)).problem.code).toBe('order.not_yours');
  expect((await take(lead, version + 1, agent.userId)).problem.code).toBe('person.not_found');
  expect((await take(lead, version + 1, colleague.userId)).body.ownerId).toBe(colleague.userId);
  expect((await take(colleague, version + 2, null)).body.ownerId).toBeNull();
  expect(await inbox(handler)).toContain(id);
});

test('who works in another department learns nothing of an order', async () => {
  const { admin, departmentId, agent } = centre;
  const { body: team } = await app.request(createTeam, admin, {
    body: { name: `财务组 ${Date.now()}` },
  });
  const stranger = await app.newPerson({ role: 'handler', teamId: team.id });
  const { id, number } = await centre.record();
  await centre.move(id, agent, { move: 'transfer', departmentId });
  expect((await app.request(getOrder, stranger, { params: { id } })).status).toBe(404);
  const deed = { params: { id }, body: { text: '你好' } };
  expect((await app.request(commentOrder, stranger, deed)).status).toBe(404);
  for (const scope of ['mine', 'inbox', 'recorded', 'late', 'open', 'closed', 'all'] as const) {
    const { body } = await app.request(listOrders, stranger, { query: { scope, q: number } });
    expect(body.items).toEqual([]);
  }
  expect((await app.request(countOrders, stranger)).body.inbox).toBe(0);
});

test('lists page by due time, and find by words, number and parts of a phone', async () => {
  const { agent } = centre;
  const phone = '13912345678';
  for (let index = 0; index < 5; index++) {
    await centre.record({ subject: `镀锌板色差 ${index}`, phones: [phone] });
  }
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const query = { q: '镀锌板', limit: 2, ...(cursor ? { cursor } : {}) };
    const { body } = await app.request(listOrders, agent, { query });
    seen.push(...body.items.map((order) => order.subject));
    cursor = body.nextCursor;
  } while (cursor);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
  const find = async (q: string) =>
    (await app.request(listOrders, agent, { query: { q, sort: 'newest' } })).body.items.length;
  expect(await find('1234567')).toBe(5);
  expect(await find('没有这样的词')).toBe(0);
  const mine = await app.request(listOrders, agent, { query: { scope: 'mine', limit: 100 } });
  const dues = mine.body.items.map((order) => order.dueAt ?? '9999');
  expect(dues).toEqual(dues.toSorted());
});

test('the board counts each step, the calendar each day', async () => {
  const { manager } = centre;
  const { body: board } = await app.request(getBoard, manager, {
    query: { flowKey: houseFlowKey },
  });
  expect(board.columns.map(({ stepKey }) => stepKey)).toEqual([
    'intake',
    'department_answer',
    'reply_customer',
    'callback',
  ]);
  const intake = board.columns[0];
  expect(intake?.count).toBeGreaterThan(0);
  expect(intake?.orders[0]?.stepKey).toBe('intake');
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { body: calendar } = await app.request(getDueCalendar, manager, {
    query: { from: day(-1), to: day(9) },
  });
  expect(calendar.items).toHaveLength(11);
  const total = calendar.items.reduce((sum, { due }) => sum + due, 0);
  const { body: open } = await app.request(listOrders, manager, { query: { limit: 100 } });
  expect(total).toBe(open.items.filter(({ dueAt }) => dueAt !== null).length);
});

test('a pattern of numbers needs one counter', async () => {
  const { admin } = centre;
  const { body: settings } = await app.request(getOrderSettings, admin);
  const set = (numberPattern: string) =>
    app.request(setOrderSettings, admin, { body: { ...settings, numberPattern } });
  expect((await set('W{yyyy}')).problem.faults?.[0]?.kind).toBe('number_pattern');
  expect((await set('KF-{yy}{mm}-{000}')).status).toBe(200);
  expect((await centre.record()).number).toMatch(/^KF-\d{4}-001$/);
  await set(settings.numberPattern);
});
