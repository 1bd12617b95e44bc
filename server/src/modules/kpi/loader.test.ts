import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { recordNames } from '@yingda/contract';
import type { ContactEventType } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import {
  listContactEvents,
  openContact,
  recordContactEvents,
  recordedContacts,
} from '../contacts/index.ts';
import { createCustomer } from '../customers/testing.ts';
import { newQueue } from '../routing/testing.ts';
import type { LoadedContact } from './index.ts';
import {
  agentMembers,
  countedContactId,
  customerNumber,
  dropBatch,
  finishBatch,
  knownContacts,
  loadContacts,
  loadPresence,
  memberIds,
  openBatch,
  queueMembers,
} from './index.ts';
import { countHappened } from './service/count.ts';
import { countedRows } from './testing.ts';

let ctx: Ctx;
let agents: string[];
beforeAll(async () => {
  const app = await testApp({ worker: false });
  ctx = app.ctx;
  agents = await Promise.all([1, 2].map(async () => (await app.newPerson()).userId));
});

const BEGIN = Date.parse('2025-03-03T01:00:00Z');
const MINUTE = 60_000;
const records = [...recordNames];

/** Steps of a contact: type, minutes after the arrival, which agent. */
const lines: [ContactEventType, number, number | null][][] = [
  [
    ['queued', 0, null],
    ['offered', 1, 0],
    ['declined', 2, 0],
    ['offered', 2, 1],
    ['accepted', 3, 1],
    ['held', 5, 1],
    ['resumed', 6, 1],
    ['transferred', 8, 1],
    ['accepted', 8, 0],
    ['ended', 12, 0],
    ['solved', 12, 0],
    ['wrap_up_started', 12, 0],
    ['wrap_up_ended', 14, 0],
  ],
  [
    ['queued', 0, null],
    ['abandoned', 2, null],
  ],
  [['blocked', 0, null]],
  [
    ['queued', 0, null],
    ['accepted', 1, 0],
    ['ended', 40, 0],
    ['solved', 40, 0],
  ],
];

const presence = (agent: number) => [
  { agent, fromMs: BEGIN, untilMs: BEGIN + 95 * MINUTE, state: 'ready', reason: null },
];

test('a loaded log comes to the same as the same contacts counted as they happened', async () => {
  const { queueId } = await newQueue(ctx);
  const customerId = await createCustomer(ctx);
  const ids: string[] = [];
  for (const [index, steps] of [...lines, ...lines].entries()) {
    const start = BEGIN + index * 10 * MINUTE;
    ids.push(
      await transact(ctx, async (tx) => {
        const id = await openContact(tx, { channel: 'voice', customerId, at: new Date(start) });
        await recordContactEvents(
          tx,
          steps.map(([type, after, agent]) => ({
            contactId: id,
            type,
            at: new Date(start + after * MINUTE),
            queueId,
            agentId: agent === null ? null : (agents[agent] ?? null),
          })),
        );
        return id;
      }),
    );
  }
  await transact(ctx, (tx) => countHappened(tx, { contactIds: ids, userIds: [] }));

  const queues = await queueMembers(ctx, [queueId]);
  const people = await agentMembers(ctx, agents);
  const loaded = (await recordedContacts(ctx, ids)).map(
    ({ id, channel, events }): LoadedContact => ({
      contactId: id,
      events: events.map(({ type, at, queueId: queue, agentId, byBot, data }) => ({
        type,
        at: at.getTime(),
        queue: queues.get(queue ?? '') ?? 0,
        agent: people.get(agentId ?? '') ?? 0,
        byBot,
        data,
      })),
      attributes: {
        channel,
        topic: 0,
        type: 0,
        tier: 'standard',
        customer: customerNumber(customerId),
      },
    }),
  );
  const batch = await openBatch(ctx, { kind: 'import', log: 'same', name: 'same', records });
  await loadContacts(ctx, batch, loaded.slice(0, 3));
  await loadContacts(ctx, batch, loaded.slice(3));
  await finishBatch(ctx, batch);
  const live = ['is_live', 'repeat_gap_ms'];
  const own = await countedRows(ctx, { without: live });
  expect(own['kpi_agent_day']?.length).toBeGreaterThan(1);
  expect(await countedRows(ctx, { batch, without: live })).toEqual(own);
});

