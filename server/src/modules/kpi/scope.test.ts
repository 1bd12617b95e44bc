import type { ReportView, SentOf } from '@yingda/contract';
import {
  createEntries,
  getCountedContact,
  getKpiSettings,
  getLiveFigures,
  getReport,
  listCountedContacts,
  listEntries,
  listMembers,
  listSources,
} from '@yingda/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';
import { openContact, recordContactEvents } from '../contacts/index.ts';
import { newQueue } from '../routing/testing.ts';
import { loadCalls } from './testing.ts';

let app: TestApp;
let manager: Caller;
let mine: { teamId: string; queueId: string };
let theirs: { teamId: string; queueId: string };
let supervisor: Caller;
let agents: [Caller, Caller];

type Work = { queue: typeof mine; at: string; agent?: Caller };

/** A contact of our own: answered after 10 s and talked to for a minute, or given up after 40 s. */
function happen({ queue: { queueId, teamId }, at, agent }: Work): Promise<string> {
  const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1000);
  return transact(app.ctx, async (tx) => {
    const place = { queueId, teamId };
    const contactId = await openContact(tx, { channel: 'webchat', at: after(0), ...place });
    const agentId = agent?.userId ?? null;
    await recordContactEvents(tx, [
      { contactId, type: 'queued', at: after(0), ...place },
      ...(agent
        ? ([
            { contactId, type: 'accepted', at: after(10), agentId, ...place },
            { contactId, type: 'ended', at: after(70), agentId, ...place },
          ] as const)
        : ([{ contactId, type: 'abandoned', at: after(40), ...place }] as const)),
    ]);
    return contactId;
  });
}

let contacts: { answered: string; foreign: string };

beforeAll(async () => {
  app = await testApp();
  manager = await app.newPerson({ role: 'manager' });
  [mine, theirs] = [await newQueue(app.ctx), await newQueue(app.ctx)];
  supervisor = await app.newPerson({ role: 'supervisor', teamId: mine.teamId });
  agents = [
    await app.newPerson({ role: 'agent', teamId: mine.teamId }),
    await app.newPerson({ role: 'agent', teamId: theirs.teamId }),
  ];
  contacts = {
    answered: await happen({ queue: mine, at: '2025-03-03T02:00:00Z', agent: agents[0] }),
    foreign: await happen({ queue: theirs, at: '2025-03-03T02:10:00Z', agent: agents[1] }),
  };
  await happen({ queue: mine, at: '2025-03-03T02:20:00Z' });
  await happen({ queue: theirs, at: '2025-03-04T02:20:00Z' });
  await loadCalls(app.ctx, 'pbx', [
    { at: '2025-03-03T03:00:00Z', queue: 'old', agent: 'Li', talk: 10 },
  ]);
  await app.request(createEntries, manager, {
    body: {
      entries: [
        { measure: 'cost_fixed', from: '2025-03-01', to: '2025-03-31', value: 1000 },
        {
          measure: 'cost_fixed',
          from: '2025-03-01',
          to: '2025-03-31',
          value: 50,
          teamId: mine.teamId,
        },
      ],
    },
  });
  await counted(5);
});

/** Waits until the listener that counts has seen them all. */
async function counted(contactsThen: number): Promise<void> {
  while ((await read(manager)).whole.total.counts.contacts < contactsThen) await sleep(50);
}

type Query = SentOf<typeof getReport, 'query'>;
const march = { from: '2025-03-01', to: '2025-03-31' };

async function read(caller: Caller, query: Partial<Query> = {}): Promise<ReportView> {
  const { status, body } = await app.request(getReport, caller, {
    query: { ...march, step: 'month', ...query },
  });
  expect(status).toBe(200);
  return body;
}

const sizes = ({ rows }: ReportView): Record<string, number> =>
  Object.fromEntries(rows.map(({ key, total }) => [key, total.counts.contacts]));

test('by team the whole is the sum of the teams and of what belongs to none', async () => {
  const view = await read(manager, { by: 'team' });
  expect(sizes(view)).toEqual({ [mine.teamId]: 2, [theirs.teamId]: 2, '0': 1 });
  expect(view.whole.total.counts.contacts).toBe(5);
  const costs = Object.fromEntries(
    view.rows.map(({ key, total }) => [key, total.values.cost_per_contact]),
  );
  expect(costs).toEqual({ [mine.teamId]: 50, [theirs.teamId]: null, '0': 1000 });
  expect(view.whole.total.values.cost_per_contact).toBeCloseTo(1050 / 3);
  expect(sizes(await read(manager, { by: 'source' }))).toMatchObject({ 1: 4 });
});

test('a filter by team reads its queues and people alone', async () => {
  const view = await read(manager, { teamId: mine.teamId, by: 'agent' });
  expect(view.whole.total.counts).toMatchObject({ contacts: 2, answered: 1, abandoned: 1 });
  expect(view.whole.total.values.cost_per_contact).toBe(50);
});

