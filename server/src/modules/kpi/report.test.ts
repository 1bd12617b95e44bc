import type { ReportGroup, ReportStep, ReportView, SentOf } from '@yingda/contract';
import {
  createEntries,
  createTarget,
  getReport,
  getStandards,
  listMembers,
  setKpiSettings,
} from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { loadCalls } from './testing.ts';
import type { Call } from './testing.ts';

let app: TestApp;
let manager: Caller;
let members: Map<string, number>;

/** A small centre in January 2025 by the clock of Shanghai, with a call in the month and the year before. */
const calls: Call[] = [
  {
    at: '2025-01-06T01:10:00Z',
    queue: 'sales',
    agent: 'Li',
    topic: 'price',
    type: 'A',
    wait: 10,
    talk: 100,
    wrap: 20,
    customer: 1,
    tier: 'vip',
  },
  {
    at: '2025-01-06T01:20:00Z',
    queue: 'sales',
    agent: 'Li',
    topic: 'price',
    type: 'A',
    wait: 25,
    talk: 200,
    wrap: 40,
    customer: 2,
  },
  {
    at: '2025-01-06T01:40:00Z',
    queue: 'sales',
    agent: null,
    topic: 'price',
    type: 'A',
    wait: 15,
    customer: 3,
  },
  {
    at: '2025-01-06T02:05:00Z',
    queue: 'help',
    agent: 'Wang',
    topic: 'fault',
    type: 'B',
    wait: 45,
    talk: 300,
    hold: 30,
    wrap: 60,
    customer: 4,
    tier: 'gold',
  },
  {
    at: '2025-01-06T15:59:00Z',
    queue: 'help',
    agent: 'Wang',
    to: 'Li',
    topic: 'fault',
    type: 'B',
    wait: 5,
    talk: 60,
    customer: 1,
    tier: 'vip',
  },
  {
    at: '2025-01-06T16:01:00Z',
    queue: 'help',
    agent: null,
    topic: 'fault',
    type: 'B',
    wait: 90,
    customer: 5,
  },
  { at: '2025-01-20T03:00:00Z', queue: 'help', isBlocked: true, type: 'B', channel: 'sms' },
  { at: '2024-12-10T03:00:00Z', queue: 'sales', agent: 'Li', wait: 8, talk: 50, type: 'A' },
  { at: '2024-01-10T03:00:00Z', queue: 'sales', agent: 'Li', wait: 30, talk: 70, type: 'A' },
];

beforeAll(async () => {
  app = await testApp({ worker: false });
  manager = await app.newPerson({ role: 'manager' });
  await loadCalls(app.ctx, 'pbx', calls);
  const { body } = await app.request(listMembers, manager, { query: {} });
  members = new Map(body.items.map(({ name, id }) => [name, id]));
});

type Query = SentOf<typeof getReport, 'query'>;
const january = { from: '2025-01-01', to: '2025-01-31' };

async function read(query: Partial<Query> = {}): Promise<ReportView> {
  const { status, body } = await app.request(getReport, manager, {
    query: { ...january, ...query } as Query,
  });
  expect(status).toBe(200);
  return body;
}

const totals = ({ rows }: ReportView): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, key, total }) => [name || key, total.counts.contacts]));

test('a month by days counts each contact on the local day it arrived', async () => {
  const { steps, whole, timeZone } = await read({ step: 'day' });
  expect(timeZone).toBe('Asia/Shanghai');
  expect(steps).toHaveLength(31);
  expect(steps[0]).toBe('2024-12-31T16:00:00.000Z');
  expect(whole.points.map(({ counts }) => counts.contacts).filter(Boolean)).toEqual([5, 1, 1]);
  expect(whole.total.counts).toEqual({
    contacts: 7,
    answered: 4,
    abandoned: 2,
    blocked: 1,
    selfServed: 0,
    handled: 4,
    withinServiceLevel: 2,
  });
});

