import {
  addOrderTask,
  commentOrder,
  createAutomation,
  createWebhook,
  deleteWebhook,
  listAutomations,
  orderAutomations,
  switchAutomation,
  updateAutomation,
  updateOrder,
} from '@yingda/contract';
import type { AutomationView } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { until } from '../orders/testing/time.ts';
import { caughtUp, dueFor, hurry, newRule, runsOf } from './testing.ts';

let app: TestApp;
let centre: Centre;
let admin: Caller;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  admin = centre.admin;
});
beforeEach(async () => {
  // What the test before has said is heard by its own rules.
  await caughtUp(app);
  await sql`delete from automation`.execute(app.ctx.db);
});

const say = (text: string) => ({ kind: 'comment' as const, text });
const textsOf = async (id: string): Promise<string[]> =>
  (await centre.read(id)).lines.filter(({ kind }) => kind === 'commented').map(({ text }) => text);

test('what happens to an order starts what fits its conditions, written down as of an automation', async () => {
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    conditions: {
      match: 'all',
      groups: [
        {
          match: 'any',
          items: [
            { field: 'order.subject', op: 'contains', value: '异响' },
            { field: 'order.subject', op: 'contains', value: 'ＮＯＩＳＥ' },
          ],
        },
        { match: 'all', items: [{ field: 'order.priority', op: 'in', value: ['normal', 'low'] }] },
      ],
    },
    actions: [
      { kind: 'set_field', set: { field: 'priority', value: 'urgent' } },
      say('{{order.number}}：请优先处理 {{customer.name}} 的问题'),
      { kind: 'add_task', title: '联系备件库', teamId: centre.techTeamId, dueMinutes: 60 },
    ],
  });
  const order = await centre.record();
  const english = await centre.record({ subject: 'noise in the motor' });
  const other = await centre.record({ subject: '退款' });
  await until(async () => (await runsOf(app, admin, { automationId: rule.id })).length === 2);
  const done = await centre.read(order.id);
  expect(done.priority).toBe('urgent');
  expect(await textsOf(order.id)).toEqual([`${order.number}：请优先处理 李雷 的问题`]);
  expect(done.lines.find(({ kind }) => kind === 'commented')?.by).toBe('automation');
  expect(done.tasks).toMatchObject([{ title: '联系备件库', doneAt: null }]);
  expect((await centre.read(english.id)).priority).toBe('urgent');
  expect((await centre.read(other.id)).priority).toBe('normal');
  const [, first] = await runsOf(app, admin, { automationId: rule.id });
  expect(first).toMatchObject({
    subject: { id: order.id, number: order.number },
    cause: 'order.created',
    state: 'done',
    chain: [],
    actions: [
      { kind: 'set_field', state: 'done', field: 'priority', detail: 'urgent' },
      { kind: 'comment', state: 'done' },
      { kind: 'add_task', state: 'done' },
    ],
  });
  const { body } = await app.request(listAutomations, admin);
  expect(body.items[0]).toMatchObject({ runs: 2, failures: 0 });
});

test('when one action is refused nothing of the run is done, and the history says why', async () => {
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    actions: [say('sent to the department'), { kind: 'move', move: 'transfer' }, say('never')],
  });
  const order = await centre.record();
  await until(async () => (await runsOf(app, admin, { automationId: rule.id })).length === 1);
  expect(await textsOf(order.id)).toEqual([]);
  const [run] = await runsOf(app, admin, { state: 'failed' });
  expect(run).toMatchObject({
    state: 'failed',
    actions: [
      { kind: 'comment', state: 'done' },
      { kind: 'move', state: 'failed', problem: 'order.fields_missing' },
      { kind: 'comment', state: 'not_reached' },
    ],
  });
});

test('automations run in their order, and each sees what the one before has done', async () => {
  const first = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    actions: [say('first'), { kind: 'set_field', set: { field: 'priority', value: 'high' } }],
  });
  const second = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    conditions: {
      groups: [{ items: [{ field: 'order.priority', op: 'is', value: 'high' }] }],
    },
    actions: [say('second')],
  });
  const order = await centre.record();
  await until(async () => (await textsOf(order.id)).length === 2);
  expect(await textsOf(order.id)).toEqual(['first', 'second']);
  const placed = await app.request(orderAutomations, admin, {
    body: { ids: [second.id, first.id] },
  });
  expect(placed.body.items.map(({ id }) => id)).toEqual([second.id, first.id]);
  const other = await centre.record();
  await until(async () => (await textsOf(other.id)).length === 1);
  await caughtUp(app);
  expect(await textsOf(other.id)).toEqual(['first']);
});

