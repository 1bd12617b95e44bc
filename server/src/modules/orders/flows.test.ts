import {
  addOrderTask,
  commentOrder,
  finishOrderTask,
  linkOrder,
  listFlows,
  listOrders,
  mergeOrder,
  publishFlow,
  saveFlow,
  splitOrder,
  voteOrder,
} from '@yingda/contract';
import type { OrderView } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { houseFlowKey, shippedFlows } from './domain/shipped-flows.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, flowWithApproval } from './testing/flows.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

/** The newest version of a flow, as one sees it who begins to change it. */
async function newest(key: string) {
  const { body } = await app.request(listFlows, centre.admin);
  const found = body.items.find((flow) => flow.key === key);
  return found ? { id: found.id, revision: found.revision } : null;
}

const keys = (order: OrderView): string[] => order.moves.map(({ key }) => key);

test('a chain of approvals asks one after the other, and one refusal sends the order back', async () => {
  const { agent, handler, lead } = centre;
  const definition = flowWithApproval('chain', [lead.userId, handler.userId]);
  const categoryId = await categoryOn(centre, 'chain', definition);
  const { id } = await centre.record({ categoryId });
  const asked = await centre.move(id, agent, { move: 'submit' });
  expect(asked.approvals.map(({ state }) => state)).toEqual(['asked', 'waiting']);
  const vote = async (as: Caller, approve: boolean) => {
    const { version } = await centre.read(id);
    return app.request(voteOrder, as, { params: { id }, body: { version, approve, note: '看过' } });
  };
  expect((await vote(handler, true)).problem.code).toBe('order.not_asked');
  expect((await vote(lead, true)).body.approvals.map(({ state }) => state)).toEqual([
    'approved',
    'asked',
  ]);
  const mine = await app.request(listOrders, handler, { query: { scope: 'mine' } });
  expect(mine.body.items.map((order) => order.id)).toContain(id);
  expect((await vote(handler, false)).body.stepKey).toBe('ask');
  await centre.move(id, agent, { move: 'submit' });
  await vote(lead, true);
  expect((await vote(handler, true)).body).toMatchObject({ status: 'closed', stepKey: 'done' });
});

test('open orders keep their version of a flow when another is published', async () => {
  const { admin, agent } = centre;
  const shipped = shippedFlows[0];
  if (!shipped) throw new Error('the house flow ships');
  const { id } = await centre.record();
  const changed = structuredClone(shipped.definition);
  const intake = changed.steps[0];
  if (intake) intake.moves = intake.moves.filter(({ key }) => key !== 'cancel');
  changed.steps = changed.steps.filter(({ key }) => key !== 'cancelled');
  const flow = { params: { key: houseFlowKey } };
  const draft = await app.request(saveFlow, admin, {
    ...flow,
    body: { name: shipped.name, definition: changed, seen: await newest(houseFlowKey) },
  });
  const { id: draftId, revision } = draft.body;
  const { body } = await app.request(publishFlow, admin, {
    ...flow,
    body: { seen: { id: draftId, revision } },
  });
  expect(body).toMatchObject({ version: 2, state: 'published', openOrders: 0 });
  const versions = await app.request(listFlows, admin);
  const first = versions.body.items.find((one) => one.key === houseFlowKey && one.version === 1);
  expect(first?.state).toBe('retired');
  expect(first?.openOrders).toBeGreaterThan(0);
  expect(keys(await centre.read(id, agent))).toContain('cancel');
  expect(keys(await centre.record())).not.toContain('cancel');
  await centre.move(id, agent, { move: 'cancel', review: '撤回' });
  const broken = { ...changed, steps: changed.steps.slice(0, 2) };
  await app.request(saveFlow, admin, {
    ...flow,
    body: { name: shipped.name, definition: broken, seen: await newest(houseFlowKey) },
  });
  const refused = await app.request(publishFlow, admin, { ...flow, body: {} });
  expect(refused.problem.code).toBe('order.flow_invalid');
  expect(refused.problem.faults?.map(({ kind }) => kind)).toContain('step_unknown');
});

test('tasks run beside the step and are done by whom they are for', async () => {
  const { agent, handler } = centre;
  const { id } = await centre.record();
  const task = { title: '查库存', ownerId: handler.userId };
  const { body } = await app.request(addOrderTask, agent, { params: { id }, body: task });
  const taskId = body.tasks[0]?.id ?? '';
  expect(body.tasks[0]).toMatchObject({ title: '查库存', ownerName: handler.name, doneAt: null });
  const done = { params: { id, taskId }, body: { done: true } };
  const finished = await app.request(finishOrderTask, handler, done);
  expect(finished.body.tasks[0]?.doneAt).not.toBeNull();
  expect(finished.body.version).toBe(1);
});

test('orders are tied, merged and split, never in a circle', async () => {
  const { agent } = centre;
  const [one, two, three] = [await centre.record(), await centre.record(), await centre.record()];
  const link = (id: string, otherId: string) =>
    app.request(linkOrder, agent, { params: { id }, body: { otherId, kind: 'parent' } });
  expect((await link(two.id, one.id)).body.links).toMatchObject([
    { kind: 'parent', order: { id: one.id } },
  ]);
  await link(three.id, two.id);
  expect((await link(one.id, three.id)).problem.code).toBe('order.link_circle');
  expect((await link(one.id, one.id)).problem.code).toBe('order.merge_same');
  await app.request(commentOrder, agent, {
    params: { id: three.id },
    body: { text: '客户又来电' },
  });
  const merged = await app.request(mergeOrder, agent, {
    params: { id: one.id },
    body: { otherId: three.id },
  });
  expect(merged.body.lines.map(({ text }) => text)).toContain('客户又来电');
  expect(await centre.read(three.id)).toMatchObject({ status: 'closed' });
  const again = await app.request(mergeOrder, agent, {
    params: { id: one.id },
    body: { otherId: three.id },
  });
  expect(again.problem.code).toBe('order.closed');
  const split = await app.request(splitOrder, agent, {
    params: { id: two.id },
    body: { subject: '另一个问题', description: '', categoryId: two.categoryId },
  });
  expect(split.body).toMatchObject({ subject: '另一个问题', customerName: '李雷' });
  expect(split.body.links).toMatchObject([{ kind: 'split_from', order: { id: two.id } }]);
});
