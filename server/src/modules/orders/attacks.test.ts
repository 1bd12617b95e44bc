import {
  addOrderTask,
  addRegisterLine,
  analyseComplaints,
  commentOrder,
  confirmRepeat,
  createCallback,
  createOrder,
  deleteTeam,
  getDueCalendar,
  getOrder,
  getOrderPortal,
  getOrderSettings,
  linkOrder,
  listFlows,
  linkOrderPortal,
  listOrders,
  listRegister,
  mergeOrder,
  publishFlow,
  reopenOrder,
  saveFlow,
  setOrderSettings,
  setRecurrence,
  updateOrder,
  updatePerson,
  writeOrderPortal,
} from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { newQueue } from '../routing/testing.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, testMove, testStep } from './testing/flows.ts';
import { until } from './testing/time.ts';

/** What somebody with bad intent, or a program gone wrong, sends: a clear answer, and nothing told or changed. */

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

const tokenOf = async (id: string): Promise<string> => {
  const { body } = await app.request(linkOrderPortal, centre.agent, { params: { id } });
  return body.url.split('/o/')[1] ?? '';
};
const see = (token: string) => app.request(getOrderPortal, null, { params: { token } });

describe('times that no calendar has', () => {
  const years = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00'];

  test('a task, a call and a line of a register take none of them for more than they are', async () => {
    const { agent } = centre;
    const { id } = await centre.record();
    const got: string[] = [];
    for (const at of years) {
      const task = await app.request(addOrderTask, agent, {
        params: { id },
        body: { title: 'x', dueAt: at },
      });
      const call = await app.request(createCallback, agent, {
        body: { orderId: id, dueAt: at, nextTryAt: at },
      });
      const line = await app.request(addRegisterLine, agent, {
        params: { register: 'enquiries' },
        body: { at, customerName: 'x', values: {} },
      });
      got.push(...[task, call, line].map(({ status }) => `${at} ${status}`));
      expect((await app.request(getOrder, agent, { params: { id } })).status).toBe(200);
    }
    expect(got.filter((one) => / 5/.test(one))).toEqual([]);
  });

  test('periods at the ends of time are answered', async () => {
    const { admin } = centre;
    const got: string[] = [];
    for (const [from, to] of [
      ['0000-01-01', '0000-01-02'],
      ['0001-01-01', '0001-01-31'],
      ['9999-12-01', '9999-12-31'],
    ] as const) {
      const answers = [
        await app.request(getDueCalendar, admin, { query: { from, to } }),
        await app.request(listRegister, admin, {
          params: { register: 'problems' },
          query: { from, to },
        }),
        await app.request(analyseComplaints, admin, { query: { from, to } }),
      ];
      got.push(...answers.map(({ status }) => `${from} ${status}`));
    }
    expect(got.filter((one) => / 5/.test(one))).toEqual([]);
  });

  test('recurrences at the ends of time are kept or refused', async () => {
    const { agent } = centre;
    const { id } = await centre.record();
    for (const from of ['0000-01-01', '0050-02-28', '9999-12-31']) {
      const answer = await app.request(setRecurrence, agent, {
        params: { id },
        body: { recurrence: { every: 'month', interval: 36, from, at: '23:59' } },
      });
      expect(answer.status, from).toBeLessThan(500);
      expect((await app.request(getOrder, agent, { params: { id } })).status).toBe(200);
    }
    await app.request(setRecurrence, agent, { params: { id }, body: { recurrence: null } });
  });

  test('cursors of others are malformed', async () => {
    const { admin } = centre;
    const id = '01900000-0000-7000-8000-000000000000';
    const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const place of [
      '9999999999',
      '----------',
      '2026-99-99 00:00:00+00',
      '0000-01-01T00:00:00Z',
    ]) {
      const register = await app.request(listRegister, admin, {
        params: { register: 'problems' },
        query: { from: '2026-01-01', to: '2026-01-31', cursor: cursorOf([place, id]) },
      });
      const list = await app.request(listOrders, admin, {
        query: { cursor: cursorOf([place, id]) },
      });
      expect([register.status, list.status], place).toEqual([400, 400]);
    }
  });
});

