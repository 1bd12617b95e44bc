import {
  createMacro,
  deleteMacro,
  getConversation,
  listMacros,
  listMessages,
  postMessage,
  runMacro,
  updateMacro,
} from '@yingda/contract';
import type { MessageView } from '@yingda/contract';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { newWriter } from '../conversations/testing.ts';
import type { Writer } from '../conversations/testing.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { until } from '../orders/testing/time.ts';
import { newQueue } from '../routing/testing.ts';
import { caughtUp, dueFor, hurry, newRule, runsOf } from './testing.ts';

let app: TestApp;
let centre: Centre;
let admin: Caller;
let queue: { teamId: string; queueId: string };
let agent: Caller;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  admin = centre.admin;
  queue = await newQueue(app.ctx);
  agent = await app.newPerson({ role: 'agent', teamId: queue.teamId });
});
beforeEach(async () => {
  // What the test before has said is heard by its own rules.
  await caughtUp(app);
  await sql`delete from automation`.execute(app.ctx.db);
});

async function begin(text: string): Promise<{ id: string; writer: Writer }> {
  const writer = await newWriter(app.ctx, queue.queueId);
  const { conversation } = await writer.write(text);
  return { id: conversation.id, writer };
}

const read = async (id: string) =>
  (await app.request(getConversation, admin, { params: { id } })).body;
const messagesOf = async (id: string): Promise<MessageView[]> =>
  (await app.request(listMessages, admin, { params: { id } })).body.items;
const said = async (id: string) =>
  (await messagesOf(id))
    .filter(({ kind }) => kind !== 'event')
    .map(({ kind, author, parts: [part] }) => [
      kind,
      author.kind,
      part?.type === 'text' ? part.text : '',
    ]);

test('what the customer writes is answered, tagged and becomes an order; they go on waiting for a person', async () => {
  await newRule(app, admin, {
    subject: 'conversation',
    when: { kind: 'event', events: ['conversation.customer_wrote'] },
    conditions: {
      groups: [{ items: [{ field: 'event.text', op: 'contains', value: '投诉' }] }],
    },
    actions: [
      { kind: 'tag', on: 'conversation', add: ['complaint'] },
      { kind: 'tag', on: 'customer', add: ['upset'] },
      { kind: 'set_field', set: { field: 'priority', value: 'urgent' } },
      { kind: 'reply', text: '{{customer.name}}，您好，我们已收到您的投诉。' },
      { kind: 'comment', text: '客户说：{{event.text}}' },
      {
        kind: 'create_order',
        categoryId: centre.categories[0]?.id ?? '',
        subject: '投诉：{{customer.name}}',
        description: '{{event.text}}',
      },
    ],
  });
  const quiet = await begin('请问几点开门？');
  const { id } = await begin('我要投诉！');
  await until(async () => (await said(id)).length === 3);
  const view = await read(id);
  expect(view).toMatchObject({ priority: 'urgent', tags: ['complaint'] });
  expect(view.customer.tags).toEqual(['upset']);
  expect(view.waitingSince).not.toBeNull();
  expect(await said(id)).toEqual([
    ['message', 'customer', '我要投诉！'],
    ['message', 'system', '王小明，您好，我们已收到您的投诉。'],
    ['note', 'system', '客户说：我要投诉！'],
  ]);
  const { rows } = await sql<{ id: string }>`
    select id from work_order where conversation_id = ${id}
  `.execute(app.ctx.db);
  const order = await centre.read(rows[0]?.id ?? '');
  expect(order).toMatchObject({
    subject: '投诉：王小明',
    customerName: '王小明',
    ownerTeamId: queue.teamId,
    form: { description: '我要投诉！' },
  });
  await caughtUp(app);
  expect(await said(quiet.id)).toHaveLength(1);
});

test('a customer who waits too long is given to somebody; who was answered is not', async () => {
  const rule = await newRule(app, admin, {
    subject: 'conversation',
    when: { kind: 'time', clock: 'conversation.customer_waits', minutes: 30 },
    actions: [
      { kind: 'assign', userId: agent.userId },
      { kind: 'set_field', set: { field: 'priority', value: 'high' } },
    ],
  });
  const late = await begin('有人吗？');
  const answered = await begin('在吗？');
  await until(async () => (await dueFor(app, rule.id, answered.id)) !== null);
  await app.request(postMessage, agent, {
    params: { id: answered.id },
    body: { clientKey: newId(), parts: [{ type: 'text', text: '在的' }] },
  });
  await until(async () => (await dueFor(app, rule.id, answered.id)) === null);
  await caughtUp(app);
  await hurry(app, rule.id, late.id);
  await until(async () => (await read(late.id)).priority === 'high');
  expect((await read(late.id)).assigneeId).toBe(agent.userId);
  // Writing again is still the same wait; after an answer it is another.
  await late.writer.write('还在吗？');
  await caughtUp(app);
  expect(await dueFor(app, rule.id, late.id)).toBeNull();
  await app.request(postMessage, agent, {
    params: { id: late.id },
    body: { clientKey: newId(), parts: [{ type: 'text', text: '来了' }] },
  });
  await late.writer.write('谢谢，还有一个问题');
  await until(async () => (await dueFor(app, rule.id, late.id)) !== null);
  expect(await runsOf(app, admin, { automationId: rule.id })).toHaveLength(1);
});

