import * as contract from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import {
  attachIdentity,
  customerBriefs,
  customerView,
  findOrCreateCustomer,
  mergeCustomers,
  nameOf,
  rememberCustomer,
  searchCustomers,
  touchCustomer,
} from './index.ts';
import type { Arrival, IdentityInput, SelfDescription } from './index.ts';
import { createCustomer } from './testing.ts';

let app: TestApp;
let agent: Caller;
beforeAll(async () => {
  app = await testApp();
  agent = await app.newPerson({ role: 'agent' });
});

const arrive = (arrival: Arrival) => transact(app.ctx, (tx) => findOrCreateCustomer(tx, arrival));
const attach = (id: string, identity: IdentityInput) =>
  transact(app.ctx, (tx) => attachIdentity(tx, id, identity));
const remember = (id: string, said: SelfDescription) =>
  transact(app.ctx, (tx) => rememberCustomer(tx, id, said));
const merge = (into: string, other: string, as = agent) =>
  app.request(contract.mergeCustomers, as, { params: { id: into }, body: { otherId: other } });
const view = (id: string) => customerView(app.ctx, id);
const valuesOf = async (id: string): Promise<string[]> =>
  (await view(id)).identities.map(({ value }) => value).toSorted();
const eventsAbout = async (id: string): Promise<string[]> => {
  const { rows } = await sql<{ type: string }>`
    select type from outbox_event where payload ->> 'customerId' = ${id} or payload ->> 'into' = ${id} order by id
  `.execute(app.ctx.db);
  return rows.map(({ type }) => type);
};

describe('an arrival', () => {
  test('makes a customer once and recognises it from then on', async () => {
    const identities: IdentityInput[] = [{ kind: 'webchat', value: newId() }];
    const first = await arrive({ locale: 'en', identities });
    expect(first.created).toBe(true);
    expect(await nameOf(app.ctx, first.id)).toMatch(/^Visitor [0-9A-F]{4}$/);
    expect(await arrive({ identities })).toEqual({ id: first.id, created: false });
    expect(await eventsAbout(first.id)).toEqual([]);
  });

  test('is known by the first identity that is known, and ties the free ones', async () => {
    const a = await createCustomer(app.ctx, {
      identities: [{ kind: 'phone', value: '13700000001' }],
    });
    const b = await createCustomer(app.ctx, {
      identities: [{ kind: 'email', value: 'b@arrivals.example.com' }],
    });
    const { id } = await arrive({
      identities: [
        { kind: 'webchat', value: 'arrival-1' },
        { kind: 'email', value: 'B@arrivals.example.com' },
        { kind: 'phone', value: '137 0000 0001' },
      ],
    });
    expect(id).toBe(b);
    expect(await valuesOf(b)).toEqual(['arrival-1', 'b@arrivals.example.com']);
    expect(await valuesOf(a)).toEqual(['13700000001']);
    expect(await eventsAbout(b)).toEqual(['customer.changed']);
  });

  test('of many at once with the same identity is one customer', async () => {
    for (let round = 0; round < 5; round += 1) {
      const identities: IdentityInput[] = [
        { kind: 'webchat', value: newId() },
        { kind: 'email', value: `race-${round}@arrivals.example.com` },
      ];
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          arrive({ identities: n % 2 === 0 ? identities : identities.toReversed() }),
        ),
      );
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
    }
  });

  test('of two who share only one of their identities is one customer with all of them', async () => {
    const shared: IdentityInput = { kind: 'phone', value: '13700000002' };
    const own = ['left', 'right'].map((value): IdentityInput => ({ kind: 'webchat', value }));
    const answers = await Promise.all(own.map((one) => arrive({ identities: [one, shared] })));
    const ids = new Set(answers.map(({ id }) => id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(await valuesOf(id)).toEqual(['13700000002', 'left', 'right']);
    const orphans = await sql`
      select from customer_identity i where not exists (select from customer c where c.id = i.customer_id)
    `.execute(app.ctx.db);
    expect(orphans.rows).toHaveLength(0);
  });

  test('is found at once, but not by the mark of its browser', async () => {
    const mark = newId();
    const id = await createCustomer(app.ctx, {
      name: '韩梅梅',
      identities: [
        { kind: 'webchat', value: mark },
        { kind: 'phone', value: '13700000003' },
      ],
    });
    const found = async (q: string) =>
      (await searchCustomers(app.ctx, q, 10)).map((brief) => brief.id);
    expect(await found('韓梅')).toEqual([id]);
    expect(await found('0000003')).toEqual([id]);
    expect(await found(mark)).toEqual([]);
  });

  test('with what is no identity is somebody new', async () => {
    const { created, id } = await arrive({
      name: 'x'.repeat(100_000),
      identities: [{ kind: 'email', value: '?' }],
    });
    expect(created).toBe(true);
    expect((await view(id)).name).toHaveLength(120);
    expect((await view(id)).identities).toEqual([]);
  });
});

