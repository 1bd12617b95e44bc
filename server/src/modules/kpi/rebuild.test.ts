import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { getRebuild, setMyPresence, startRebuild } from '@yingda/contract';
import type { PresenceState } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { actingAs, transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { openContact, recordContactEvents } from '../contacts/index.ts';
import { resolveConversation, updateConversation } from '../conversations/index.ts';
import { newWriter } from '../conversations/testing.ts';
import { foundOrganisation, organisationChanged } from '../identity/index.ts';
import { assignWork } from '../routing/index.ts';
import { updateCustomer } from '../customers/index.ts';
import { newQueue } from '../routing/testing.ts';
import { rebuild } from './service/rebuild.ts';
import { insertBatch } from './store/batches.ts';
import { countedRows } from './testing.ts';

let app: TestApp;
let ctx: Ctx;
let agent: Caller;
let queueId: string;
beforeAll(async () => {
  app = await testApp();
  ctx = app.ctx;
  const queue = await newQueue(ctx);
  queueId = queue.queueId;
  agent = await app.newPerson({ teamId: queue.teamId });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const factOf = async (contactId: string) => {
  const { rows } = await sql<{ outcome: string; topic: string | null; tier: string; wrap: number }>`
    select k.outcome, m.name as topic, k.tier, k.wrap_ms as wrap from kpi_contact k
    join kpi_batch b on b.id = k.batch_id and b.kind = 'own' and b.state = 'visible'
    left join kpi_member m on m.id = k.topic where k.contact_id = ${contactId}
  `.execute(ctx.db);
  return rows[0];
};

/** Everything said so far is counted. */
async function caughtUp(): Promise<void> {
  const mark = newId();
  await transact(ctx, (tx) => openContact(tx, { id: mark, channel: 'other' }));
  await until(async () => (await factOf(mark)) !== undefined);
}

async function someContacts(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    ids.push(
      await transact(ctx, async (tx) => {
        const id = await openContact(tx, { channel: 'voice' });
        await recordContactEvents(tx, [
          { contactId: id, type: 'queued', queueId },
          { contactId: id, type: 'accepted', queueId, agentId: agent.userId },
        ]);
        return id;
      }),
    );
  }
  return ids;
}

async function setMine(who: Caller, state: PresenceState): Promise<void> {
  expect((await app.request(setMyPresence, who, { body: { state } })).status).toBe(200);
}

test('a conversation is counted as it goes, and again when its first tag or its customer is another', async () => {
  const writer = await newWriter(ctx, queueId);
  const { conversationId: id } = await writer.write('在吗');
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from conversation where id = ${id}
  `.execute(ctx.db);
  const contactId = rows[0]?.contact_id ?? '';
  await until(async () => (await factOf(contactId))?.outcome === 'open');
  const rights = { 'routing.work': 'all', 'conversation.reply': 'all', 'conversation.read': 'all' };
  const asAgent = actingAs(ctx, {
    kind: 'user',
    userId: agent.userId,
    name: agent.name,
    rights: rights as never,
    via: 'session',
    sessionId: null,
    keyId: null,
    ip: null,
  });
  await transact(asAgent, (tx) => assignWork(tx, { id: contactId, agentId: agent.userId }));
  await updateConversation(asAgent, { id, changes: { tags: ['账单', '投诉'] } });
  await until(async () => (await factOf(contactId))?.topic === '账单');
  await updateCustomer(ctx, { id: writer.customerId, tier: 'vip' });
  await until(async () => (await factOf(contactId))?.tier === 'vip');
  expect(await factOf(contactId)).toMatchObject({ topic: '账单', outcome: 'answered', wrap: 0 });

  // What the agent does afterwards belongs to the contact finished last.
  await resolveConversation(asAgent, { id });
  await setMine(agent, 'after_call_work');
  await setMine(agent, 'ready');
  await until(async () => ((await factOf(contactId))?.wrap ?? 0) > 0);
  const states = async () => (await countedRows(ctx))['kpi_presence'] ?? [];
  await until(async () => (await states()).length === 2);
  expect((await states())[1]).toContain('"until_at":null');
});

test('counting anew goes on beside the work and comes to the same', async () => {
  const early = await someContacts(30);
  await caughtUp();
  const working = (async () => {
    for (let n = 0; n < 40; n += 1) {
      const contactId = early[n % early.length] ?? '';
      await transact(ctx, (tx) =>
        recordContactEvents(tx, [
          { contactId, type: n % 2 ? 'held' : 'ended', agentId: agent.userId },
        ]),
      );
      await someContacts(1);
    }
  })();
  for (let n = 0; n < 3; n += 1) {
    await sql`delete from setting where key = 'kpi.rebuild'`.execute(ctx.db);
    await rebuild(ctx);
  }
  await working;
  // What still runs grows with every count.
  await setMine(agent, 'offline');
  await caughtUp();
  const incremental = await countedRows(ctx);
  await sql`delete from setting where key = 'kpi.rebuild'`.execute(ctx.db);
  await rebuild(ctx);
  expect(await countedRows(ctx)).toEqual(incremental);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kpi_batch`.execute(
    ctx.db,
  );
  expect(rows[0]?.n).toBe(1);
});

test('a recount is started once, tells how far it is, and begins again after one that died', async () => {
  const admin = await app.newPerson({ role: 'administrator' });
  await sql`delete from setting where key = 'kpi.rebuild'`.execute(ctx.db);
  expect((await app.request(getRebuild, admin)).body.state).toBe('never');
  // What a recount that died leaves.
  const own = { kind: 'own', log: '', name: '', state: 'loading', records: [] } as const;
  const left = await insertBatch(ctx.db, { ...own, timeZone: 'Asia/Shanghai' });
  const progress = { state: 'running', begun: true, done: 1, total: 2, endedAt: null };
  const stored = JSON.stringify({ ...progress, startedAt: new Date().toISOString() });
  await sql`insert into setting (key, value) values ('kpi.rebuild', ${stored}::jsonb)`.execute(
    ctx.db,
  );
  expect((await app.request(getRebuild, admin)).body.state).toBe('failed');

  expect((await app.request(startRebuild, agent)).status).toBe(403);
  const started = await app.request(startRebuild, admin);
  expect(started).toMatchObject({ status: 202, body: { state: 'running' } });
  await until(async () => (await app.request(getRebuild, admin)).body.state === 'done');
  const { body } = await app.request(getRebuild, admin);
  expect(body.done).toBe(body.total);
  const { rows } = await sql`select from kpi_batch where id = ${left}`.execute(ctx.db);
  expect(rows).toHaveLength(0);
});

test('in another time zone everything is counted anew', async () => {
  const zone = async () => {
    const { rows } = await sql<{ zone: string }>`
      select time_zone as zone from kpi_batch where kind = 'own' and state = 'visible'
    `.execute(ctx.db);
    return rows[0]?.zone;
  };
  expect(await zone()).toBe('Asia/Shanghai');
  await transact(ctx, async (tx) => {
    const now = { name: 'Centre', timeZone: 'Europe/Berlin' };
    await foundOrganisation(tx, { ...now, locale: 'en' });
    tx.emit(organisationChanged, { ...now, previousTimeZone: 'Asia/Shanghai' });
  });
  await until(async () => (await zone()) === 'Europe/Berlin');
});