test('silence is ended once, and another team takes over', async () => {
  const other = await newQueue(app.ctx);
  const silent = await newRule(app, admin, {
    subject: 'conversation',
    when: { kind: 'time', clock: 'conversation.silent', minutes: 60 },
    actions: [{ kind: 'reply', text: '还有什么可以帮您？' }],
  });
  const moved = await newRule(app, admin, {
    subject: 'conversation',
    when: { kind: 'event', events: ['conversation.started'] },
    conditions: {
      groups: [{ items: [{ field: 'conversation.team', op: 'is', value: queue.teamId }] }],
    },
    actions: [{ kind: 'assign', teamId: other.teamId }],
  });
  const { id } = await begin('你好');
  await until(async () => (await read(id)).teamId === other.teamId);
  expect((await runsOf(app, admin, { automationId: moved.id }))[0]?.state).toBe('done');
  await caughtUp(app);
  await hurry(app, silent.id, id);
  await until(async () => (await said(id)).length === 2);
  await caughtUp(app);
  // Its own words are no occasion to speak again.
  expect(await dueFor(app, silent.id, id)).toBeNull();
});

test('a macro does everything in the name of the person, or nothing', async () => {
  const made = await app.request(createMacro, admin, {
    body: {
      name: '转技术部',
      subject: 'order',
      actions: [
        { kind: 'comment', text: '{{order.number}} 转技术部' },
        { kind: 'set_field', set: { field: 'department', value: centre.departmentId } },
        { kind: 'move', move: 'transfer' },
      ],
    },
  });
  expect(made.status).toBe(201);
  const macro = made.body;
  const order = await centre.record();
  const done = await app.request(runMacro, centre.agent, {
    params: { id: macro.id },
    body: { subjectId: order.id },
  });
  expect(done.body.actions.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  const after = await centre.read(order.id);
  expect(after.stepKey).toBe('department_answer');
  expect(after.lines.at(-1)).toMatchObject({ by: 'person', byName: centre.agent.name });

  const again = await app.request(runMacro, centre.agent, {
    params: { id: macro.id },
    body: { subjectId: order.id },
  });
  expect(again.problem.code).toBe('order.move_not_allowed');
  expect((await centre.read(order.id)).lines).toHaveLength(after.lines.length);
  const stranger = await app.newPerson({ role: 'agent', teamId: queue.teamId });
  const foreign = await app.request(runMacro, stranger, {
    params: { id: macro.id },
    body: { subjectId: order.id },
  });
  expect(foreign.problem.code).toBe('order.not_found');
});

test('a macro of a team is for that team', async () => {
  const body = {
    name: '结束',
    subject: 'conversation' as const,
    teamId: queue.teamId,
    actions: [{ kind: 'reply' as const, text: '再见' }, { kind: 'resolve' as const }],
  };
  const { body: macro } = await app.request(createMacro, admin, { body });
  const twin = await app.request(createMacro, admin, { body });
  expect(twin.problem.code).toBe('macro.name_taken');
  const seen = async (as: Caller) =>
    (await app.request(listMacros, as, { query: { subject: 'conversation' } })).body.items.map(
      ({ id }) => id,
    );
  expect(await seen(agent)).toEqual([macro.id]);
  expect(await seen(centre.agent)).toEqual([]);
  const { id } = await begin('好了');
  const foreign = await app.request(runMacro, centre.agent, {
    params: { id: macro.id },
    body: { subjectId: id },
  });
  expect(foreign.problem.code).toBe('macro.not_found');
  const done = await app.request(runMacro, agent, {
    params: { id: macro.id },
    body: { subjectId: id },
  });
  expect(done.status).toBe(200);
  expect((await read(id)).status).toBe('resolved');
  expect((await said(id)).at(-1)).toEqual(['message', 'agent', '再见']);
  expect((await app.request(listMacros, admin)).body.items.at(-1)?.uses).toBe(1);
  const changed = await app.request(updateMacro, admin, {
    params: { id: macro.id },
    body: { ...body, note: '礼貌地', version: macro.version },
  });
  expect(changed.body).toMatchObject({ note: '礼貌地', version: macro.version + 1 });
  // A colleague who still looks at it as it was.
  const late = await app.request(updateMacro, admin, {
    params: { id: macro.id },
    body: { ...body, note: '简短地', version: macro.version },
  });
  expect(late.problem.code).toBe('macro.changed_meanwhile');
  expect((await app.request(deleteMacro, admin, { params: { id: macro.id } })).status).toBe(204);
});
