import {
  addOrderTask,
  commentOrder,
  linkOrder,
  linkOrderPortal,
  listCallbacks,
  moveOrder,
  reportCallback,
  splitOrder,
  writeOrderPortal,
} from '@yingda/contract';
import type { CallbackView, OrderView } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

const move = (id: string, key: string) => centre.move(id, centre.agent, { move: key });
const cancel = (id: string) =>
  centre.move(id, centre.agent, { move: 'cancel', review: '客户撤回' });

/** An order that the customer has been answered and is to be asked about. */
async function answered(): Promise<OrderView> {
  const { id } = await centre.record({ departmentId: centre.departmentId, result: '换件' });
  return move(id, 'solve');
}

async function callOf(orderId: string): Promise<CallbackView> {
  const { body } = await app.request(listCallbacks, centre.agent, { query: { orderId } });
  const [call] = body.items;
  if (!call) throw new Error('no callback');
  return call;
}

test('an order waits for those under it before its customer is asked or it is closed, called off it is at once', async () => {
  const { agent } = centre;
  const { id } = await answered();
  const child = await centre.record({ parentId: id });
  const other = await centre.record({ parentId: id });
  const both = [child.number, other.number].toSorted().join(', ');
  const { version } = await centre.read(id);
  const refused = await app.request(moveOrder, agent, {
    params: { id },
    body: { version, move: 'replied' },
  });
  expect(refused.problem).toMatchObject({
    code: 'order.children_open',
    params: { count: 2, numbers: both },
  });
  await cancel(child.id);
  await centre.move(other.id, agent, { move: 'solve', result: '已补发' });
  await expect(move(id, 'replied')).rejects.toThrow('order.children_open');
  await move(other.id, 'replied');
  await move(other.id, 'confirmed');
  // A sub-task that its step does not wait for holds nothing up.
  await app.request(addOrderTask, agent, { params: { id }, body: { title: '整理资料' } });
  expect((await move(id, 'replied')).stepKey).toBe('callback');
  expect((await move(id, 'confirmed')).status).toBe('closed');

  const above = await centre.record();
  await centre.record({ parentId: above.id });
  expect((await cancel(above.id)).status).toBe('cancelled');
});

test('what comes under an order while its customer is asked holds up their word, on the page and by phone', async () => {
  const { agent } = centre;
  const { id } = await answered();
  await move(id, 'replied');
  const under = await centre.record();
  const tie = { otherId: under.id, kind: 'child' as const };
  await app.request(linkOrder, agent, { params: { id }, body: tie });
  const call = await callOf(id);
  const said = (result: 'solved' | 'refused') =>
    app.request(reportCallback, agent, {
      params: { id: call.id },
      body: { version: call.version, result },
    });
  expect((await said('solved')).problem.code).toBe('order.children_open');
  expect(await callOf(id)).toMatchObject({ state: 'open', version: call.version });
  const { body: link } = await app.request(linkOrderPortal, agent, { params: { id } });
  const token = link.url.split('/o/')[1] ?? '';
  const page = { params: { token }, body: { deed: 'confirm' as const } };
  expect((await app.request(writeOrderPortal, null, page)).problem.code).toBe(
    'order.children_open',
  );
  // Nobody will say: not closed by the rule either, but left to the team.
  expect((await said('refused')).body.state).toBe('given_up');
  const left = await centre.read(id);
  expect(left).toMatchObject({ status: 'open', stepKey: 'callback' });
  expect(left.tasks).toHaveLength(1);
  await cancel(under.id);
  expect((await app.request(writeOrderPortal, null, page)).body.status).toBe('closed');
});

test('a comment and a part split off that are sent again are there once', async () => {
  const { agent, categories } = centre;
  const { id } = await centre.record();
  const same = { params: { id }, body: { text: '客户来电催问', idempotencyKey: 'comment-0001' } };
  await Promise.all([1, 2, 3].map(() => app.request(commentOrder, agent, same)));
  await app.request(commentOrder, agent, { ...same, body: { text: '客户来电催问' } });
  const { lines } = await centre.read(id);
  expect(lines.filter(({ kind }) => kind === 'commented')).toHaveLength(2);
  const part = {
    params: { id },
    body: {
      subject: '另一件事',
      description: '发票抬头有误',
      categoryId: categories[0]?.id ?? '',
      idempotencyKey: 'split-00001',
    },
  };
  const made = await Promise.all([1, 2].map(() => app.request(splitOrder, agent, part)));
  expect(made.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
  const whole = await centre.read(id);
  expect(whole.links).toHaveLength(1);
  expect(whole.lines.filter(({ kind }) => kind === 'split')).toHaveLength(1);
});