test('a supervisor of some teams sees these teams and nothing else', async () => {
  const view = await read(supervisor, { by: 'team' });
  expect(sizes(view)).toEqual({ [mine.teamId]: 2 });
  expect(view.whole.total.counts.contacts).toBe(2);
  expect(view.whole.total.values.cost_per_contact).toBe(50);
  expect((await read(supervisor, { by: 'queue' })).rows).toHaveLength(1);
  expect((await read(supervisor, { by: 'source' })).rows).toHaveLength(1);
  expect((await read(supervisor, { teamId: theirs.teamId })).whole.total.counts.contacts).toBe(0);
  const members = await app.request(listMembers, manager, { query: {} });
  const ids = members.body.items.map(({ id }) => id).join(',');
  for (const filter of [{ queues: ids }, { agents: ids }] as const) {
    const { whole } = await read(supervisor, filter);
    expect(whole.total.counts.answered).toBe(1);
  }
  expect((await read(supervisor, { sources: '2' })).whole.total.counts.contacts).toBe(0);
});

test('lists show a supervisor what belongs to the own teams', async () => {
  const members = await app.request(listMembers, supervisor, { query: {} });
  const refs = members.body.items.filter(({ kind }) => kind === 'queue').map(({ ref }) => ref);
  expect(refs.length).toBeGreaterThan(0);
  expect(refs).toContain(mine.queueId);
  expect(refs).not.toContain(theirs.queueId);
  const people = members.body.items.filter(({ kind }) => kind === 'agent').map(({ ref }) => ref);
  expect(people).toContain(agents[0].userId);
  expect(people).not.toContain(agents[1].userId);
  const sources = await app.request(listSources, supervisor);
  expect(sources.body.items.map(({ kind, contacts: size }) => [kind, size])).toEqual([['own', 2]]);
  const entries = await app.request(listEntries, supervisor, { query: {} });
  expect(entries.body.items.map(({ value }) => value)).toEqual([50]);
  const live = await app.request(getLiveFigures, supervisor);
  expect(new Set(live.body.queues.map(({ teamId }) => teamId))).toEqual(new Set([mine.teamId]));
});

const day = { since: '2025-03-02T16:00:00Z', until: '2025-03-31T16:00:00Z' };

test('the contacts behind a figure are those the figure counted', async () => {
  const list = async (caller: Caller, query: object = {}) => {
    const { status, body } = await app.request(listCountedContacts, caller, {
      query: { ...day, ...query },
    });
    expect(status).toBe(200);
    return body.items;
  };
  expect(await list(manager)).toHaveLength(5);
  expect(await list(manager, { outcome: 'abandoned' })).toHaveLength(2);
  expect(await list(manager, { standard: 'abandonment' })).toHaveLength(2);
  expect(await list(manager, { standard: 'service_level', teamId: mine.teamId })).toHaveLength(1);
  const own = await list(supervisor);
  expect(own.map(({ waitSeconds }) => waitSeconds)).toEqual([40, 10]);
  expect(own[1]).toMatchObject({
    contactId: contacts.answered,
    outcome: 'answered',
    agent: agents[0].name,
    talkSeconds: 60,
    conversationId: null,
  });
  expect((await list(manager, { sort: 'longest_wait' })).map((row) => row.waitSeconds)).toEqual([
    40, 40, 10, 10, 0,
  ]);
});

test('pages follow each other without gap or repetition', async () => {
  for (const sort of ['newest', 'longest_wait', 'longest_handled'] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await app.request(listCountedContacts, manager, {
        query: { ...day, sort, limit: 2, ...(cursor ? { cursor } : {}) },
      });
      seen.push(...body.items.map(({ contactId }) => contactId));
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 5, 5]);
  }
});

test('one contact shows its whole event line, to those who may see it', async () => {
  const open = (caller: Caller, id: string) =>
    app.request(getCountedContact, caller, { params: { id } });
  const { body } = await open(supervisor, contacts.answered);
  expect(body.events.map(({ type }) => type)).toEqual(['arrived', 'queued', 'accepted', 'ended']);
  expect(body.events[2]).toMatchObject({ agentName: agents[0].name });
  expect(body.events[2]?.queueName).toContain('Queue of');
  expect((await open(supervisor, contacts.foreign)).problem.code).toBe('kpi.contact_not_found');
  expect((await open(manager, contacts.foreign)).status).toBe(200);
  const { body: imported } = await app.request(listCountedContacts, manager, {
    query: { ...day, sources: '2' },
  });
  const [call] = imported.items;
  const line = await open(manager, call?.contactId ?? '');
  expect(line.body.events.map(({ queueName, agentName }) => [queueName, agentName])).toEqual([
    ['old', null],
    ['old', null],
    ['old', 'Li'],
    ['old', 'Li'],
  ]);
});

test('agents read no figures', async () => {
  expect((await app.request(getKpiSettings, agents[0])).status).toBe(403);
});
