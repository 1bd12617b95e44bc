import {
  assignCallback,
  countCallbacks,
  createCallback,
  createTeam,
  getCallback,
  getOrderSettings,
  listCallbacks,
  postponeCallback,
  reportCallback,
  setOrderSettings,
  takeCallback,
  takeNextCallback,
  updatePerson,
} from '@yingda/contract';
import type {
  CallbackDetail,
  CallbackView,
  OrderSettings,
  OrderView,
  SentOf,
} from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { passTime, until } from './testing/time.ts';

let app: TestApp;
let centre: Centre;
const MINUTE = 60_000;
const DAY = 86_400_000;

beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function listed(
  query: SentOf<typeof listCallbacks, 'query'>,
  as: Caller = centre.agent,
): Promise<CallbackView[]> {
  const { body } = await app.request(listCallbacks, as, { query: { limit: 100, ...query } });
  return body.items;
}

/** An order that was answered and waits for the customer's word, and the call for it. */
async function waiting(over = {}): Promise<{ order: OrderView; call: CallbackView }> {
  const { id } = await centre.record({ departmentId: centre.departmentId, ...over });
  await centre.move(id, centre.agent, { move: 'solve', result: '更换轴承' });
  const order = await centre.move(id, centre.agent, { move: 'replied' });
  const [call] = await listed({ orderId: id });
  if (!call) throw new Error('no callback');
  return { order, call };
}

type Report = Partial<SentOf<typeof reportCallback, 'body'>> & {
  result: SentOf<typeof reportCallback, 'body'>['result'];
};
async function report(id: string, body: Report, as: Caller = centre.agent) {
  const { body: call } = await app.request(getCallback, centre.admin, { params: { id } });
  return app.request(reportCallback, as, {
    params: { id },
    body: { version: call.version, ...body },
  });
}

async function settle(changes: Partial<OrderSettings>): Promise<() => Promise<void>> {
  const { body: before } = await app.request(getOrderSettings, centre.admin);
  const set = (body: OrderSettings) => app.request(setOrderSettings, centre.admin, { body });
  await set({ ...before, ...changes });
  return async () => {
    await set(before);
  };
}

test("the call that an answered order waits for closes it with the customer's word", async () => {
  const { order, call } = await waiting();
  expect(call).toMatchObject({
    orderNumber: order.number,
    reason: 'confirm_result',
    phones: ['13800138000'],
    state: 'open',
    tries: 0,
    maxTries: 3,
    teamId: centre.deskId,
    holderId: null,
    dueAt: order.dueAt,
  });
  expect(call.script).toContain(order.number);
  const { body: detail } = await app.request(getCallback, centre.agent, {
    params: { id: call.id },
  });
  expect(detail).toMatchObject({ orderResult: '更换轴承', mayWork: true, attempts: [] });
  expect(detail.order).toMatchObject({ id: order.id, stepKey: 'callback' });
  expect(detail.results).toContain('not_solved');
  const done = await report(call.id, { result: 'solved', note: '很满意', satisfaction: 5 });
  expect(done.body).toMatchObject({
    state: 'done',
    result: 'solved',
    satisfaction: 5,
    doneByName: centre.agent.name,
    results: [],
    mayWork: false,
  });
  expect(done.body.attempts).toMatchObject([{ result: 'solved', phone: '13800138000' }]);
  const closed = await centre.read(order.id);
  expect(closed).toMatchObject({ status: 'closed', rating: { score: 5, comment: '很满意' } });
  expect(closed.lines.slice(-3).map(({ kind }) => kind)).toEqual(['called', 'moved', 'rated']);
  expect(closed.lines.at(-3)).toMatchObject({ byName: centre.agent.name, text: '很满意' });
  expect((await report(call.id, { result: 'solved' })).problem.code).toBe('callback.done');
  expect((await listed({ scope: 'done' }))[0]?.id).toBe(call.id);
});

test('"not solved" sends the order back with its history, and asks again when it is answered again', async () => {
  const { order, call } = await waiting();
  await report(call.id, { result: 'not_solved', note: '还是响' });
  const back = await centre.read(order.id);
  expect(back).toMatchObject({ stepKey: 'department_answer', reopened: 1, status: 'open' });
  await centre.move(order.id, centre.handler, { move: 'answer', result: '更换电机' });
  await centre.move(order.id, centre.agent, { move: 'replied' });
  const open = await listed({ orderId: order.id });
  expect(open).toHaveLength(1);
  expect(open[0]?.id).not.toBe(call.id);
  await centre.move(order.id, centre.agent, { move: 'confirmed' });
  // Confirmed without the call: nobody need make it.
  expect(await listed({ orderId: order.id })).toEqual([]);
  const { body } = await app.request(getCallback, centre.agent, {
    params: { id: open[0]?.id ?? '' },
  });
  expect(body).toMatchObject({ state: 'done', result: 'solved', doneByName: null });
});