test('an automation is not started by what follows from itself, and chains end', async () => {
  const own = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.commented'] },
    actions: [say('again: {{event.text}}')],
  });
  const order = await centre.record();
  await app.request(commentOrder, centre.agent, {
    params: { id: order.id },
    body: { text: 'look', isPublic: false },
  });
  await until(async () => (await runsOf(app, admin, { automationId: own.id })).length === 1);
  await caughtUp(app);
  expect(await textsOf(order.id)).toEqual(['look', 'again: look']);

  // Two that answer each other: each once.
  const other = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.commented'] },
    conditions: { groups: [{ items: [{ field: 'event.by', op: 'is', value: 'automation' }] }] },
    actions: [say('and you')],
  });
  const next = await centre.record();
  await app.request(commentOrder, centre.agent, {
    params: { id: next.id },
    body: { text: 'hello', isPublic: false },
  });
  await until(async () => (await textsOf(next.id)).includes('and you'));
  await caughtUp(app);
  expect(await textsOf(next.id)).toEqual(['hello', 'again: hello', 'and you']);
  const [run] = await runsOf(app, admin, { automationId: other.id });
  expect(run?.chain).toEqual([own.name]);
});

test('a chain of more than five is cut, and what runs too often is switched off', async () => {
  const rules: AutomationView[] = [];
  // The last of the chain stands first, so that each must be started by what the one before has done.
  for (const index of [6, 5, 4, 3, 2, 1, 0]) {
    const isFirst = index === 0;
    rules[index] = await newRule(app, admin, {
      when: { kind: 'event', events: [isFirst ? 'order.created' : 'order.changed'] },
      conditions: {
        groups: [
          {
            items: [
              isFirst
                ? { field: 'order.subject', op: 'is', value: 'chain' }
                : { field: 'order.custom', key: `f${index - 1}`, op: 'not_empty' },
              { field: 'order.custom', key: `f${index}`, op: 'empty' },
            ],
          },
        ],
      },
      actions: [{ kind: 'set_field', set: { field: 'custom', key: `f${index}`, value: 'x' } }],
    });
  }
  const order = await centre.record({ subject: 'chain' });
  const isCut = async () => (await runsOf(app, admin, { state: 'loop_stopped' })).length > 0;
  await until(isCut);
  const [cut] = await runsOf(app, admin, { state: 'loop_stopped' });
  expect(cut).toMatchObject({ automationId: rules[5]?.id, subject: { id: order.id } });
  expect(cut?.chain).toEqual(rules.slice(0, 5).map(({ name }) => name));

  const busy = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.commented'] },
    actions: [{ kind: 'add_task', title: 'answer' }],
  });
  const talked = await centre.record({ subject: 'talk' });
  for (let count = 0; count < 32; count += 1) {
    await app.request(commentOrder, centre.agent, {
      params: { id: talked.id },
      body: { text: `${count}`, isPublic: false },
    });
  }
  await until(async () => {
    const { body } = await app.request(listAutomations, admin);
    return body.items.find(({ id }) => id === busy.id)?.stopped === 'loop';
  });
  expect((await centre.read(talked.id)).tasks).toHaveLength(30);
});

test('"once" is once for each order, whatever happens', async () => {
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.commented'] },
    repeat: 'once',
    actions: [{ kind: 'add_task', title: 'once' }],
  });
  const order = await centre.record();
  for (const text of ['a', 'b', 'c']) {
    await app.request(commentOrder, centre.agent, {
      params: { id: order.id },
      body: { text, isPublic: false },
    });
  }
  await caughtUp(app);
  const runs = await runsOf(app, admin, { automationId: rule.id });
  expect(
    runs.map(({ state, subject, actions }) => [state, subject.id, actions[0]?.problem]),
  ).toEqual([['done', order.id, null]]);
  expect((await centre.read(order.id)).tasks).toHaveLength(1);
});