describe('proof', () => {
  test('marks the customer, also when it comes later', async () => {
    const identities = (verified: boolean): IdentityInput[] => [
      { kind: 'external', value: 'proof-1', verified },
    ];
    const { id } = await arrive({ identities: identities(false) });
    expect((await view(id)).verified).toBe(false);
    await arrive({ identities: identities(true) });
    expect(await view(id)).toMatchObject({ verified: true, identities: [{ verified: true }] });
    await arrive({ identities: identities(false) });
    expect((await view(id)).verified).toBe(true);
  });

  test('takes an address over from who only typed it', async () => {
    const email = 'boss@proof.example.com';
    const impostor = await createCustomer(app.ctx);
    await remember(impostor, { email });
    expect(await searchCustomers(app.ctx, email, 10)).toHaveLength(1);
    const { id, created } = await arrive({
      name: '老板',
      identities: [
        { kind: 'external', value: 'proof-2', verified: true },
        { kind: 'email', value: email, verified: true },
      ],
    });
    expect(created).toBe(true);
    expect(await valuesOf(id)).toEqual([email, 'proof-2']);
    expect((await view(impostor)).identities.map(({ kind }) => kind)).toEqual(['webchat']);
    expect((await searchCustomers(app.ctx, email, 10)).map((brief) => brief.id)).toEqual([id]);
  });
});

describe('attaching an identity', () => {
  test('tells whether it is new, the customer’s own or somebody else’s', async () => {
    const [a, b] = [await createCustomer(app.ctx), await createCustomer(app.ctx)];
    const identity: IdentityInput = { kind: 'phone', value: '137 0000 0010' };
    expect(await attach(a, identity)).toBe('attached');
    expect(await attach(a, identity)).toBe('owned');
    expect(await attach(b, identity)).toBe('taken');
    await expect(attach(b, { kind: 'email', value: 'none' })).rejects.toThrow('request.invalid');
    await expect(attach(newId(), identity)).rejects.toThrow('customer.not_found');
  });
});

describe('what customers say of themselves', () => {
  test('fills what was not known and never replaces a real name', async () => {
    const { id } = await arrive({ identities: [{ kind: 'webchat', value: newId() }] });
    await remember(id, {
      name: ' 李雷 ',
      email: 'LiLei@said.example.com',
      phone: '137-0000-0020',
      fields: { order_no: 'A-1' },
    });
    await remember(id, { name: '别的名字', email: '', phone: ' ', fields: { order_no: 'A-2' } });
    expect(await view(id)).toMatchObject({
      name: '李雷',
      fields: { order_no: 'A-2' },
      verified: false,
    });
    expect(await valuesOf(id)).toEqual(
      expect.arrayContaining(['13700000020', 'lilei@said.example.com']),
    );
  });

  test('does not join them to who has that address already', async () => {
    const owner = await createCustomer(app.ctx, {
      identities: [{ kind: 'email', value: 'owner@said.example.com' }],
    });
    const visitor = await createCustomer(app.ctx);
    await remember(visitor, { email: 'owner@said.example.com' });
    expect(await valuesOf(owner)).toEqual(['owner@said.example.com']);
    expect((await view(visitor)).identities).toHaveLength(1);
  });

  test('is refused with every fault named, and nothing of it is kept', async () => {
    const { id } = await arrive({ identities: [{ kind: 'webchat', value: newId() }] });
    const name = 'x'.repeat(100_000);
    await expect(remember(id, { name, email: 'none', phone: 'none' })).rejects.toMatchObject({
      code: 'field.value_invalid',
      faults: [
        { path: 'fields.name', kind: 'too_big', params: { max: 120 } },
        { path: 'fields.email', kind: 'invalid_email' },
        { path: 'fields.phone', kind: 'invalid_format' },
      ],
    });
    const said = { name: '李雷', fields: { fine: 'a', broken: 'a\u0000' } };
    await expect(remember(id, said)).rejects.toMatchObject({
      faults: [{ path: 'fields.broken', kind: 'control_characters' }],
    });
    expect((await view(id)).name).toMatch(/^访客/);
  });

  test('moves the customer up the list when they were here', async () => {
    const id = await createCustomer(app.ctx);
    await sql`update customer set last_seen_at = now() - interval '1 year' where id = ${id}`.execute(
      app.ctx.db,
    );
    await transact(app.ctx, (tx) => touchCustomer(tx, id));
    const { body } = await app.request(contract.listCustomers, agent, { query: { limit: 1 } });
    expect(body.items.map((customer) => customer.id)).toEqual([id]);
  });
});