test('"not solved" without a word of what is not is refused, and the call stays to be reported', async () => {
  const { order, call } = await waiting();
  const silent = await report(call.id, { result: 'not_solved', note: ' \n' });
  expect(silent).toMatchObject({
    status: 422,
    problem: { code: 'callback.note_missing', faults: [{ path: 'note', kind: 'required' }] },
  });
  expect(await centre.read(order.id)).toMatchObject({ stepKey: 'callback', reopened: 0 });
  expect(await listed({ orderId: order.id })).toMatchObject([{ id: call.id, tries: 0 }]);
  expect((await report(call.id, { result: 'not_solved', note: '还是响' })).body.state).toBe('done');
});

test('who is not there is called again in working time, and after the last try the order is closed', async () => {
  const { order, call } = await waiting();
  const first = await report(call.id, { result: 'no_answer', note: '无人接听' });
  expect(first.body).toMatchObject({ state: 'open', tries: 1, result: 'no_answer' });
  const wait = Date.parse(first.body.nextTryAt) - Date.now();
  expect(Math.abs(wait - 120 * MINUTE)).toBeLessThan(10_000);
  expect((await listed({ scope: 'due' })).map(({ id }) => id)).not.toContain(call.id);
  const named = ahead(3 * DAY);
  const second = await report(call.id, { result: 'busy', nextTryAt: named });
  expect(second.body).toMatchObject({ tries: 2, nextTryAt: named });
  const last = await report(call.id, { result: 'no_answer' });
  expect(last.body).toMatchObject({ state: 'given_up', tries: 3, result: 'no_answer' });
  const closed = await centre.read(order.id);
  expect(closed).toMatchObject({ status: 'closed', rating: null });
  expect(
    closed.lines.find(({ kind, data }) => kind === 'moved' && data['to'] === 'closed'),
  ).toMatchObject({
    by: 'system',
    text: '3 次联系客户未果，按规定结案。',
  });
  // The customer reads on their page what happened and how to speak up.
  expect(closed.lines.at(-1)).toMatchObject({ kind: 'commented', isPublic: true });
});

test('where the settings say so an order whose customer is not reached is left to its team', async () => {
  const reset = await settle({ callbackWayOut: 'lead', callbackTries: 1 });
  const { order, call } = await waiting();
  const given = await report(call.id, { result: 'no_answer' });
  expect(given.body.state).toBe('given_up');
  const open = await centre.read(order.id);
  expect(open).toMatchObject({ status: 'open', stepKey: 'callback' });
  expect(open.tasks).toMatchObject([{ ownerTeamId: centre.deskId, doneAt: null }]);
  expect(open.tasks[0]?.title).toContain('1 次');
  await centre.move(order.id, centre.agent, { move: 'confirmed' });
  await reset();
});

test('a wrong number goes; without another one the way out is taken at once', async () => {
  const { order, call } = await waiting();
  const wrong = await report(call.id, { result: 'wrong_number', newPhone: '13911112222' });
  expect(wrong.body).toMatchObject({ state: 'open', phones: ['13911112222'], tries: 1 });
  const gone = await report(call.id, { result: 'wrong_number' });
  expect(gone.body).toMatchObject({ state: 'given_up', phones: [] });
  expect((await centre.read(order.id)).status).toBe('closed');
  const { order: other, call: refused } = await waiting();
  await report(refused.id, { result: 'refused' });
  const closed = await centre.read(other.id);
  expect(closed.status).toBe('closed');
  expect(closed.lines.some(({ isPublic }) => isPublic)).toBe(false);
});

