import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { createCustomer } from './testing.ts';

let app: TestApp;
let agent: Caller;
let admin: Caller;
beforeAll(async () => {
  app = await testApp();
  agent = await app.newPerson({ role: 'agent', name: '李雷' });
  admin = await app.newPerson({ role: 'administrator' });
});

type Body = contract.SentOf<typeof contract.createCustomer, 'body'>;
const create = (body: Body, as = agent) => app.request(contract.createCustomer, as, { body });
const update = (
  id: string,
  body: contract.SentOf<typeof contract.updateCustomer, 'body'>,
  as = agent,
) => app.request(contract.updateCustomer, as, { params: { id }, body });
const list = (query: contract.SentOf<typeof contract.listCustomers, 'query'>, as = agent) =>
  app.request(contract.listCustomers, as, { query });
const namesFor = async (q: string): Promise<string[]> =>
  (await list({ q })).body.items.map(({ name }) => name);

async function createField(
  body: contract.SentOf<typeof contract.createCustomField, 'body'>,
): Promise<contract.CustomFieldView> {
  const { status, body: field } = await app.request(contract.createCustomField, admin, { body });
  expect(status).toBe(201);
  return field;
}

describe('a customer', () => {
  test('is created, read, changed and found again', async () => {
    const created = await create({
      name: ' 王芳 ',
      tier: 'gold',
      company: '莺达科技',
      tags: ['重点', '重点'],
      identities: [
        { kind: 'phone', value: '+86 139 0000 0001' },
        { kind: 'email', value: 'Wang.Fang@Example.com' },
      ],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: '王芳',
      tier: 'gold',
      verified: false,
      tags: ['重点'],
      lastSeenAt: null,
      version: 1,
    });
    const { id } = created.body;
    const values = created.body.identities.map(({ value }) => value);
    expect(values.toSorted()).toEqual(['+8613900000001', 'wang.fang@example.com']);

    const changed = await update(id, { company: null, tier: 'vip', version: 1 });
    expect(changed.body).toMatchObject({ name: '王芳', company: null, tier: 'vip', version: 2 });
    const read = await app.request(contract.getCustomer, agent, { params: { id } });
    expect(read.body).toEqual(changed.body);
  });

  test('is not overwritten by somebody who read an older version', async () => {
    const { body } = await create({ name: '甲' });
    const answers = await Promise.all([
      update(body.id, { name: '乙', version: 1 }),
      update(body.id, { name: '丙', version: 1 }),
    ]);
    expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['200', '409']);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.problem.code).toBe('customer.changed_meanwhile');
  });

  test('keeps hostile text as text', async () => {
    const name = `<img src=x onerror="alert(1)"> 'drop table customer;-- \u202e`;
    const { body } = await create({ name, tags: ['<b>'] });
    expect(body.name).toBe(name);
    expect((await list({ tag: '<b>' })).body.items.map(({ id }) => id)).toEqual([body.id]);
  });

  test.each<[string, object, string]>([
    ['no name', {}, 'name'],
    ['a name of spaces', { name: '   ' }, 'name'],
    ['a name of 100,000 characters', { name: '长'.repeat(100_000) }, 'name'],
    ['a NUL in the name', { name: 'a\u0000b' }, 'name'],
    ['an unknown tier', { name: 'a', tier: 'platinum' }, 'tier'],
    ['a tag without text', { name: 'a', tags: [''] }, 'tags.0'],
    [
      'a phone that is none',
      { name: 'a', identities: [{ kind: 'phone', value: 'later' }] },
      'identities.0.value',
    ],
    [
      'an e-mail address that is none',
      { name: 'a', identities: [{ kind: 'email', value: 'a@b' }] },
      'identities.0.value',
    ],
    [
      'the mark of a browser',
      { name: 'a', identities: [{ kind: 'webchat', value: 'x' }] },
      'identities.0.kind',
    ],
  ])('is refused with %s', async (_, body, path) => {
    const { status, problem } = await create(body as Body);
    expect([status, problem.code]).toEqual([422, 'request.invalid']);
    expect(problem.faults?.map((fault) => fault.path)).toEqual([path]);
  });

  test('that nobody knows is not found', async () => {
    const params = { id: newId() };
    for (const { status, problem } of [
      await app.request(contract.getCustomer, agent, { params }),
      await app.request(contract.updateCustomer, agent, { params, body: { name: 'a' } }),
      await app.request(contract.listCustomerNotes, agent, { params }),
      await app.request(contract.addCustomerNote, agent, { params, body: { text: 'a' } }),
      await app.request(contract.mergeCustomers, agent, { params, body: { otherId: newId() } }),
    ]) {
      expect([status, problem.code]).toEqual([404, 'customer.not_found']);
    }
    const odd = await app.request(contract.getCustomer, agent, { params: { id: "1' or 1" } });
    expect(odd.status).toBe(422);
  });

  test('is nobody’s business who is not signed in', async () => {
    expect((await list({}, null as unknown as Caller)).status).toBe(401);
  });
});