test('the standards are what a person computes by hand', async () => {
  const { whole } = await read({ step: 'month' });
  const { values } = whole.total;
  expect(values.service_level).toBeCloseTo((2 / 6) * 100);
  // The caller who gave up after 15 s leaves both sides.
  expect(values.abandonment).toBeCloseTo((1 / 5) * 100);
  expect(values.answered_rate).toBeCloseTo((4 / 6) * 100);
  expect(values.speed_of_answer).toBeCloseTo((10 + 25 + 45 + 5) / 4);
  expect(values.abandon_time).toBeCloseTo((15 + 90) / 2);
  expect(values.talk_time).toBeCloseTo((100 + 200 + 300 + 120) / 4);
  expect(values.hold_time).toBeCloseTo(30);
  expect(values.after_call_work).toBeCloseTo(120 / 4);
  expect(values.transfer_rate).toBeCloseTo(25);
  expect(values.blockage).toBeCloseTo(100 / 7);
  expect(values.total_contacts).toBe(7);
  expect(values.cost_per_contact).toBeNull();
});

const groups: [ReportGroup, Record<string, number>][] = [
  ['queue', { help: 4, sales: 3 }],
  ['agent', { Li: 3, Wang: 2 }],
  ['channel', { voice: 6, sms: 1 }],
  ['topic', { price: 3, fault: 3, '0': 1 }],
  ['type', { A: 3, B: 4 }],
  ['tier', { vip: 2, gold: 1, '': 4 }],
  ['source', { pbx: 7 }],
  ['team', { '0': 7 }],
];

describe.each(groups)('by %s', (by, expected) => {
  test.each<ReportStep>(['hour', 'day', 'week', 'month', 'quarter', 'year'])(
    'by %s',
    async (step) => {
      const view = await read({ by, step });
      expect(totals(view)).toEqual(expected);
      for (const { total, points } of [view.whole, ...view.rows]) {
        const sum = points.reduce((all, { counts }) => all + counts.contacts, 0);
        expect(sum).toBe(total.counts.contacts);
      }
      if (by === 'agent') return;
      for (const [at, point] of view.whole.points.entries()) {
        const sum = view.rows.reduce((all, row) => all + (row.points[at]?.counts.contacts ?? 0), 0);
        expect(sum).toBe(point.counts.contacts);
      }
    },
  );
});

