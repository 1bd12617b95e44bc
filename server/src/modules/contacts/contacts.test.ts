import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { listContactEvents, openContact, recordContactEvents } from './index.ts';
import type { NewContact, NewContactEvent } from './index.ts';

let ctx: Ctx;
beforeAll(async () => {
  ({ ctx } = await testApp({ worker: false }));
});

const open = (more: Partial<NewContact> = {}): Promise<string> =>
  transact(ctx, (tx) => openContact(tx, { channel: 'webchat', ...more }));
const record = (events: NewContactEvent[]): Promise<void> =>
  transact(ctx, (tx) => recordContactEvents(tx, events));
const contactOf = async (id: string) => {
  const { rows } = await sql<{ outcome: string | null; ended_at: Date | null }>`
    select outcome, ended_at from contact where id = ${id}
  `.execute(ctx.db);
  return rows[0];
};
const partitionOf = async (id: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select tableoid::regclass::text as name from contact_event where contact_id = ${id} order by at
  `.execute(ctx.db);
  return rows.map(({ name }) => name);
};

test('events are told in the order they were given, with the channel of their contact', async () => {
  const id = await open({ channel: 'email', queueId: newId() });
  const agentId = newId();
  await record([
    { contactId: id, type: 'queued', data: { priority: 1 } },
    { contactId: id, type: 'offered', agentId },
    { contactId: id, type: 'accepted', agentId, data: { waitMs: 1200 } },
    { contactId: id, type: 'held', agentId, byBot: true },
  ]);
  const events = await listContactEvents(ctx, [id]);
  expect(events.map(({ type }) => type)).toEqual([
    'arrived',
    'queued',
    'offered',
    'accepted',
    'held',
  ]);
  expect(events.every(({ channel, contactId }) => channel === 'email' && contactId === id)).toBe(
    true,
  );
  expect(events[3]).toMatchObject({ agentId, data: { waitMs: 1200 }, byBot: false });
  expect(events[4]?.byBot).toBe(true);
});

test('an ending closes the contact, and the better ending counts', async () => {
  const [solved, abandoned, open_] = [await open(), await open(), await open()];
  await record([
    { contactId: solved, type: 'ended' },
    { contactId: solved, type: 'solved' },
    { contactId: abandoned, type: 'abandoned' },
    { contactId: open_, type: 'queued' },
  ]);
  expect(await contactOf(solved)).toMatchObject({ outcome: 'solved' });
  expect(await contactOf(abandoned)).toMatchObject({ outcome: 'abandoned' });
  expect(await contactOf(open_)).toEqual({ outcome: null, ended_at: null });
});

test('an event of an unknown contact is refused, and nothing of its transaction stays', async () => {
  const id = await open();
  await expect(
    record([
      { contactId: id, type: 'queued' },
      { contactId: newId(), type: 'queued' },
    ]),
  ).rejects.toThrow('unknown contact');
  expect(await listContactEvents(ctx, [id])).toHaveLength(1);
});

test('nobody changes or deletes an event', async () => {
  const id = await open();
  const refusal = 'never changed or deleted';
  await expect(
    sql`update contact_event set type = 'solved' where contact_id = ${id}`.execute(ctx.db),
  ).rejects.toThrow(refusal);
  await expect(
    sql`delete from contact_event where contact_id = ${id}`.execute(ctx.db),
  ).rejects.toThrow(refusal);
});

test('each month has its partition, made ahead; what fits none is kept nevertheless', async () => {
  const now = new Date();
  const month = now.toISOString().slice(0, 7).replace('-', '_');
  const id = await open();
  await record([{ contactId: id, type: 'queued', at: new Date('1999-02-01T00:00:00Z') }]);
  expect(await partitionOf(id)).toEqual(['contact_event_default', `contact_event_${month}`]);
  const { rows } = await sql<{ made: number }>`
    select create_month_partitions('contact_event', clock_timestamp(), 6) as made
  `.execute(ctx.db);
  expect(rows[0]?.made).toBe(2);
});

test('a transaction says once which contacts have new events', async () => {
  const said = async () => {
    const { rows } = await sql<{ ids: string[] }>`
      select payload -> 'contactIds' as ids from outbox_event where type = 'contact.recorded' order by id
    `.execute(ctx.db);
    return rows.map(({ ids }) => ids);
  };
  const before = (await said()).length;
  const [one, two] = await transact(ctx, async (tx) => {
    const ids = [
      await openContact(tx, { channel: 'voice' }),
      await openContact(tx, { channel: 'voice' }),
    ];
    await recordContactEvents(
      tx,
      ids.map((contactId) => ({ contactId, type: 'queued' as const })),
    );
    return ids;
  });
  expect((await said()).slice(before)).toEqual([[one, two]]);
});
