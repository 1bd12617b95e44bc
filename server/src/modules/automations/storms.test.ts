import { listOrders } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { passTime, until } from '../orders/testing/time.ts';
import { caughtUp, dueFor, hurry, newRule, runsOf } from './testing.ts';

/** Orders that beget orders: an automation must not be started for ever by what it made itself. */

let app: TestApp;
let centre: Centre;
let admin: Caller;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  admin = centre.admin;
});

const childrenOf = async (subject: string) =>
  (await app.request(listOrders, admin, { query: { q: subject } })).body.items;

test('an order that time made of another begets no third, but one that somebody records does', async () => {
  const subject = '巡检跟进';
  const rule = await newRule(app, admin, {
    when: { kind: 'time', clock: 'order.since_created', minutes: 600 },
    actions: [
      { kind: 'create_order', categoryId: centre.categories[0]?.id ?? '', subject },
      { kind: 'comment', text: '已跟进' },
    ],
  });
  const known = new Set<string>();
  for (const round of [1, 2]) {
    const { id } = await centre.record({ subject: '漏水' });
    await until(async () => (await dueFor(app, rule.id, id)) !== null);
    await caughtUp(app);
    await hurry(app, rule.id, id);
    await until(async () => (await childrenOf(subject)).length === round);
    const childId = (await childrenOf(subject)).find((one) => !known.has(one.id))?.id ?? '';
    known.add(childId);
    await until(async () => (await dueFor(app, rule.id, childId)) !== null);
    await caughtUp(app);
    await hurry(app, rule.id, childId);
    await until(async () => (await dueFor(app, rule.id, childId)) === null);
    await caughtUp(app);
    expect(await childrenOf(subject)).toHaveLength(round);
    expect(await runsOf(app, admin, { automationId: rule.id })).toHaveLength(round);
  }
});

test('nor does a deadline that passes on what an automation recorded', async () => {
  const subject = '超时跟进';
  const rule = await newRule(app, admin, {
    when: { kind: 'event', events: ['order.escalated'] },
    actions: [{ kind: 'create_order', categoryId: centre.categories[0]?.id ?? '', subject }],
  });
  const { id } = await centre.record({ subject: '停电' });
  await passTime(app.ctx, id, 121);
  await until(async () => (await childrenOf(subject)).length > 0);
  const [child] = await childrenOf(subject);
  const childId = child?.id ?? '';
  await passTime(app.ctx, childId, 121);
  const isEscalated = async (): Promise<boolean> =>
    (await centre.read(childId)).lines.some(({ kind }) => kind === 'escalated');
  await until(isEscalated);
  await caughtUp(app);
  expect(await childrenOf(subject)).toHaveLength(1);
  expect(await runsOf(app, admin, { automationId: rule.id })).toHaveLength(1);
});