test('asked to call later the time is needed, and it counts as no failed try', async () => {
  const { call } = await waiting();
  const untimed = await report(call.id, { result: 'call_later' });
  expect(untimed.problem).toMatchObject({
    code: 'request.invalid',
    faults: [{ path: 'nextTryAt', kind: 'required' }],
  });
  for (const nextTryAt of [ahead(-MINUTE), ahead(91 * DAY)]) {
    const answer = await report(call.id, { result: 'call_later', nextTryAt });
    expect(answer.problem.code).toBe('callback.time_past');
  }
  const nextTryAt = ahead(DAY);
  const later = await report(call.id, { result: 'call_later', nextTryAt });
  expect(later.body).toMatchObject({ nextTryAt, tries: 0, state: 'open' });
  const unfit = await report(call.id, { result: 'informed' });
  expect(unfit.problem.code).toBe('callback.result_unfit');
  const postponed = await app.request(postponeCallback, centre.agent, {
    params: { id: call.id },
    body: { version: later.body.version, nextTryAt: ahead(2 * DAY), note: '客户出差' },
  });
  expect(postponed.body.attempts).toMatchObject([
    { result: 'call_later' },
    { result: null, note: '客户出差' },
  ]);
});

test('of two who take a call one gets it, and nobody holds more than the quota', async () => {
  const reset = await settle({ callbackQuota: 2 });
  const colleague = await app.newPerson({ role: 'agent', teamId: centre.deskId });
  const calls = [await waiting(), await waiting(), await waiting()].map(({ call }) => call);
  const take = (id: string, as: Caller) => app.request(takeCallback, as, { params: { id } });
  const [first, second, third] = calls.map(({ id }) => id);
  const both = await Promise.all([colleague, centre.agent].map((as) => take(first ?? '', as)));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.problem.code).toBe('callback.taken');
  const winner = both[0]?.status === 200 ? colleague : centre.agent;
  const loser = winner === colleague ? centre.agent : colleague;
  expect((await report(first ?? '', { result: 'solved' }, loser)).problem.code).toBe(
    'callback.taken',
  );
  // At once, so that each sees the other's one only if they wait for each other.
  const more = await Promise.all([second, third].map((id) => take(id ?? '', winner)));
  expect(more.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const refused = more.find(({ status }) => status === 409);
  expect(refused?.problem).toMatchObject({ code: 'callback.quota_reached', params: { quota: 2 } });
  const { body: counts } = await app.request(countCallbacks, winner);
  expect(counts).toMatchObject({ mine: 2, mineDue: 2, quota: 2 });
  expect(counts.due).toBeGreaterThanOrEqual(3);
  await reset();
});

test('who asks for the next call gets their own that is due, else a free one, each another', async () => {
  const { body: team } = await app.request(createTeam, centre.admin, {
    body: { name: `回访组 ${Date.now()}` },
  });
  const people = await Promise.all(
    [1, 2, 3].map(() => app.newPerson({ role: 'agent', teamId: team.id })),
  );
  const [first] = people;
  const next = async (as: Caller): Promise<CallbackDetail | null> =>
    (await app.request(takeNextCallback, as)).body.callback;
  expect(first && (await next(first))).toBeNull();
  const body = {
    customerName: '韩梅梅',
    phones: ['13700137000'],
    dueAt: ahead(DAY),
    teamId: team.id,
  };
  for (let index = 0; index < 2; index++) {
    const made = await app.request(createCallback, centre.admin, { body });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ reason: 'other', orderId: null, customerName: '韩梅梅' });
    expect(made.body.script).toContain('韩梅梅');
  }
  const got = await Promise.all(people.map((as) => next(as)));
  const ids = got.flatMap((call) => call?.id ?? []);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
  const holder = people[got.findIndex((call) => call !== null)];
  expect(holder && (await next(holder))?.holderId).toBe(holder?.userId);
  const [one] = ids;
  const maker = people[got.findIndex((call) => call?.id === one)];
  const told = await report(one ?? '', { result: 'informed' }, maker);
  expect(told.body).toMatchObject({ state: 'done', result: 'informed' });
});

test('a lead hands calls out, a holder gives them back, and nobody else does', async () => {
  const lead = await app.newPerson({ role: 'supervisor', teamId: centre.deskId });
  const { call } = await waiting();
  const assign = (as: Caller, version: number, holderId: string | null) =>
    app.request(assignCallback, as, { params: { id: call.id }, body: { version, holderId } });
  const outsider = await assign(lead, 1, centre.handler.userId);
  expect(outsider.problem.code).toBe('callback.agent_not_in_team');
  const colleague = await app.newPerson({ role: 'agent', teamId: centre.deskId });
  expect((await assign(centre.agent, 1, colleague.userId)).problem.code).toBe('callback.taken');
  const handed = await assign(lead, 1, centre.agent.userId);
  expect(handed.body).toMatchObject({ holderId: centre.agent.userId, version: 2 });
  expect((await assign(lead, 1, null)).problem.code).toBe('callback.changed_meanwhile');
  expect((await assign(colleague, 2, null)).problem.code).toBe('callback.taken');
  expect((await assign(centre.agent, 2, null)).body.holderId).toBeNull();
  await assign(lead, 3, colleague.userId);
  const away = { params: { id: colleague.userId }, body: { active: false } };
  await app.request(updatePerson, centre.admin, away);
  await until(async () => (await listed({ scope: 'free' })).some(({ id }) => id === call.id));
});

