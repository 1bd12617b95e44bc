import {
  confirmRepeat,
  createCustomer,
  denyRepeat,
  getOrderSettings,
  listRepeats,
  listSimilarOrders,
  resolveConversation,
  setOrderSettings,
} from '@yingda/contract';
import type { OrderView, SentOf } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { newWriter } from '../conversations/testing.ts';
import { newQueue } from '../routing/testing.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { passTime, until } from './testing/time.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

async function similar(
  query: SentOf<typeof listSimilarOrders, 'query'>,
  as: Caller = centre.agent,
): Promise<{ id: string; likeness: number; because: string[]; repeats: number }[]> {
  const { body } = await app.request(listSimilarOrders, as, { query });
  return body.items;
}

async function newCustomer(): Promise<string> {
  const { body } = await app.request(createCustomer, centre.agent, { body: { name: '韩梅梅' } });
  return body.id;
}

async function close(id: string): Promise<OrderView> {
  await centre.move(id, centre.agent, { move: 'solve', result: '已处理' });
  await centre.move(id, centre.agent, { move: 'replied' });
  return centre.move(id, centre.agent, { move: 'confirmed' });
}

const confirm = (id: string, body: SentOf<typeof confirmRepeat, 'body'>, as = centre.agent) =>
  app.request(confirmRepeat, as, { params: { id }, body });

test('earlier orders of a customer on the same matter are found, the likeliest first, others are not', async () => {
  const customerId = await newCustomer();
  const [technical, other] = centre.categories;
  const phones = ['13600136000'];
  const noise = await centre.record({ customerId, phones, categoryId: technical?.id });
  const same = { subject: '电机异响停机', description: '电机启动后异响，十分钟后停机' };
  const again = await centre.record({ customerId, phones: [], categoryId: other?.id, ...same });
  const bill = await centre.record({
    customerId,
    phones,
    subject: '发票抬头写错',
    description: '请重开增值税发票',
    categoryId: other?.id,
  });
  const stranger = await centre.record({ phones: ['13500135000'] });
  const found = await similar({ customerId, text: '电机又异响了，还停机' });
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set([again.id, noise.id]));
  const degrees = found.map(({ likeness }) => likeness);
  expect(degrees).toEqual(degrees.toSorted((a, b) => b - a));
  expect(found.every(({ likeness }) => likeness >= 0.5 && likeness <= 1)).toBe(true);
  expect(found[0]?.because).toEqual(['customer', 'words']);
  const byPhone = await similar({ phone: '136-0013 6000', categoryId: technical?.id });
  expect(byPhone).toMatchObject([{ id: noise.id, because: ['phone', 'category'] }]);
  // Nothing known of the matter yet: all of theirs, the newest first.
  const all = await similar({ customerId });
  expect(all.map(({ id }) => id)).toEqual([bill.id, again.id, noise.id]);
  expect((await similar({ customerId, exceptId: bill.id })).map(({ id }) => id)).not.toContain(
    bill.id,
  );
  expect(await similar({ text: '电机异响' })).toEqual([]);
  expect(await similar({ phone: '000' })).toEqual([]);
  expect(all.map(({ id }) => id)).not.toContain(stranger.id);
});

test('what was closed before the window is another matter, what is open still is not', async () => {
  const customerId = await newCustomer();
  const closed = await centre.record({ customerId });
  const open = await centre.record({ customerId });
  await close(closed.id);
  const ids = async () => (await similar({ customerId, text: '电机异响' })).map(({ id }) => id);
  expect(new Set(await ids())).toEqual(new Set([closed.id, open.id]));
  await passTime(app.ctx, closed.id, 8 * 1440);
  await passTime(app.ctx, open.id, 8 * 1440);
  expect(await ids()).toEqual([open.id]);
  const { body: settings } = await app.request(getOrderSettings, centre.admin);
  const set = (repeatDays: number) =>
    app.request(setOrderSettings, centre.admin, { body: { ...settings, repeatDays } });
  await set(14);
  expect(await ids()).toHaveLength(2);
  await set(settings.repeatDays);
});

test('orders of other teams are not told of', async () => {
  const customerId = await newCustomer();
  await centre.record({ customerId });
  const { teamId } = await newQueue(app.ctx);
  const stranger = await app.newPerson({ role: 'agent', teamId });
  expect(await similar({ customerId }, stranger)).toEqual([]);
});