describe('texts that are too much', () => {
  test('a word without an end and twenty thousand different ones are kept and found', async () => {
    const { agent } = centre;
    const many = Array.from({ length: 20_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join('');
    const long = 'a'.repeat(20_000);
    for (const description of [long, many]) {
      const { id } = await centre.record({ description, subject: `长 ${description.slice(0, 5)}` });
      const { version } = await centre.read(id);
      const half = description.slice(0, 10_000);
      const answer = await app.request(updateOrder, agent, {
        params: { id },
        body: { version, plan: half, result: half, address: half.slice(0, 300) },
      });
      expect(answer.status).toBe(200);
    }
  });

  test('own fields with strange names are refused, halves of characters stored whole', async () => {
    const { agent } = centre;
    const categoryId = centre.categories[0]?.id ?? '';
    const send = (fields: Record<string, string>) =>
      app.request(createOrder, agent, {
        body: { subject: 'x', categoryId, fields, description: '\ud83d' },
      });
    const proto = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
    const got = [
      await send(proto),
      await send({ constructor: '\ud800' }),
      await send({ a: '\u0000' }),
      await send({ 'a b': 'x' }),
    ];
    expect(got.map(({ status }) => status)).toEqual([400, 201, 422, 422]);
    expect(got[1]?.body.form).toMatchObject({ fields: { constructor: '\ufffd' } });
  });
});

describe('who sees and does what', () => {
  test('a link to an order tells nothing of it to who may not see it', async () => {
    const { agent, admin, departmentId, handler } = centre;
    const secret = await centre.record({ subject: '人事投诉' });
    const open = await centre.record({ departmentId });
    await app.request(linkOrder, agent, {
      params: { id: open.id },
      body: { otherId: secret.id, kind: 'related' },
    });
    const seen = await centre.read(open.id, handler);
    expect(seen.links).toEqual([]);
    expect((await centre.read(open.id, admin)).links).toHaveLength(1);
  });

  test('who only reads may speak to colleagues, not to the customer', async () => {
    const reader = await app.newPerson({ role: 'trainer', teamId: null });
    const { id } = await centre.record();
    const say = (isPublic: boolean) =>
      app.request(commentOrder, reader, { params: { id }, body: { text: '你好', isPublic } });
    expect((await say(false)).status).toBe(200);
    expect((await say(true)).problem.code).toBe('order.not_yours');
    // By the link one acts as the customer.
    const link = await app.request(linkOrderPortal, reader, { params: { id } });
    expect(link.problem.code).toBe('order.not_yours');
  });

  test('of two customers whose orders become one, neither reads what the other wrote', async () => {
    const { agent } = centre;
    const one = await centre.record({ customerName: '甲' });
    const two = await centre.record({ customerName: '乙', phones: ['13900139000'] });
    const [first, second] = [await tokenOf(one.id), await tokenOf(two.id)];
    await app.request(writeOrderPortal, null, {
      params: { token: second },
      body: { deed: 'add', text: '乙的地址：幸福路 1 号' },
    });
    const merged = await app.request(mergeOrder, agent, {
      params: { id: one.id },
      body: { otherId: two.id },
    });
    expect(merged.status).toBe(200);
    expect((await see(first)).body.lines).toEqual([]);
    const { body: own } = await see(second);
    expect(own).toMatchObject({ number: two.number, status: 'closed', mayReopen: false });
    expect(own.lines).toHaveLength(1);
  });

  test('an order that goes on in another is not reopened beside it', async () => {
    const { agent } = centre;
    const one = await centre.record();
    const two = await centre.record();
    const token = await tokenOf(two.id);
    await app.request(mergeOrder, agent, { params: { id: one.id }, body: { otherId: two.id } });
    const { version } = await centre.read(two.id);
    const reopened = await app.request(reopenOrder, agent, {
      params: { id: two.id },
      body: { version },
    });
    expect(reopened.problem.code).toBe('order.merged');
    const rejected = await app.request(writeOrderPortal, null, {
      params: { token },
      body: { deed: 'reject', text: '还没好' },
    });
    expect(rejected.problem.code).toBe('order.move_not_allowed');
    // The customer's own link leads on.
    expect((await see(token)).body).toMatchObject({ number: one.number, status: 'open' });
    expect((await see(token)).body.mayReopen).toBe(false);
    expect((await centre.read(two.id)).status).toBe('closed');
    const repeated = await app.request(confirmRepeat, agent, {
      params: { id: two.id },
      body: { note: 'x', reopen: true },
    });
    expect(repeated.problem.code).toBe('order.merged');
    expect((await centre.read(two.id)).status).toBe('closed');
  });
});

describe('what comes twice', () => {
  test('a double click, and the same again after the answer was lost, record one order', async () => {
    const { agent } = centre;
    const click = () => centre.record({ idempotencyKey: 'click-2026-11' });
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, click));
    const ids = [...others, await click()].map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([first?.id]));
    const stranger = await app.newPerson({
      role: 'agent',
      teamId: (await newQueue(app.ctx)).teamId,
    });
    const guess = await app.request(createOrder, stranger, {
      body: {
        subject: 'x',
        categoryId: centre.categories[0]?.id ?? '',
        idempotencyKey: 'click-2026-11',
      },
    });
    expect(guess.problem.code).toBe('order.not_found');
    expect((await centre.read(first?.id ?? '', agent)).lines).toHaveLength(1);
  });

  test('numbers that are taken already are passed over, however many ask at once', async () => {
    const { admin } = centre;
    const { body: settings } = await app.request(getOrderSettings, admin);
    const change = (numberPattern: string) =>
      app.request(setOrderSettings, admin, { body: { ...settings, numberPattern } });
    const many = async () =>
      (await Promise.all(Array.from({ length: 12 }, () => centre.record()))).map(
        ({ number }) => number,
      );
    await change('K{0}');
    const first = await many();
    // Counts for itself, and comes upon the same numbers from ten on.
    await change('K{00}');
    const second = await many();
    await change(settings.numberPattern);
    expect(new Set([...first, ...second]).size).toBe(24);
  });

  test('of two who merge each into the other one does, and both keep what was written', async () => {
    const { agent } = centre;
    const [one, two] = [await centre.record(), await centre.record()];
    const merge = (id: string, otherId: string) =>
      app.request(mergeOrder, agent, { params: { id }, body: { otherId } });
    const answers = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const states = [await centre.read(one.id), await centre.read(two.id)].map(
      ({ status }) => status,
    );
    expect(states.toSorted()).toEqual(['closed', 'open']);
  });
});