test('a call is only seen by those whose teams it concerns', async () => {
  const { call } = await waiting();
  const stranger = await app.newPerson({ role: 'agent', teamId: centre.techTeamId });
  const { body: team } = await app.request(createTeam, centre.admin, {
    body: { name: `别组 ${Date.now()}` },
  });
  const other = await app.newPerson({ role: 'agent', teamId: team.id });
  for (const as of [stranger, other]) {
    const params = { id: call.id };
    const codes = [
      (await app.request(getCallback, as, { params })).problem.code,
      (await app.request(takeCallback, as, { params })).problem.code,
      (await report(call.id, { result: 'solved' }, as)).problem.code,
    ];
    expect(new Set(codes)).toEqual(new Set(['callback.not_found']));
    expect((await listed({}, as)).map(({ id }) => id)).not.toContain(call.id);
  }
  expect((await app.request(countCallbacks, other)).body).toMatchObject({ due: 0, free: 0 });
  const found = await listed({ q: '0013801' });
  expect(found).toEqual([]);
  expect((await listed({ q: '38001380' })).map(({ id }) => id)).toContain(call.id);
  expect((await listed({ q: '%' })).length).toBe(0);
});

test('lists page without leaving one out', async () => {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const { body } = await app.request(listCallbacks, centre.agent, {
      query: { limit: 2, ...(cursor ? { cursor } : {}) },
    });
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual((await listed({})).map(({ id }) => id));
  const bad = await app.request(listCallbacks, centre.agent, { query: { cursor: 'nonsense' } });
  expect(bad.problem.code).toBe('request.malformed');
});

test('a chase ends when the department answers, and tells nobody to wait any longer', async () => {
  const { id } = await centre.record({ departmentId: centre.departmentId });
  await centre.move(id, centre.agent, { move: 'transfer' });
  await passTime(app.ctx, id, 961);
  await until(async () => (await listed({ orderId: id, reason: 'chase' })).length === 1);
  const [chase] = await listed({ orderId: id });
  const told = await app.request(getCallback, centre.agent, { params: { id: chase?.id ?? '' } });
  expect(told.body.results).toContain('informed');
  expect(told.body.results).not.toContain('solved');
  await centre.move(id, centre.handler, { move: 'answer', result: '已处理' });
  expect(await listed({ orderId: id })).toEqual([]);
});

test('every step of a call is told once as an event', async () => {
  const { call } = await waiting();
  await app.request(takeCallback, centre.agent, { params: { id: call.id } });
  await report(call.id, { result: 'no_answer' });
  await report(call.id, { result: 'solved' });
  const { rows } = await sql<{ change: string }>`
    select payload ->> 'change' as change from outbox_event
    where type = 'callback.changed' and payload ->> 'callbackId' = ${call.id} order by xid, id
  `.execute(app.ctx.db);
  expect(rows.map(({ change }) => change)).toEqual(['opened', 'taken', 'tried', 'done']);
});

test('without anybody to call or a team to do it nothing is noted', async () => {
  const dueAt = ahead(DAY);
  const make = (body: object, as: Caller = centre.agent) =>
    app.request(createCallback, as, { body: { dueAt, ...body } });
  expect((await make({})).problem.faults?.[0]?.path).toBe('customerName');
  expect((await make({ customerName: '李雷' })).problem.faults?.[0]?.path).toBe('phones');
  const person = { customerName: '李雷', phones: ['1'] };
  expect((await make({ ...person, dueAt: ahead(-1) })).problem.code).toBe('callback.time_past');
  const foreign = await make({ ...person, teamId: centre.techTeamId });
  expect(foreign.problem.code).toBe('auth.forbidden');
  expect((await make({ ...person, customerId: centre.deskId })).problem.code).toBe(
    'customer.not_found',
  );
  expect((await make({ orderId: centre.deskId })).problem.code).toBe('order.not_found');
  const { id } = await centre.record();
  const about = await make({ orderId: id, holderId: centre.agent.userId });
  expect(about.body).toMatchObject({
    teamId: centre.deskId,
    customerName: '李雷',
    holderId: centre.agent.userId,
    reason: 'other',
  });
});
