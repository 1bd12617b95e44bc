import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { contactEventTypes } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { contactsOf, openContact, recordContactEvents } from '../contacts/index.ts';
import { mergeCustomers, updateCustomer } from '../customers/index.ts';
import { createCustomer } from '../customers/testing.ts';
import { foundOrganisation } from '../identity/index.ts';
import { newQueue } from '../routing/testing.ts';
import { countHappened } from './service/count.ts';
import { rebuild } from './service/rebuild.ts';
import { countedRows } from './testing.ts';

let ctx: Ctx;
let queues: string[];
let agents: string[];
beforeAll(async () => {
  const app = await testApp({ worker: false });
  ctx = app.ctx;
  await transact(ctx, (tx) =>
    foundOrganisation(tx, { name: 'Centre', timeZone: 'Europe/Berlin', locale: 'en' }),
  );
  queues = [(await newQueue(ctx)).queueId, (await newQueue(ctx)).queueId];
  agents = await Promise.all([1, 2, 3].map(async () => (await app.newPerson()).userId));
});

const count = (contactIds: string[], userIds: string[] = []): Promise<void> =>
  transact(ctx, (tx) => countHappened(tx, { contactIds, userIds }));

async function recountAll(): Promise<void> {
  await sql`delete from setting where key = 'kpi.rebuild'`.execute(ctx.db);
  await rebuild(ctx);
}

/** Around the end of summer time in Europe, which is where the organisation is. */
const BEGIN = Date.parse('2025-10-25T20:00:00Z');
const HOUR_MS = 3_600_000;
const SPAN_MS = 12 * HOUR_MS;

type Said = {
  contact: number;
  type: (typeof contactEventTypes)[number];
  afterMs: number;
  agent: number;
  queue: number;
};
const said: fc.Arbitrary<Said> = fc.record({
  contact: fc.nat({ max: 4 }),
  type: fc.oneof(
    fc.constantFrom(...contactEventTypes.filter((type) => type !== 'arrived')),
    fc.constantFrom('accepted' as const, 'ended' as const, 'solved' as const),
  ),
  afterMs: fc.nat({ max: SPAN_MS }),
  agent: fc.nat({ max: 2 }),
  queue: fc.nat({ max: 2 }),
});
const contact = fc.record({
  customer: fc.nat({ max: 3 }),
  arrivedMs: fc.nat({ max: SPAN_MS }),
});
/** How many events are written before they are counted. */
const stream = fc.record({
  contacts: fc.array(contact, { minLength: 6, maxLength: 6 }),
  events: fc.array(said, { maxLength: 50 }),
  counts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  states: fc.array(fc.nat({ max: SPAN_MS }), { maxLength: 8 }),
  change: fc.constantFrom('none', 'tier', 'merge'),
});

/** States of the agents in the past, in the order in which the log would have got them. */
async function logPresence(states: number[], offsetMs: number): Promise<void> {
  const lines = states.toSorted((a, b) => a - b);
  for (const [index, at] of [...lines, SPAN_MS + 1].entries()) {
    const isLast = index === lines.length;
    const state = isLast
      ? 'offline'
      : (['ready', 'busy', 'break', 'after_call_work'][index % 4] ?? 'ready');
    await sql`
      insert into agent_presence_log (id, user_id, at, previous_state, state)
      values (${newId()}, ${agents[0]}, ${new Date(BEGIN + offsetMs + at)}, 'offline', ${state})
    `.execute(ctx.db);
  }
}

test('whatever comes late or out of order, counting as it happens comes to the same as counting it all anew', async () => {
  await sql`
    insert into agent_presence (user_id) select unnest(${agents}::uuid[]) on conflict do nothing
  `.execute(ctx.db);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(stream, async ({ contacts, events, counts, states, change }) => {
      const offsetMs = runs * 24 * HOUR_MS;
      runs += 1;
      const customers = await Promise.all([0, 1, 2].map(() => createCustomer(ctx)));
      const ids = await Promise.all(
        contacts.map(({ customer, arrivedMs }) =>
          transact(ctx, (tx) =>
            openContact(tx, {
              channel: 'voice',
              customerId: customers[customer] ?? null,
              at: new Date(BEGIN + offsetMs + arrivedMs),
            }),
          ),
        ),
      );
      await count(ids);
      await logPresence(states, offsetMs);
      await count([], agents);
      let at = 0;
      for (let turn = 0; at < events.length; turn += 1) {
        const some = events.slice(at, at + (counts[turn % counts.length] ?? 1));
        at += some.length;
        const lines = some.map((one) => ({
          contactId: ids[one.contact] ?? '',
          type: one.type,
          at: new Date(BEGIN + offsetMs + one.afterMs),
          agentId: agents[one.agent] ?? null,
          queueId: queues[one.queue] ?? null,
        }));
        await transact(ctx, (tx) => recordContactEvents(tx, lines));
        await count(lines.map(({ contactId }) => contactId));
      }
      const [into = '', other = ''] = customers;
      if (change === 'tier') await updateCustomer(ctx, { id: into, tier: 'vip' });
      if (change === 'merge') await mergeCustomers(ctx, { into, other });
      if (change !== 'none') {
        for await (const some of contactsOf(ctx, { customerIds: [into, other] })) await count(some);
      }
      const incremental = await countedRows(ctx);
      await recountAll();
      expect(incremental).toEqual(await countedRows(ctx));
    }),
    { numRuns: 12 },
  );
});

test('two contacts of one customer on one topic are a repeat until they are two customers', async () => {
  const [one, other] = [await createCustomer(ctx), await createCustomer(ctx)];
  const at = Date.parse('2024-05-06T08:00:00Z');
  const handled = async (customerId: string, arrivedAt: number): Promise<string> => {
    const id = await transact(ctx, (tx) =>
      openContact(tx, { channel: 'voice', customerId, at: new Date(arrivedAt) }),
    );
    const line = ([type, after]: [(typeof contactEventTypes)[number], number]) => ({
      contactId: id,
      type,
      at: new Date(arrivedAt + after),
      agentId: agents[0] ?? null,
      queueId: queues[0] ?? null,
    });
    const steps: [(typeof contactEventTypes)[number], number][] = [
      ['accepted', 2_000],
      ['ended', 60_000],
      ['solved', 60_000],
    ];
    await transact(ctx, (tx) => recordContactEvents(tx, steps.map(line)));
    await count([id]);
    return id;
  };
  /** fcrSolved, repeat1, repeat3 of the days of the test. */
  const figures = async () => {
    const { rows } = await sql<{ sums: number[] }>`
      select array[sum(sums[23]), sum(sums[24]), sum(sums[25])]::int[] as sums from kpi_day
      where day between '2024-05-01' and '2024-05-20'
        and batch_id = (select id from kpi_batch where kind = 'own' and state = 'visible')
    `.execute(ctx.db);
    return rows[0]?.sums;
  };
  await handled(one, at);
  expect(await figures()).toEqual([1, 0, 0]);
  const last = await handled(other, at + 50 * HOUR_MS);
  expect(await figures()).toEqual([2, 0, 0]);
  await mergeCustomers(ctx, { into: one, other });
  await count([last]);
  expect(await figures()).toEqual([2, 0, 1]);
  // One that came between is told late: now it is that one which was repeated after two days.
  await handled(one, at + 2 * HOUR_MS);
  expect(await figures()).toEqual([3, 1, 2]);
});
