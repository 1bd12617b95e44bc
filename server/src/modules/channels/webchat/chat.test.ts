import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import type { TestApp } from '../../../../test/app.ts';
import { newShop, newVisitor, newWidget, write } from './testing.ts';
import type { Shop, TestVisitor } from './testing.ts';

let app: TestApp;
let shop: Shop;

beforeAll(async () => {
  app = await testApp({ config: { maxUploadBytes: 2_000 } });
  shop = await newShop(app);
});

const messagesOf = async (visitor: TestVisitor, query: object = {}) =>
  (await app.request(contract.listVisitorMessages, visitor, { query })).body;

function reply(id: string, text: string, more: object = {}) {
  return app.request(contract.postMessage, shop.agent, {
    params: { id },
    body: { clientKey: randomUUID(), parts: [{ type: 'text', text }], ...more },
  });
}

function upload(visitor: TestVisitor, bytes: Buffer, name = 'photo.png') {
  const boundary = 'part';
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = {
    ...visitor.headers,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  return app.http?.inject({ method: 'POST', url: '/api/webchat/files', headers, payload });
}

/** The one day on which that queue opens, by night so that it is the same day in UTC. */
const opening = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

async function closedWidget(whenClosed: 'hide' | 'form' = 'form') {
  const name = `关门 ${randomUUID().slice(0, 8)}`;
  const never = Array.from({ length: 7 }, () => []);
  const hours = await app.request(contract.createHours, shop.admin, {
    body: {
      name,
      timeZone: 'Asia/Shanghai',
      week: never,
      specialDays: [{ date: opening, name: '', periods: [{ from: 540, to: 600 }] }],
    },
  });
  const queue = await app.request(contract.createQueue, shop.admin, {
    body: { name, teamId: shop.teamId, hoursId: hours.body.id },
  });
  return newWidget(app, { admin: shop.admin, queueId: queue.body.id }, { whenClosed });
}

describe('writing', () => {
  test('the same clientKey twice at once makes one message, one conversation and one customer', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const clientKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => write(app, visitor, '在吗', { clientKey })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map(({ body }) => body.message.id)).size).toBe(1);
    expect((await messagesOf(visitor)).items).toHaveLength(1);
    const { body } = await app.request(contract.listConversations, shop.agent, {
      query: { view: 'queue' },
    });
    expect(body.items.filter(({ id }) => id === answers[0]?.body.conversation.id)).toHaveLength(1);
  });

  test('many messages at once are stored once each, gapless', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const keys = Array.from({ length: 20 }, () => randomUUID());
    await Promise.all(
      [...keys, ...keys].map((clientKey) => write(app, visitor, clientKey, { clientKey })),
    );
    const { items } = await messagesOf(visitor, { limit: 200 });
    expect(items.map(({ seq }) => seq)).toEqual(keys.map((_, at) => at + 1));
    expect(new Set(items.map(({ clientKey }) => clientKey))).toEqual(new Set(keys));
  });

  test('history is there after a reload, page by page and from any seq on', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    for (const text of ['一', '二', '三', '四', '五']) await write(app, visitor, text);
    const again = await newVisitor(app, shop.widget.key, { token: visitor.session.token });
    expect(again.session.conversation).toMatchObject({
      status: 'queued',
      lastSeq: 5,
      position: expect.any(Number) as number,
    });
    const newest = await messagesOf(again, { limit: 2 });
    expect([newest.items.map(({ seq }) => seq), newest.hasMore]).toEqual([[4, 5], true]);
    const before = await messagesOf(again, { limit: 10, before: 4 });
    expect([before.items.map(({ seq }) => seq), before.hasMore]).toEqual([[1, 2, 3], false]);
    const after = await messagesOf(again, { after: 3 });
    expect(after.items.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  test('nothing is stored of empty, oversized or malformed messages', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    expect((await write(app, visitor, '   ')).problem.code).toBe('message.empty');
    expect((await write(app, visitor, 'x'.repeat(100_000))).problem.code).toBe('request.invalid');
    expect((await write(app, visitor, 'a\u0000b')).problem.code).toBe('request.invalid');
    expect((await write(app, visitor, 'x', { clientKey: '../../etc' })).problem.code).toBe(
      'request.invalid',
    );
    const foreign = { parts: [{ type: 'file', fileId: randomUUID() }] };
    expect((await write(app, visitor, 'x', foreign)).problem.code).toBe('file.not_found');
    expect((await messagesOf(visitor)).items).toEqual([]);
    const hostile = '<img src=x onerror=alert(1)>\u{1F600}';
    await write(app, visitor, hostile);
    expect((await messagesOf(visitor)).items[0]?.parts).toEqual([{ type: 'text', text: hostile }]);
  });
});