test('hours read from contacts tell what days read from sums tell', async () => {
  const of = async (step: ReportStep, by: ReportGroup, filter: Partial<Query> = {}) => {
    const { whole, rows } = await read({ step, by, ...filter });
    const row = ({ key, total }: typeof whole) => {
      const { first_contact_resolution: _later, ...values } = total.values;
      return [key, total.counts, values] as const;
    };
    return [row(whole), ...rows.map(row)].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  for (const by of ['agent', 'topic', 'tier'] as const) {
    expect([by, await of('hour', by)]).toEqual([by, await of('day', by)]);
  }
  const agents = String(members.get('Li'));
  expect(await of('half_hour', 'none', { agents, from: '2025-01-06', to: '2025-01-07' })).toEqual(
    await of('day', 'none', { agents, from: '2025-01-06', to: '2025-01-07' }),
  );
});

test('whole months tell what their days tell', async () => {
  for (const by of ['none', 'queue', 'agent', 'topic', 'tier'] as const) {
    const [months, days] = [await read({ by, step: 'month' }), await read({ by, step: 'day' })];
    expect([by, months.whole.total]).toEqual([by, days.whole.total]);
    const of = ({ rows }: ReportView) => rows.map(({ key, total }) => [key, total]);
    expect(of(months)).toEqual(of(days));
  }
});

test('an agent is credited with the own part of a contact that was passed on', async () => {
  const { rows, missing } = await read({ by: 'agent', step: 'month' });
  const of = (name: string) => rows.find((row) => row.name === name)?.total.values;
  expect(of('Wang')?.talk_time).toBeCloseTo((300 + 60) / 2);
  expect(of('Li')?.talk_time).toBeCloseTo((100 + 200 + 60) / 3);
  expect(of('Wang')?.transfer_rate).toBeCloseTo(50);
  expect(of('Li')?.transfer_rate).toBe(0);
  expect(of('Li')?.abandonment).toBeNull();
  expect(missing.abandonment).toBe('not_by_this_group');
});

test('who came again is told by the day, and by the hour only where sums tell it', async () => {
  const fcr = 'first_contact_resolution';
  const reasonOf = async (cut: Parameters<typeof read>[0]) => (await read(cut)).missing[fcr];
  const topics = String(members.get('price'));
  expect(await reasonOf({ step: 'hour' })).toBeUndefined();
  expect(await reasonOf({ step: 'hour', by: 'queue' })).toBeUndefined();
  expect(await reasonOf({ step: 'day', by: 'agent' })).toBeUndefined();
  expect(await reasonOf({ step: 'hour', by: 'agent' })).toBe('only_by_day');
  expect(await reasonOf({ step: 'hour', topics })).toBe('only_by_day');
  expect(await reasonOf({ step: 'day', by: 'agent', tier: 'vip' })).toBe('only_by_day');
});

test('filters narrow every dimension, also several at once', async () => {
  const help = String(members.get('help'));
  expect((await read({ queues: help })).whole.total.counts.contacts).toBe(4);
  expect((await read({ channel: 'sms' })).whole.total.counts.contacts).toBe(1);
  expect((await read({ tier: 'vip' })).whole.total.counts.contacts).toBe(2);
  expect(
    (await read({ topics: String(members.get('fault')), tier: 'vip' })).whole.total.counts.contacts,
  ).toBe(1);
  expect(
    (await read({ queues: `${help},99999999999`, agents: String(members.get('Wang')) })).whole.total
      .counts.contacts,
  ).toBe(2);
  expect((await read({ sources: '4711' })).whole.total.counts.contacts).toBe(0);
});

test('a period is compared with the one before and that of last year', async () => {
  const { comparisons } = await read({ step: 'month' });
  expect(
    comparisons.map(({ kind, from, to, total }) => [kind, from, to, total.counts.contacts]),
  ).toEqual([
    ['previous', '2024-12-01', '2024-12-31', 1],
    ['last_year', '2024-01-01', '2024-01-31', 1],
  ]);
});

test('what cannot be asked is refused with the reason', async () => {
  const ask = async (query: Partial<Query>) => {
    const { status, problem } = await app.request(getReport, manager, {
      query: { ...january, ...query } as Query,
    });
    return [status, problem.code, problem.params];
  };
  expect(await ask({ from: '2025-02-01' })).toEqual([422, 'kpi.period_invalid', undefined]);
  expect(await ask({ from: '1980-01-01' })).toEqual([422, 'kpi.period_invalid', undefined]);
  expect(await ask({ from: '0001-01-01', to: '0001-01-01' })).toEqual([
    422,
    'kpi.period_invalid',
    undefined,
  ]);
  expect(await ask({ from: '2024-01-01', step: 'half_hour' })).toEqual([
    422,
    'kpi.too_many_points',
    { points: 397 * 48, most: 5000 },
  ]);
  expect((await ask({ standards: 'nonsense' })).slice(0, 2)).toEqual([422, 'request.invalid']);
});

test('a limit changed afterwards changes what was counted before', async () => {
  await app.request(setKpiSettings, manager, {
    body: { serviceLevelSeconds: 45, shortAbandonSeconds: 0 },
  });
  const { whole } = await read({ step: 'month' });
  expect(whole.total.values.service_level).toBeCloseTo((4 / 6) * 100);
  expect(whole.total.values.abandonment).toBeCloseTo((2 / 6) * 100);
  await app.request(setKpiSettings, manager, {
    body: { serviceLevelSeconds: 20, shortAbandonSeconds: 20 },
  });
});

test('a target holds from its day on, and a report of before keeps what held then', async () => {
  const set = async (body: SentOf<typeof createTarget, 'body'>) =>
    (await app.request(createTarget, manager, { body })).status;
  const help = members.get('help') ?? 0;
  expect(
    await set({ standard: 'service_level', queueId: help, seconds: 45, validFrom: '2025-01-01' }),
  ).toBe(201);
  expect(await set({ standard: 'service_level', low: 90, validFrom: '2025-01-07' })).toBe(201);
  expect(await set({ standard: 'talk_time', low: 1, high: 2, validFrom: '2025-02-01' })).toBe(201);
  const view = await read({ by: 'queue', step: 'month' });
  const of = (name: string) =>
    view.rows.find((row) => row.name === name)?.total.counts.withinServiceLevel;
  expect([of('help'), of('sales'), view.whole.total.counts.withinServiceLevel]).toEqual([2, 1, 3]);
  expect(view.bands.service_level).toEqual([
    { from: '2025-01-01', norm: 80, low: 80, high: null },
    { from: '2025-01-07', norm: null, low: 90, high: null },
  ]);
  expect(view.bands.talk_time).toEqual([{ from: '2025-01-01', norm: 330, low: 270, high: 360 }]);
  const before = await read({ from: '2024-12-01', to: '2024-12-31' });
  expect(before.bands.service_level).toEqual([
    { from: '2024-12-01', norm: 80, low: 80, high: null },
  ]);
  expect((await read({ step: 'hour', by: 'topic' })).whole.total.counts.withinServiceLevel).toBe(3);
  expect((await read({ step: 'hour' })).whole.total.counts.withinServiceLevel).toBe(3);
});

test('figures that were entered spread over their days and count where they belong', async () => {
  const li = members.get('Li') ?? 0;
  const { status } = await app.request(createEntries, manager, {
    body: {
      entries: [
        { measure: 'cost_fixed', from: '2025-01-01', to: '2025-01-31', value: 31_000 },
        { measure: 'staff', from: '2025-01-01', to: '2025-01-31', value: 10 },
        { measure: 'leavers', from: '2025-01-01', to: '2025-01-31', value: 1 },
        { measure: 'grade', from: '2025-01-06', to: '2025-01-06', value: 80, agentId: li },
        { measure: 'grade', from: '2025-01-07', to: '2025-01-07', value: 90, agentId: li },
        { measure: 'signed_in_hours', from: '2025-01-06', to: '2025-01-06', value: 4, agentId: li },
      ],
    },
  });
  expect(status).toBe(201);
  const { whole, missing } = await read({ step: 'day' });
  expect(whole.total.values.cost_per_contact).toBeCloseTo(31_000 / 4);
  expect(whole.points[5]?.values.cost_per_contact).toBeCloseTo(1_000 / 4);
  expect(whole.total.values.turnover).toBeCloseTo(10);
  expect(whole.total.values.monitoring_score).toBeCloseTo(85);
  expect(whole.total.values.contacts_per_hour).toBeCloseTo(1);
  expect(missing.cost_per_contact).toBeUndefined();
  const byAgent = await read({ by: 'agent', step: 'month' });
  const row = byAgent.rows.find(({ name }) => name === 'Li');
  expect(row?.total.values.monitoring_score).toBeCloseTo(85);
  expect(row?.total.values.contacts_per_hour).toBeCloseTo(3 / 4);
  expect((await read({ by: 'queue' })).missing.cost_per_contact).toBe('not_by_this_group');
  expect((await read({ queues: String(members.get('help')) })).missing.cost_per_contact).toBe(
    'not_by_this_group',
  );
});

test('the 23 cards stand on the same sums as the report', async () => {
  const { status, body } = await app.request(getStandards, manager, { query: january });
  expect(status).toBe(200);
  expect(body.cards).toHaveLength(23);
  expect(body.uniqueCustomers).toBe(5);
  const { whole } = await read({ step: 'month' });
  for (const { key, value } of body.cards)
    expect([key, value]).toEqual([key, whole.total.values[key]]);
  const card = body.cards.find(({ key }) => key === 'talk_time');
  expect(card).toMatchObject({ number: 10, unit: 'seconds', previous: 50, lastYear: 70 });
  expect(card?.parts).toEqual({ talkMs: 720_000, handled: 4 });
  expect(card?.trend).toHaveLength(31);
  expect(body.cards.find(({ key }) => key === 'adherence')).toMatchObject({
    value: null,
    missing: 'no_schedule',
  });
});