describe('a merge', () => {
  test('moves everything to the survivor, and the old id leads there', async () => {
    const into = await createCustomer(app.ctx, { name: '留下', fields: { a: 1 } });
    const other = await createCustomer(app.ctx, {
      name: '并入',
      fields: { a: 2, b: 3 },
      identities: [{ kind: 'phone', value: '13700000030' }],
    });
    await app.request(contract.addCustomerNote, agent, {
      params: { id: other },
      body: { text: '备注' },
    });
    const merged = await merge(into, other);
    expect(merged.body).toMatchObject({ id: into, name: '留下', fields: { a: 1, b: 3 } });
    expect(merged.body.identities).toHaveLength(2);
    expect(await view(other)).toEqual(merged.body);
    expect((await customerBriefs(app.ctx, [other, into, newId()])).size).toBe(2);
    expect(await nameOf(app.ctx, other)).toBe('留下');
    expect(await nameOf(app.ctx, newId())).toBeNull();
    const notes = await app.request(contract.listCustomerNotes, agent, { params: { id: other } });
    expect(notes.body.items.map(({ text }) => text)).toEqual(['备注']);
    expect(await searchCustomers(app.ctx, '并入', 10)).toEqual([]);
    expect((await searchCustomers(app.ctx, '13700000030', 10)).map(({ id }) => id)).toEqual([into]);
    expect(await arrive({ identities: [{ kind: 'phone', value: '13700000030' }] })).toEqual({
      id: into,
      created: false,
    });
    expect(await eventsAbout(into)).toContain('customer.merged');
  });

  test('is in the audit log', async () => {
    const admin = await app.newPerson({ role: 'administrator' });
    const [into, other] = [await createCustomer(app.ctx), await createCustomer(app.ctx)];
    await merge(into, other);
    const { body } = await app.request(contract.listAudit, admin, {
      query: { action: 'customer.merged' },
    });
    expect(body.items[0]).toMatchObject({ subjectId: into, actorName: agent.name });
  });

  test('with itself is refused, also by an old id', async () => {
    const [into, other] = [await createCustomer(app.ctx), await createCustomer(app.ctx)];
    expect((await merge(into, into)).problem.code).toBe('customer.merge_same');
    await merge(into, other);
    expect((await merge(into, other)).problem.code).toBe('customer.merge_same');
    expect((await merge(into, newId())).problem.code).toBe('customer.not_found');
  });

  test('of merged ones leads to the last survivor in one step', async () => {
    const [a, b, c] = [
      await createCustomer(app.ctx),
      await createCustomer(app.ctx),
      await createCustomer(app.ctx),
    ];
    await merge(b, a);
    await merge(c, a);
    const { rows } = await sql<{ merged_into: string }>`
      select merged_into from customer where id in (${a}, ${b})
    `.execute(app.ctx.db);
    expect(rows.map((row) => row.merged_into)).toEqual([c, c]);
  });

  test('every which way at once leaves one customer that owns everything', async () => {
    const ids = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        createCustomer(app.ctx, { identities: [{ kind: 'webchat', value: `circle-${n}` }] }),
      ),
    );
    const pairs = ids.flatMap((into) =>
      ids.filter((id) => id !== into).map((other) => ({ into, other })),
    );
    await Promise.allSettled([
      ...pairs.map((pair) => mergeCustomers(app.ctx, pair)),
      ...ids.map((id, n) => attach(id, { kind: 'webchat', value: `circle-new-${n}` })),
    ]);
    const survivors = new Set((await Promise.all(ids.map(view))).map(({ id }) => id));
    expect(survivors.size).toBe(1);
    const [survivor = ''] = survivors;
    expect(await valuesOf(survivor)).toEqual(
      [0, 1, 2, 3].flatMap((n) => [`circle-${n}`, `circle-new-${n}`]).toSorted(),
    );
  });

  test('during an arrival loses neither the arrival nor its identity', async () => {
    const known: IdentityInput = { kind: 'webchat', value: 'moving' };
    const other = await createCustomer(app.ctx, { identities: [known] });
    const into = await createCustomer(app.ctx);
    const fresh = Array.from({ length: 6 }, (_, n): IdentityInput => ({
      kind: 'external',
      value: `moving-${n}`,
    }));
    await Promise.all([
      merge(into, other),
      ...fresh.map((identity) => arrive({ identities: [known, identity] })),
    ]);
    expect((await arrive({ identities: [known] })).id).toBe(into);
    expect(await valuesOf(into)).toEqual(expect.arrayContaining(fresh.map(({ value }) => value)));
  });
});