describe('what visitors see', () => {
  test('notes, ids of people and inner events never reach them', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const { body } = await write(app, visitor, '请问保修多久？');
    const id = body.conversation.id;
    await reply(id, '您好，五年。');
    await reply(id, '此客户难缠', { kind: 'note', mentions: [shop.admin.userId] });
    await app.request(contract.snoozeConversation, shop.agent, {
      params: { id },
      body: { until: null },
    });
    await reply(id, '还有别的问题吗？');
    await app.request(contract.resolveConversation, shop.agent, { params: { id } });

    const all = await messagesOf(visitor, { limit: 200 });
    const text = JSON.stringify(all);
    expect(text).not.toContain('难缠');
    expect(text).not.toContain(shop.agent.userId);
    expect(text).not.toContain('snoozed');
    expect(
      all.items.flatMap(({ parts }) =>
        parts.map((part) =>
          part.type === 'text' ? part.text : part.type === 'event' ? part.event : '',
        ),
      ),
    ).toEqual(['请问保修多久？', 'assigned', '您好，五年。', '还有别的问题吗？', 'resolved']);
    expect(all.items.find(({ kind }) => kind === 'event')?.parts).toEqual([
      { type: 'event', event: 'assigned', data: { agentName: '林芳' } },
    ]);
    const { body: state } = await app.request(contract.getVisitorConversation, visitor);
    expect(state.conversation).toMatchObject({ status: 'resolved', agentName: '林芳' });
  });

  test('pages that hold only notes are passed over', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const { body } = await write(app, visitor, '一');
    for (let n = 0; n < 5; n += 1) await reply(body.conversation.id, `备注 ${n}`, { kind: 'note' });
    await reply(body.conversation.id, '答复');
    const after = await messagesOf(visitor, { after: 1, limit: 2 });
    expect(JSON.stringify(after.items)).not.toContain('备注');
    const rest = await messagesOf(visitor, { after: after.items.at(-1)?.seq ?? 1, limit: 2 });
    const texts = [...after.items, ...rest.items].flatMap(({ parts }) =>
      parts.map((part) => (part.type === 'text' ? part.text : '')),
    );
    expect(texts).toContain('答复');
  });

  test('a message taken back has no content any more', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const { body } = await write(app, visitor, '在吗');
    const { body: sent } = await reply(body.conversation.id, '写错了');
    await app.request(contract.retractMessage, shop.agent, {
      params: { id: body.conversation.id, messageId: sent.id },
    });
    const { items } = await messagesOf(visitor);
    const shown = items.find(({ id }) => id === sent.id);
    expect(shown?.retractedAt).not.toBeNull();
    expect(JSON.stringify(items)).not.toContain('写错了');
  });

  test('one visitor sees nothing of another', async () => {
    const [one, other] = [
      await newVisitor(app, shop.widget.key),
      await newVisitor(app, shop.widget.key),
    ];
    await write(app, one, '我的秘密');
    expect((await messagesOf(other)).items).toEqual([]);
    await write(app, other, '别的事');
    expect(JSON.stringify(await messagesOf(other))).not.toContain('秘密');
    expect(
      (await app.request(contract.endVisitorConversation, other)).body.conversation?.status,
    ).toBe('resolved');
    expect(
      (await app.request(contract.getVisitorConversation, one)).body.conversation?.status,
    ).toBe('queued');
  });
});

describe('the form before the chat', () => {
  const field = (key: string, kind: 'text' | 'number' | 'choice', more: object = {}) => ({
    key,
    kind,
    required: false,
    choices: [],
    label: { 'zh-CN': key, en: key },
    ...more,
  });

  test('is checked like every input and fills the customer', async () => {
    const preChat = [
      field('name', 'text', { required: true }),
      field('email', 'text'),
      field('topic', 'choice', { required: true, choices: ['配送', '售后'] }),
      field('order_no', 'number'),
    ];
    const widget = await newWidget(app, shop, { preChat });
    const visitor = await newVisitor(app, widget.key);
    const faultsOf = async (fields?: object) =>
      (await write(app, visitor, '你好', fields && { fields })).problem.faults?.map(
        ({ path, kind }) => `${path} ${kind}`,
      );
    expect(await faultsOf()).toEqual(['fields.name required', 'fields.topic required']);
    expect(await faultsOf({ name: '刘备', topic: '别的', order_no: 'abc', email: 'x' })).toEqual([
      'fields.email invalid_format',
      'fields.topic invalid_value',
      'fields.order_no invalid_type',
    ]);
    const fields = { name: '刘备', topic: '配送', order_no: 1024, secret: '不问的' };
    const { body, status } = await write(app, visitor, '你好', { fields });
    expect(status).toBe(201);
    expect((await write(app, visitor, '还有')).status).toBe(201);
    const { body: view } = await app.request(contract.getConversation, shop.agent, {
      params: { id: body.conversation.id },
    });
    expect(view.customer).toMatchObject({
      name: '刘备',
      fields: { topic: '配送', order_no: 1024 },
    });
    expect(JSON.stringify(view.customer)).not.toContain('不问的');
    expect(body.message.author.name).toBe('刘备');
  });
});