describe('identities', () => {
  test('belong to one customer, and the answer names the owner', async () => {
    const identities = [{ kind: 'phone' as const, value: '139 0000 0101' }];
    const owner = await create({ name: '主人', identities });
    const second = await create({ name: '另一个', identities });
    expect(second.problem).toMatchObject({
      code: 'customer.identity_taken',
      params: { value: '13900000101', customerId: owner.body.id, name: '主人' },
    });
    const other = await create({ name: '另一个' });
    expect((await update(other.body.id, { identities })).problem.code).toBe(
      'customer.identity_taken',
    );
    const same = await update(owner.body.id, { identities });
    expect(same.body.identities).toEqual(owner.body.identities);
  });

  test('entered twice at once make one customer', async () => {
    const identities = [{ kind: 'email' as const, value: 'twice@example.com' }];
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => create({ name: `第${n}个`, identities })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    expect((await list({ q: 'twice@example.com' })).body.items).toHaveLength(1);
  });

  test('are replaced as a whole, while the marks of browsers stay', async () => {
    const id = await createCustomer(app.ctx, {
      identities: [
        { kind: 'webchat', value: 'browser-1' },
        { kind: 'external', value: 'U-1', verified: true },
      ],
    });
    const identities = [
      { kind: 'phone' as const, value: '139 0000 0102' },
      { kind: 'external' as const, value: 'U-1' },
    ];
    const { body } = await update(id, { identities });
    expect(body.identities.map(({ kind, verified }) => [kind, verified])).toEqual(
      expect.arrayContaining([
        ['webchat', false],
        ['external', true],
        ['phone', false],
      ]),
    );
    expect(body.verified).toBe(true);
    const less = await update(id, { identities: [] });
    expect(less.body.identities.map(({ kind }) => kind)).toEqual(['webchat']);
    expect(less.body.verified).toBe(false);
    expect(await namesFor('139 0000 0102')).toEqual([]);
  });
});

describe('the list', () => {
  test('finds parts of names in both scripts, companies, phones and e-mail addresses', async () => {
    await create({
      name: '張莹莹',
      company: '長江實業',
      identities: [
        { kind: 'phone', value: '+86 138-0013-8000' },
        { kind: 'email', value: 'yingying.zhang@mail.example.com' },
        { kind: 'external', value: 'CRM-2041/7' },
      ],
    });
    for (const q of [
      '张莹',
      '莹',
      '張瑩',
      '长江实业',
      '0013 80',
      '13800138000',
      '+86 138',
      'YINGYING',
      'zhang@mail',
      'crm 2041',
      '莹莹 长江',
    ]) {
      expect([q, await namesFor(q)]).toEqual([q, ['張莹莹']]);
    }
    for (const q of ['莹张', '0013 81', 'zhang@example', "'!&|:*", '莹莹 短江', '\u0000']) {
      expect([q, await namesFor(q)]).toEqual([q, []]);
    }
    const { body } = await list({ q: '张莹莹' });
    await update(body.items[0]?.id ?? '', { name: '赵莹莹' });
    expect(await namesFor('张莹莹')).toEqual([]);
    expect(await namesFor('赵莹莹')).toEqual(['赵莹莹']);
  });

  test('gives every customer once over its pages, the latest activity first', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1)
      made.push((await create({ name: `页 ${n}`, tags: ['页'] })).body.id);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { body } = await list({ tag: '页', limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(made.toReversed());
  });

  test('refuses cursors and limits that are none', async () => {
    expect((await list({ cursor: 'x' })).problem.code).toBe('request.malformed');
    expect((await list({ limit: 101 })).status).toBe(422);
    expect((await list({ q: 'x'.repeat(101) })).status).toBe(422);
    expect((await list({ tag: 'a\u0000' })).body.items).toEqual([]);
  });
});

