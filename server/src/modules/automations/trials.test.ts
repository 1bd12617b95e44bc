import {
  commentOrder,
  createCustomer,
  dryRunAutomation,
  listAutomationRuns,
  previewAutomation,
} from '@yingda/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import type { SmtpServer } from '../../../test/smtp-server.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { passTime, until } from '../orders/testing/time.ts';
import { caughtUp, newRule, runsOf } from './testing.ts';

let mail: SmtpServer;
let app: TestApp;
let centre: Centre;
let admin: Caller;
beforeAll(async () => {
  mail = await startSmtpServer();
  app = await testApp({ config: { mail: { smtpUrl: mail.url, from: 'yingda@example.com' } } });
  centre = await openCentre(app);
  admin = centre.admin;
});
afterAll(() => mail.close());
beforeEach(async () => {
  // What the test before has said is heard by its own rules.
  await caughtUp(app);
  await sql`delete from automation`.execute(app.ctx.db);
  mail.mails.length = 0;
});

const isComplaint = { field: 'order.isComplaint', op: 'is', value: true } as const;

test('a dry run tells what every condition finds and every action would do, and leaves no trace', async () => {
  const order = await centre.record({ priority: 'high' });
  const before = await centre.read(order.id);
  const { body, status } = await app.request(dryRunAutomation, admin, {
    body: {
      subject: 'order',
      on: order.number,
      conditions: {
        groups: [{ items: [{ field: 'order.priority', op: 'is', value: 'high' }, isComplaint] }],
      },
      actions: [
        { kind: 'comment', text: '{{order.number}} 已经太久' },
        { kind: 'mail', to: ['owner'], subject: '{{order.number}}', text: '请处理' },
        { kind: 'create_order', categoryId: order.categoryId, subject: '跟进' },
        { kind: 'move', move: 'transfer' },
        { kind: 'pause', reason: 'customer' },
      ],
    },
  });
  expect(status).toBe(200);
  expect(body.subject).toMatchObject({ id: order.id, number: order.number });
  expect(body.holds).toBe(false);
  expect(body.groups[0]?.items).toEqual([
    { field: 'order.priority', key: null, op: 'is', found: 'high', holds: true },
    { field: 'order.isComplaint', key: null, op: 'is', found: 'false', holds: false },
  ]);
  expect(body.actions.map(({ kind, state, problem }) => [kind, state, problem])).toEqual([
    ['comment', 'done', null],
    ['mail', 'done', null],
    ['create_order', 'done', null],
    ['move', 'failed', 'order.fields_missing'],
    ['pause', 'not_reached', null],
  ]);
  expect(body.actions[0]?.detail).toBe(`${order.number} 已经太久`);
  const after = await centre.read(order.id);
  expect(after).toEqual({ ...before, visits: after.visits });
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from work_order)::int + (select count(*) from automation_mail)::int as count
  `.execute(app.ctx.db);
  expect(rows[0]?.count).toBe(1);
  await caughtUp(app);
  expect(mail.mails).toEqual([]);
  const unknown = await app.request(dryRunAutomation, admin, {
    body: { subject: 'order', on: 'W1', actions: [{ kind: 'comment', text: 'x' }] },
  });
  expect(unknown.problem.code).toBe('automation.subject_not_found');
});

test('a preview counts what would have started it in the past, by events and over time', async () => {
  const old = await centre.record({ subject: '预览一' });
  const fresh = await centre.record({ subject: '预览二' });
  await centre.record({ subject: '其他' });
  await passTime(app.ctx, old.id, 3 * 24 * 60);
  const conditions = {
    groups: [{ items: [{ field: 'order.subject', op: 'contains', value: '预览' } as const] }],
  };
  const preview = async (when: object, days = 7) => {
    const body = { subject: 'order', when, conditions, days } as never;
    const answer = await app.request(previewAutomation, admin, { body });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const created = { kind: 'event', events: ['order.created'] };
  const week = await preview(created);
  expect(week).toMatchObject({ matched: 2, subjects: 2, isCut: false });
  expect(week.considered).toBeGreaterThanOrEqual(3);
  expect(week.samples.map(({ subject }) => subject.id)).toEqual([fresh.id, old.id]);
  expect(week.perDay.map(({ matched }) => matched).filter((count) => count > 0)).toEqual([1, 1]);
  expect((await preview(created, 1)).matched).toBe(1);
  const step = { kind: 'time', clock: 'order.in_step', minutes: 120 };
  expect((await preview(step)).samples.map(({ subject }) => subject.id)).toEqual([old.id]);
  expect((await preview({ ...step, clock: 'order.untouched' })).matched).toBe(1);
  expect((await preview({ ...step, clock: 'order.since_closed' })).matched).toBe(0);
  expect((await preview({ ...step, clock: 'order.after_due' })).matched).toBe(1);
  expect((await preview({ ...step, by: 'working' })).matched).toBe(1);
  await caughtUp(app);
  const runs = await app.request(listAutomationRuns, admin);
  expect(runs.body.items.filter(({ subject }) => subject.id === old.id)).toEqual([]);
});

test('a preview of conversations reads what was written in them', async () => {
  for (const when of [
    { kind: 'event', events: ['conversation.customer_wrote', 'conversation.resolved'] },
    { kind: 'time', clock: 'conversation.customer_waits', minutes: 5 },
    { kind: 'time', clock: 'conversation.silent', minutes: 5 },
    { kind: 'time', clock: 'conversation.since_started', minutes: 5 },
    { kind: 'time', clock: 'conversation.since_resolved', minutes: 5 },
  ]) {
    const body = { subject: 'conversation', when, days: 7 } as never;
    const answer = await app.request(previewAutomation, admin, { body });
    expect([when, answer.status, answer.body.matched]).toEqual([when, 200, 0]);
  }
});

test('mails go to whom the order knows, each once, and to nobody twice', async () => {
  const { body: customer } = await app.request(createCustomer, admin, {
    body: { name: '韩梅梅', identities: [{ kind: 'email', value: 'han@example.com' }] },
  });
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.created'] },
    actions: [
      {
        kind: 'mail',
        to: ['owner', 'recorder', 'customer'],
        addresses: ['boss@example.com', 'HAN@example.com'],
        subject: '{{order.number}} {{order.subject}}',
        text: '{{customer.name}}：{{order.portal}}',
      },
    ],
  });
  const order = await centre.record({ customerId: customer.id, customerName: '韩梅梅' });
  // Beside them go the warnings of orders.
  const isOwn = (id = '') => id.startsWith('<automation-');
  const own = () => mail.mails.filter(({ headers }) => isOwn(headers['message-id']));
  await until(async () => own().length === 3);
  const { rows } = await sql<{ email: string }>`
    select email from app_user where id = ${centre.agent.userId}
  `.execute(app.ctx.db);
  expect(
    own()
      .flatMap(({ to }) => to.map((one) => one.toLowerCase()))
      .toSorted(),
  ).toEqual(['boss@example.com', 'han@example.com', rows[0]?.email ?? ''].toSorted());
  expect(own()[0]?.text).toMatch(/^韩梅梅：http.*\/o\//);
  expect(own()[0]?.headers['auto-submitted']).toBe('auto-generated');
  const [run] = await runsOf(app, admin, { automationId: rule.id });
  expect(run?.actions[0]?.detail).toContain(order.number);

  const nobody = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.commented'] },
    actions: [{ kind: 'mail', to: ['customer'], subject: 'x', text: 'y' }],
  });
  const other = await centre.record();
  await app.request(commentOrder, centre.agent, {
    params: { id: other.id },
    body: { text: 'hello' },
  });
  await until(async () => (await runsOf(app, admin, { automationId: nobody.id })).length === 1);
  const [failed] = await runsOf(app, admin, { automationId: nobody.id });
  expect(failed?.actions[0]?.problem).toBe('automation.no_recipient');
});