describe('while closed', () => {
  test('no chat begins, but a message can be left that waits in the queue', async () => {
    const widget = await closedWidget();
    const visitor = await newVisitor(app, widget.key);
    expect(visitor.session.config).toMatchObject({
      open: false,
      nextOpenAt: expect.stringMatching(new RegExp(opening)) as string,
    });
    expect((await write(app, visitor, '在吗')).problem.code).toBe('widget.closed');
    const leave = (more: object = {}) =>
      app.request(contract.leaveMessage, visitor, {
        body: {
          clientKey: 'leave-once-1',
          name: '孙权',
          email: '',
          phone: '',
          text: '请回电',
          ...more,
        },
      });
    expect((await leave()).problem.faults?.map(({ path }) => path)).toEqual(['email']);
    const [{ body, status }] = await Promise.all([
      leave({ phone: '139 0000 1111' }),
      leave({ phone: '139 0000 1111' }),
    ]);
    expect([status, body.conversation.status]).toEqual([201, 'queued']);
    expect((await messagesOf(visitor)).items).toHaveLength(1);
    const { body: view } = await app.request(contract.getConversation, shop.agent, {
      params: { id: body.conversation.id },
    });
    expect(view.customer).toMatchObject({ name: '孙权' });
    expect(view.customer.identities.map(({ kind, value }) => `${kind} ${value}`)).toContain(
      'phone 13900001111',
    );
    expect((await write(app, visitor, '再补充一句')).status).toBe(201);
  });
});

describe('files', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  test('are sent as pictures and fetched by their address', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const answer = await upload(visitor, png);
    expect(answer?.statusCode).toBe(201);
    const file = answer?.json<{ id: string; url: string }>();
    const { body } = await write(app, visitor, '', { parts: [{ type: 'file', fileId: file?.id }] });
    expect(body.message.parts).toMatchObject([{ type: 'image', file: { width: 1, height: 1 } }]);
    const fetched = await app.http?.inject({ method: 'GET', url: file?.url ?? '' });
    expect(fetched?.rawPayload).toEqual(png);
  });

  test('larger than allowed or from nobody are refused', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const answer = await upload(visitor, Buffer.alloc(5_000, 1));
    expect([answer?.statusCode, answer?.json<{ code: string }>().code]).toEqual([
      413,
      'file.too_large',
    ]);
    const nobody = await upload({ ...visitor, headers: {} }, png);
    expect(nobody?.statusCode).toBe(401);
    expect(answer?.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('the end', () => {
  test('leaving the queue is the end for both; leaving an agent is told to the agent', async () => {
    const waiting = await newVisitor(app, shop.widget.key);
    const { body } = await write(app, waiting, '算了');
    expect(
      (await app.request(contract.endVisitorConversation, waiting)).body.conversation?.status,
    ).toBe('resolved');
    const { body: events } = await app.request(contract.listContactEvents, shop.agent, {
      params: { id: body.conversation.id },
    });
    expect(events.items.map(({ type }) => type)).toContain('abandoned');

    const served = await newVisitor(app, shop.widget.key);
    const { body: asked } = await write(app, served, '你好');
    await reply(asked.conversation.id, '您好');
    expect(
      (await app.request(contract.endVisitorConversation, served)).body.conversation?.status,
    ).toBe('resolved');
    const { body: view } = await app.request(contract.getConversation, shop.agent, {
      params: { id: asked.conversation.id },
    });
    expect(view.status).not.toBe('resolved');
    const { body: more } = await write(app, served, '还有一个问题');
    expect(more.conversation).toMatchObject({ id: asked.conversation.id, status: 'active' });
  });

  test('who never wrote has nothing to end', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    expect(
      (await app.request(contract.endVisitorConversation, visitor)).body.conversation,
    ).toBeNull();
  });
});

describe('pages', () => {
  test('the shop comes in both languages under a strict policy', async () => {
    for (const lang of ['zh-CN', 'en']) {
      const answer = await app.http?.inject({
        method: 'GET',
        url: `/demo?lang=${lang}&key=${shop.widget.key}`,
      });
      expect(answer?.statusCode).toBe(200);
      expect(answer?.body).toContain(`data-key="${shop.widget.key}" data-lang="${lang}"`);
      expect(answer?.body).not.toContain('{{');
      expect(answer?.headers['content-security-policy']).toContain("script-src 'self';");
      expect(answer?.body).not.toMatch(/\sstyle=|<style|<script>/);
    }
    const hostile = await app.http?.inject({
      method: 'GET',
      url: '/demo?key="><script>alert(1)</script>&lang=<x>',
    });
    expect(hostile?.body).not.toContain('<script>alert');
  });
});
