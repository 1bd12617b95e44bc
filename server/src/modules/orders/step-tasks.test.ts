import {
  addOrderTask,
  checkOrder,
  finishOrderTask,
  getOrderSettings,
  listOrders,
  moveOrder,
  publishFlow,
  saveFlow,
  setOrderSettings,
  updateOrder,
} from '@yingda/contract';
import type { FlowDefinition, OrderView } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, testMove, testStep } from './testing/flows.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  const { body } = await app.request(getOrderSettings, centre.admin);
  const label = { 'zh-CN': '设备编号', en: 'Serial number' };
  const fields = [{ key: 'serial', label, kind: 'text' as const, choices: [] }];
  await app.request(setOrderSettings, centre.admin, { body: { ...body, fields } });
});

/** A repair: two sub-tasks side by side and a checklist, then an answer that needs the serial number. */
const repair = (teamId: string): FlowDefinition => ({
  start: 'intake',
  steps: [
    testStep({
      key: 'intake',
      kind: 'work',
      owner: { rule: 'recorder' },
      moves: [testMove({ key: 'repair', to: 'repair', needs: ['fields.serial'] })],
    }),
    testStep({
      key: 'repair',
      kind: 'work',
      owner: { rule: 'recorder' },
      checklist: ['断电'],
      tasks: [
        { title: '查库存', owner: { rule: 'team', teamId }, minutes: 60 },
        { title: '约上门时间', owner: { rule: 'recorder' }, minutes: null },
        { title: '领导知会', owner: { rule: 'department' }, minutes: null },
      ],
      doneFirst: true,
      moves: [
        testMove({ key: 'answer', to: 'done' }),
        testMove({ key: 'back', to: 'intake', effect: 'cancelled' }),
      ],
    }),
    testStep({ key: 'done', kind: 'end' }),
  ],
});

let categoryId: Promise<string> | null = null;
async function inRepair(): Promise<OrderView> {
  categoryId ??= categoryOn(centre, 'repair', repair(centre.techTeamId));
  const { id } = await centre.record({ categoryId: await categoryId, fields: { serial: 'A-17' } });
  return centre.move(id, centre.agent, { move: 'repair' });
}
const finish = (order: OrderView, title: string, as: Caller, done = true) => {
  const taskId = order.tasks.find((task) => task.title === title)?.id ?? '';
  return app.request(finishOrderTask, as, { params: { id: order.id, taskId }, body: { done } });
};
const undone = (order: OrderView) => order.moves.find(({ key }) => key === 'answer')?.undone;

test('the sub-tasks of a step begin with it, each with whom it is for and until when', async () => {
  const order = await inRepair();
  expect(order.tasks).toMatchObject([
    { title: '查库存', ownerTeamId: centre.techTeamId, stepKey: 'repair', isAwaited: true },
    { title: '约上门时间', ownerId: centre.agent.userId, dueAt: null },
    { title: '领导知会', ownerId: null, ownerTeamId: null },
  ]);
  const since = Date.parse(order.stepSince);
  expect(Date.parse(order.tasks[0]?.dueAt ?? '') - since).toBe(60 * 60_000);
  // It stands in the inbox of the team it is for, though the order is with others.
  const inbox = await app.request(listOrders, centre.handler, { query: { scope: 'inbox' } });
  expect(inbox.body.items.map(({ id }) => id)).toContain(order.id);
});

test('the step waits until all is done, and calling it off does not', async () => {
  const { agent, handler } = centre;
  const order = await inRepair();
  const { id } = order;
  expect(undone(order)).toEqual(['断电', '查库存', '约上门时间', '领导知会']);
  const early = await app.request(moveOrder, agent, {
    params: { id },
    body: { version: order.version, move: 'answer' },
  });
  expect(early).toMatchObject({ status: 409, problem: { code: 'order.undone' } });
  await finish(order, '查库存', handler);
  await finish(order, '约上门时间', agent);
  await finish(order, '领导知会', agent);
  const { body } = await app.request(checkOrder, agent, {
    params: { id },
    body: { index: 0, done: true },
  });
  expect(undone(body)).toEqual([]);
  expect(body.tasks[0]).toMatchObject({ doneByName: handler.name });
  expect((await centre.move(id, agent, { move: 'answer' })).status).toBe('closed');
});

test('one that a person added is waited for too; back in the step what is open goes on, once', async () => {
  const { agent } = centre;
  const order = await inRepair();
  await app.request(addOrderTask, agent, {
    params: { id: order.id },
    body: { title: '借备用机', teamId: centre.techTeamId },
  });
  await finish(order, '查库存', agent);
  expect(undone(await centre.read(order.id, agent))).toContain('借备用机');
  await centre.move(order.id, agent, { move: 'back' });
  const again = await centre.move(order.id, agent, { move: 'repair' });
  const titles = again.tasks.map(({ title, doneAt }) => `${title} ${doneAt === null}`);
  expect(titles.toSorted()).toEqual(
    ['查库存 false', '查库存 true', '约上门时间 true', '领导知会 true', '借备用机 true'].toSorted(),
  );
});

test('a move that needs an own field says which one, and goes once it is given', async () => {
  const { agent } = centre;
  categoryId ??= categoryOn(centre, 'repair', repair(centre.techTeamId));
  const order = await centre.record({ categoryId: await categoryId });
  expect(order.moves).toMatchObject([{ key: 'repair', missing: ['fields.serial'] }]);
  const params = { id: order.id };
  const body = { version: order.version, move: 'repair' };
  const refused = await app.request(moveOrder, agent, { params, body });
  expect(refused.problem).toMatchObject({
    code: 'order.fields_missing',
    faults: [{ path: 'fields.serial', kind: 'required' }],
  });
  const moved = await app.request(moveOrder, agent, {
    params,
    body: { ...body, fields: { serial: 'B-2' } },
  });
  expect(moved.body).toMatchObject({ stepKey: 'repair', form: { fields: { serial: 'B-2' } } });
});

test('a flow that needs a field which the form does not have cannot be published', async () => {
  const definition = repair(centre.techTeamId);
  definition.steps[0]?.moves[0]?.needs.push('fields.colour');
  const name = { 'zh-CN': '缺字段', en: 'Lacking' };
  const params = { key: 'lacking' };
  await app.request(saveFlow, centre.admin, { params, body: { name, definition } });
  const { problem } = await app.request(publishFlow, centre.admin, { params, body: {} });
  expect(problem.faults).toEqual([{ path: 'steps.0.moves.0.needs', kind: 'field_unknown' }]);
});

test('who may only read an order is told so, who reviewed it is written down', async () => {
  const { agent, handler, admin, departmentId } = centre;
  const { id, version } = await centre.record({ departmentId });
  const reads = await centre.read(id, handler);
  expect(reads.may).toEqual({ work: false, assign: false, vote: false });
  expect(reads.moves).toEqual([]);
  expect((await centre.read(id, agent)).may).toMatchObject({ work: true, assign: true });
  const change = { params: { id }, body: { version, review: '同意' } };
  expect((await app.request(updateOrder, handler, change)).problem.code).toBe('order.not_yours');
  expect((await app.request(updateOrder, admin, change)).body.reviewerName).toBe(admin.name);
});