test('an automation over time runs once for each stay in a step, and finds what was there before it', async () => {
  const old = await centre.record();
  const rule = await newRule(app, admin, {
    when: { kind: 'time', clock: 'order.in_step', minutes: 120 },
    conditions: { groups: [{ items: [{ field: 'order.step', op: 'is', value: 'intake' }] }] },
    actions: [say('two hours in intake')],
  });
  await until(async () => (await dueFor(app, rule.id, old.id)) !== null);
  const order = await centre.record();
  await until(async () => (await dueFor(app, rule.id, order.id)) !== null);
  const due = await dueFor(app, rule.id, order.id);
  expect(due?.getTime()).toBe(Date.parse(order.stepSince) + 120 * 60_000);

  await caughtUp(app);
  await hurry(app, rule.id, order.id);
  await until(async () => (await textsOf(order.id)).length === 1);
  expect(await dueFor(app, rule.id, order.id)).toBeNull();
  // What happens meanwhile is no new occasion.
  await app.request(addOrderTask, centre.agent, {
    params: { id: order.id },
    body: { title: 'check' },
  });
  await caughtUp(app);
  expect(await dueFor(app, rule.id, order.id)).toBeNull();

  // Another step: the clock of the old one goes, the conditions do not hold there.
  await centre.move(old.id, centre.agent, { move: 'transfer', departmentId: centre.departmentId });
  await until(async () => (await dueFor(app, rule.id, old.id)) === null);
  // Back again: a new stay, a new occasion.
  await centre.move(old.id, centre.handler, { move: 'send_back', review: 'more, please' });
  await until(async () => (await dueFor(app, rule.id, old.id)) !== null);
  await caughtUp(app);
  await hurry(app, rule.id, old.id);
  await until(async () => (await textsOf(old.id)).length === 1);
  expect(await runsOf(app, admin, { automationId: rule.id })).toHaveLength(2);
});

test('working minutes are reckoned in the hours of the organisation; switched off, nothing runs', async () => {
  const rule = await newRule(app, admin, {
    when: { kind: 'time', clock: 'order.before_due', minutes: 30, by: 'working' },
    actions: [say('soon')],
  });
  const order = await centre.record();
  await until(async () => (await dueFor(app, rule.id, order.id)) !== null);
  const due = await dueFor(app, rule.id, order.id);
  expect(due?.getTime()).toBe(Date.parse(order.dueAt ?? '') - 30 * 60_000);
  await app.request(switchAutomation, admin, {
    params: { id: rule.id },
    body: { isActive: false },
  });
  await hurry(app, rule.id, order.id);
  await until(async () => (await dueFor(app, rule.id, order.id)) === null);
  expect(await textsOf(order.id)).toEqual([]);
});

test('what does not fit together is refused where it stands', async () => {
  const base = { name: 'Unfit', subject: 'order' as const };
  const answer = await app.request(createAutomation, admin, {
    body: {
      ...base,
      when: { kind: 'event', events: ['conversation.started'] },
      conditions: {
        groups: [
          {
            items: [
              { field: 'conversation.status', op: 'is', value: 'open' },
              { field: 'order.rating', op: 'contains', value: '1' },
              { field: 'order.step', op: 'in', value: 'intake' },
              { field: 'order.custom', op: 'is', value: 'x' },
            ],
          },
        ],
      },
      actions: [{ kind: 'resolve' }, say('{{nothing.known}}')],
    },
  });
  expect(answer.status).toBe(422);
  expect(answer.problem.faults?.map(({ path }) => path)).toEqual([
    'body.when',
    'body.conditions.groups.0.items.0.field',
    'body.conditions.groups.0.items.1.op',
    'body.conditions.groups.0.items.2.value',
    'body.conditions.groups.0.items.3.key',
    'body.actions.0.kind',
    'body.actions.1.text',
  ]);
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    actions: [say('x')],
    isActive: false,
  });
  const { name, when, actions, version } = rule;
  const change = (body: object) =>
    app.request(updateAutomation, admin, {
      params: { id: rule.id },
      body: { ...base, name, when, actions, version, ...body },
    });
  expect((await change({ note: 'one' })).body.version).toBe(2);
  expect((await change({ note: 'two' })).problem.code).toBe('automation.changed_meanwhile');
  const twin = await app.request(createAutomation, admin, {
    body: { ...base, name: name.toUpperCase(), when, actions },
  });
  expect(twin.problem.code).toBe('automation.name_taken');
});

test('an order is sent to a webhook, which then cannot be deleted', async () => {
  const made = await app.request(createWebhook, admin, {
    body: { name: 'ERP', url: 'https://erp.example.com/hook', events: [] },
  });
  const webhookId = made.body.id;
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.changed'] },
    actions: [{ kind: 'webhook', webhookId }],
  });
  const order = await centre.record();
  await app.request(updateOrder, centre.agent, {
    params: { id: order.id },
    body: { version: order.version, plan: '更换轴承' },
  });
  await until(async () => (await runsOf(app, admin, { automationId: rule.id })).length === 1);
  const { rows } = await sql<{ body: string }>`
    select body from webhook_delivery where event = 'automation.fired'
  `.execute(app.ctx.db);
  expect(rows).toHaveLength(1);
  expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({
    data: { automation: { id: rule.id }, order: { id: order.id, form: { plan: '更换轴承' } } },
  });
  const refused = await app.request(deleteWebhook, admin, { params: { id: webhookId } });
  expect(refused.problem.code).toBe('webhook.in_use');
});