describe('those who are gone', () => {
  test('an order recorded again for somebody who left waits in the inbox of their team', async () => {
    const { admin, deskId } = centre;
    const leaver = await app.newPerson({ role: 'agent', teamId: deskId });
    const { id } = await centre.record({ subject: '每月巡检' }, leaver);
    const set = await app.request(setRecurrence, leaver, {
      params: { id },
      body: { recurrence: { every: 'day', interval: 1, from: '2026-01-01', at: '00:00' } },
    });
    expect(set.status).toBe(200);
    await app.request(updatePerson, admin, {
      params: { id: leaver.userId },
      body: { active: false },
    });
    await sql`
      update timer set run_at = clock_timestamp() where kind = 'order.recur' and key = ${id}
    `.execute(app.ctx.db);
    const again = async () => {
      const { body } = await app.request(listOrders, admin, { query: { q: '每月巡检' } });
      return body.items.filter((order) => order.id !== id);
    };
    await until(async () => (await again()).length > 0);
    const [order] = await again();
    expect(order).toMatchObject({ ownerId: null, ownerTeamId: deskId });
    await app.request(setRecurrence, admin, { params: { id }, body: { recurrence: null } });
  });

  test('a team that an older version still in use names stays', async () => {
    const { admin } = centre;
    const { teamId } = await newQueue(app.ctx);
    const key = 'old_team';
    const flow = (owner: { rule: 'team'; teamId: string } | { rule: 'recorder' }) => ({
      start: 'begin',
      steps: [
        testStep({
          key: 'begin',
          kind: 'work',
          owner: { rule: 'recorder' },
          moves: [testMove({ key: 'on', to: 'next' })],
        }),
        testStep({
          key: 'next',
          kind: 'work',
          owner,
          moves: [testMove({ key: 'done', to: 'end' })],
        }),
        testStep({ key: 'end', kind: 'end' }),
      ],
    });
    const categoryId = await categoryOn(centre, key, flow({ rule: 'team', teamId }));
    const { id } = await centre.record({ categoryId });
    const { body: flows } = await app.request(listFlows, admin);
    const seen = flows.items.find((one) => one.key === key) ?? null;
    const definition = flow({ rule: 'recorder' });
    const name = { 'zh-CN': key, en: key };
    await app.request(saveFlow, admin, { params: { key }, body: { name, definition, seen } });
    const published = await app.request(publishFlow, admin, { params: { key }, body: {} });
    expect(published.body.version).toBe(2);
    const refused = await app.request(deleteTeam, admin, { params: { id: teamId } });
    expect(refused.status).toBe(409);
    await centre.move(id, centre.agent, { move: 'on' });
    expect((await centre.read(id)).ownerTeamId).toBe(teamId);
  });
});