describe('custom fields', () => {
  test('are administered by those who may, in order, with a key of their own', async () => {
    const field = await createField({
      key: 'size',
      label: '尺码',
      kind: 'choice',
      choices: ['S', 'L'],
      position: 2,
    });
    await createField({ key: 'first', label: '首位', kind: 'text', position: 1 });
    const body = { key: 'size', label: '又一个', kind: 'text' as const };
    expect((await app.request(contract.createCustomField, admin, { body })).problem.code).toBe(
      'field.name_taken',
    );
    expect((await app.request(contract.createCustomField, agent, { body })).status).toBe(403);
    const empty = { key: 'none', label: '无', kind: 'choice' as const };
    expect(
      (await app.request(contract.createCustomField, admin, { body: empty })).problem.faults,
    ).toEqual([{ path: 'choices', kind: 'required' }]);
    const params = { id: field.id };
    const changed = await app.request(contract.updateCustomField, admin, {
      params,
      body: { label: '大小', choices: ['S', 'M', 'M'] },
    });
    expect(changed.body).toMatchObject({
      key: 'size',
      label: '大小',
      choices: ['S', 'M'],
      position: 2,
    });
    const { body: all } = await app.request(contract.listCustomFields, agent);
    expect(all.items.map(({ key }) => key)).toEqual(['first', 'size']);
  });

  test('check values by their kind and keep them when the field goes', async () => {
    const field = await createField({ key: 'born_on', label: '生日', kind: 'date' });
    const created = await create({ name: '生日', fields: { born_on: '1990-05-01' } });
    expect(created.body.fields).toEqual({ born_on: '1990-05-01' });
    const wrong = await update(created.body.id, { fields: { born_on: '1990-13-01', nothing: 1 } });
    expect(wrong.problem).toMatchObject({
      code: 'field.value_invalid',
      status: 422,
      faults: [
        { path: 'fields.born_on', kind: 'invalid_format' },
        { path: 'fields.nothing', kind: 'unrecognized_keys' },
      ],
    });
    const params = { id: field.id };
    expect((await app.request(contract.deleteCustomField, admin, { params })).status).toBe(204);
    expect((await app.request(contract.deleteCustomField, admin, { params })).problem.code).toBe(
      'field.not_found',
    );
    const kept = await update(created.body.id, { fields: { born_on: '1990-05-01' } });
    expect(kept.body.fields).toEqual({ born_on: '1990-05-01' });
    expect((await update(created.body.id, { fields: { born_on: null } })).body.fields).toEqual({});
  });

  test('leave a trace in the audit log', async () => {
    const field = await createField({ key: 'traced', label: '留痕', kind: 'text' });
    const { body } = await app.request(contract.listAudit, admin, { query: { limit: 10 } });
    expect(body.items).toContainEqual(
      expect.objectContaining({
        action: 'field.created',
        subjectId: field.id,
        subjectName: '留痕',
      }),
    );
  });
});

describe('notes', () => {
  test('are written by anybody who may and taken back by their author alone', async () => {
    const { body: customer } = await create({ name: '有备注' });
    const params = { id: customer.id };
    const text = '<script>alert(1)</script>\n第二行';
    const first = await app.request(contract.addCustomerNote, agent, { params, body: { text } });
    expect(first.body).toMatchObject({ text, authorId: agent.userId, authorName: '李雷' });
    await app.request(contract.addCustomerNote, admin, { params, body: { text: '第二' } });
    const blank = await app.request(contract.addCustomerNote, agent, {
      params,
      body: { text: ' ' },
    });
    expect(blank.status).toBe(422);
    const texts = async () =>
      (await app.request(contract.listCustomerNotes, agent, { params })).body.items.map(
        (n) => n.text,
      );
    expect(await texts()).toEqual(['第二', text]);

    const note = { id: customer.id, noteId: first.body.id };
    const remove = (as: Caller, of = note) =>
      app.request(contract.deleteCustomerNote, as, { params: of });
    expect((await remove(admin)).problem.code).toBe('auth.forbidden');
    const { body: stranger } = await create({ name: '别人' });
    expect((await remove(agent, { ...note, id: stranger.id })).status).toBe(404);
    expect((await remove(agent)).status).toBe(204);
    expect(await texts()).toEqual(['第二']);
  });
});