test('a confirmed repetition is noted once for each contact, ties the orders, and reopens if asked', async () => {
  const first = await centre.record();
  await close(first.id);
  const second = await centre.record();
  const noted = await confirm(first.id, { otherOrderId: second.id, note: '又响了' });
  expect(noted.body.items).toMatchObject([
    { otherOrderId: second.id, otherOrderNumber: second.number, byName: centre.agent.name },
  ]);
  await confirm(first.id, { otherOrderId: second.id, note: '又响了' });
  const order = await centre.read(first.id);
  expect(order.lines.filter(({ kind }) => kind === 'repeated')).toMatchObject([
    { text: '又响了', data: { count: 1, number: second.number } },
  ]);
  expect(order.links).toMatchObject([{ kind: 'related', order: { id: second.id } }]);
  expect(order.status).toBe('closed');
  const reopened = await confirm(first.id, { note: '电话再次投诉', reopen: true });
  expect(reopened.body.items).toHaveLength(2);
  expect(await centre.read(first.id)).toMatchObject({ status: 'open', reopened: 1 });
  const { body } = await app.request(listRepeats, centre.agent, { params: { id: first.id } });
  expect(body.items.map(({ note }) => note)).toEqual(['又响了', '电话再次投诉']);
  const [event] = (
    await sql<{ count: number }>`
      select (payload ->> 'count')::int as count from outbox_event
      where type = 'order.repeated' and payload ->> 'orderId' = ${first.id} order by xid, id
    `.execute(app.ctx.db)
  ).rows;
  expect(event?.count).toBe(1);
});

test('an order is no repetition of itself, of what is not there, or for who may not see it', async () => {
  const { id } = await centre.record();
  expect((await confirm(id, { otherOrderId: id })).problem.code).toBe('order.repeat_same');
  expect((await confirm(id, { otherOrderId: newId() })).problem.code).toBe('order.not_found');
  expect((await confirm(id, { conversationId: newId() })).problem.code).toBe(
    'conversation.not_found',
  );
  expect((await confirm(newId(), {})).problem.code).toBe('order.not_found');
  const { teamId } = await newQueue(app.ctx);
  const stranger = await app.newPerson({ role: 'agent', teamId });
  expect((await confirm(id, {}, stranger)).problem.code).toBe('order.not_found');
});

/** Whether the contact of a conversation counts as solved at the first contact; null: not counted yet. */
async function isSolvedAtOnce(conversationId: string): Promise<boolean | null> {
  const { rows } = await sql<{ solved: boolean }>`
    select k.flags & 16 <> 0 as solved from contact c join kpi_contact k on k.contact_id = c.id
    where c.subject_id = ${conversationId} order by c.opened_at limit 1
  `.execute(app.ctx.db);
  return rows[0]?.solved ?? null;
}

test('first-contact resolution counts a matter no longer that a customer came about again, or that was not solved', async () => {
  const { teamId, queueId } = await newQueue(app.ctx);
  const agent = await app.newPerson({ role: 'agent', teamId });
  const recordFrom = async () => {
    const writer = await newWriter(app.ctx, queueId);
    const { conversationId } = await writer.write('电机异响');
    const order = await centre.record({ conversationId }, agent);
    await app.request(resolveConversation, agent, { params: { id: conversationId } });
    await until(async () => (await isSolvedAtOnce(conversationId)) === true);
    return { conversationId, order };
  };
  const repeated = await recordFrom();
  const kept = await recordFrom();
  await confirm(repeated.order.id, { note: '又来' }, agent);
  await confirm(repeated.order.id, { note: '第三次' }, agent);
  await until(async () => (await isSolvedAtOnce(repeated.conversationId)) === false);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from contact_event e join contact c on c.id = e.contact_id
    where c.subject_id = ${repeated.conversationId} and e.type = 'reopened'
  `.execute(app.ctx.db);
  expect(rows[0]?.n).toBe(1);
  expect(await isSolvedAtOnce(kept.conversationId)).toBe(true);
  const { id } = kept.order;
  await centre.move(id, agent, { move: 'solve', result: '已处理' });
  await centre.move(id, agent, { move: 'replied' });
  await centre.move(id, centre.manager, {
    move: 'not_solved',
    departmentId: centre.departmentId,
  });
  await until(async () => (await isSolvedAtOnce(kept.conversationId)) === false);
});

test('orders that an agent told apart are suggested for one another no more, and the history says so', async () => {
  const customerId = await newCustomer();
  const matter = {
    customerId,
    subject: '电机异响停机',
    description: '电机启动后异响，十分钟后停机',
  };
  const first = await centre.record(matter);
  const second = await centre.record(matter);
  const { categoryId } = second;
  const about = (exceptId: string) =>
    similar({ customerId, categoryId, exceptId, text: matter.description });
  expect(await about(second.id)).toMatchObject([{ id: first.id }]);
  const deny = (as = centre.agent) =>
    app.request(denyRepeat, as, { params: { id: second.id }, body: { otherOrderId: first.id } });
  expect((await deny()).status).toBe(204);
  expect((await deny()).status).toBe(204);
  expect(await about(second.id)).toEqual([]);
  expect(await about(first.id)).toEqual([]);
  const { lines } = await centre.read(second.id);
  expect(lines.filter(({ kind }) => kind === 'not_repeated')).toMatchObject([
    { by: 'person', data: { number: first.number } },
  ]);
  const same = { params: { id: first.id }, body: { otherOrderId: first.id } };
  expect((await app.request(denyRepeat, centre.agent, same)).problem.code).toBe(
    'order.repeat_same',
  );
});