const call = (n: number, agent: number, queue: number): LoadedContact => {
  const at = BEGIN + n * 7_000;
  const event = (type: ContactEventType, after: number, who = 0) => ({
    type,
    at: at + after,
    queue,
    agent: who,
    byBot: false,
    data: type === 'ended' ? { line: 'back\\slash\t"quote"\n' } : {},
  });
  return {
    contactId: countedContactId('calls', String(n), at),
    events: [
      event('arrived', 0),
      event('queued', 0),
      event('accepted', 3_000, agent),
      event('ended', 60_000, agent),
    ],
    attributes: { channel: 'voice', topic: 0, type: 0, tier: '', customer: 1 + (n % 5) },
  };
};
const someCalls = async (count: number, from = 0): Promise<LoadedContact[]> => {
  const agent = (await memberIds(ctx, 'agent', ['anna'])).get('anna') ?? 0;
  const queue = (await memberIds(ctx, 'queue', ['support'])).get('support') ?? 0;
  return Array.from({ length: count }, (_, n) => call(from + n, agent, queue));
};
const left = async (batch: number) => {
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from contact_history where batch_id = ${batch})
      + (select count(*) from kpi_batch where id = ${batch}) as n
  `.execute(ctx.db);
  const counted = await countedRows(ctx, { batch });
  return Object.values(counted).flat().length + (rows[0]?.n ?? 0);
};

test('an import that died is in no report, is deleted whole, and can be loaded again', async () => {
  const input = { kind: 'import', log: 'calls', name: 'calls.csv', records } as const;
  const first = await openBatch(ctx, input);
  const calls = await someCalls(300);
  await loadContacts(ctx, first, calls.slice(0, 200));
  expect(
    (
      await knownContacts(
        ctx,
        calls.map(({ contactId }) => contactId),
      )
    ).size,
  ).toBe(0);
  await dropBatch(ctx, first);
  expect(await left(first)).toBe(0);
  await expect(loadContacts(ctx, first, calls)).rejects.toThrow('takes no contacts');

  const second = await openBatch(ctx, input);
  await loadContacts(ctx, second, calls);
  await loadPresence(ctx, second, presence(calls[0]?.events[2]?.agent ?? 0));
  await finishBatch(ctx, second);
  expect(
    (
      await knownContacts(
        ctx,
        calls.map(({ contactId }) => contactId),
      )
    ).size,
  ).toBe(300);
  const { kpi_agent_time: time = [] } = await countedRows(ctx, { batch: second });
  expect(time).toHaveLength(4);
  const [event] = (await listContactEvents(ctx, [calls[7]?.contactId ?? ''])).slice(-1);
  expect(event).toMatchObject({ type: 'ended', data: { line: 'back\\slash\t"quote"\n' } });
  await dropBatch(ctx, second);
  expect(await left(second)).toBe(0);
});

test('a followed log is shown while it grows, and tells of a contact again as it goes on', async () => {
  const follow = { kind: 'follow', log: 'live', name: 'queue_log', records } as const;
  const grown = await openBatch(ctx, follow);
  const calls = await someCalls(20, 1_000);
  const half = calls.map((one, n) => (n % 2 ? one : { ...one, events: one.events.slice(0, 3) }));
  await loadPresence(ctx, grown, presence(calls[0]?.events[2]?.agent ?? 0));
  await loadContacts(ctx, grown, half);
  expect((await knownContacts(ctx, [calls[0]?.contactId ?? ''])).size).toBe(1);
  await loadContacts(ctx, grown, calls);
  const atOnce = await openBatch(ctx, { ...follow, log: 'again' });
  await loadContacts(ctx, atOnce, calls);
  await loadPresence(ctx, atOnce, presence(calls[0]?.events[2]?.agent ?? 0));
  expect(await countedRows(ctx, { batch: grown })).toEqual(
    await countedRows(ctx, { batch: atOnce }),
  );
  await dropBatch(ctx, grown);
  expect(await left(grown)).toBe(0);
});
