import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import type { MessageView } from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newWriter } from './testing.ts';

let app: TestApp;
let admin: Caller;
let agent: Caller;
let colleague: Caller;
let supervisor: Caller;
let stranger: Caller;
let queue: contract.QueueView;
let otherQueue: contract.QueueView;

async function teamWithQueue(name: string): Promise<contract.QueueView> {
  const team = await app.request(contract.createTeam, admin, { body: { name } });
  for (;;) {
    const { body } = await app.request(contract.listQueues, admin);
    const found = body.items.find(({ teamId }) => teamId === team.body.id);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator', name: '管理员' });
  queue = await teamWithQueue('售后组');
  otherQueue = await teamWithQueue('售前组');
  agent = await app.newPerson({ role: 'agent', teamId: queue.teamId, name: '林芳' });
  colleague = await app.newPerson({ role: 'agent', teamId: queue.teamId, name: '陈晨' });
  supervisor = await app.newPerson({ role: 'supervisor', teamId: queue.teamId, name: '周主管' });
  stranger = await app.newPerson({ role: 'agent', teamId: otherQueue.teamId, name: '外组' });
});

const textOf = (message: MessageView): string =>
  message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join('');

async function messagesOf(id: string, as = agent): Promise<MessageView[]> {
  const { body } = await app.request(contract.listMessages, as, {
    params: { id },
    query: { limit: 200 },
  });
  return body.items;
}

function reply(id: string, text: string, as = agent, more: object = {}) {
  return app.request(contract.postMessage, as, {
    params: { id },
    body: { clientKey: randomUUID(), parts: [{ type: 'text', text }], ...more },
  });
}

describe('what is said', () => {
  test('a first message starts a conversation that waits in the queue', async () => {
    const writer = await newWriter(app.ctx, queue.id, '赵一');
    const { conversationId, started } = await writer.write('你好，杯子碎了');
    expect(started).toBe(true);
    const { body } = await app.request(contract.getConversation, agent, {
      params: { id: conversationId },
    });
    expect(body).toMatchObject({
      status: 'open',
      assigneeId: null,
      preview: '你好，杯子碎了',
      lastSeq: 1,
      unread: 1,
      queueId: queue.id,
    });
    const list = await app.request(contract.listConversations, agent, { query: { view: 'queue' } });
    expect(list.body.items.map(({ id }) => id)).toContain(conversationId);
  });

  test('a key sent many times at once becomes one message, and every try gets the same answer', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('一');
    const clientKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => writer.write('二', { clientKey })),
    );
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
    expect(
      (await messagesOf(conversationId)).filter(({ kind }) => kind === 'message'),
    ).toHaveLength(2);
  });

  test('two tabs that write first at the same moment begin one conversation', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const answers = await Promise.all(['甲', '乙', '丙'].map((text) => writer.write(text)));
    expect(new Set(answers.map(({ conversationId }) => conversationId)).size).toBe(1);
    const [{ conversationId } = { conversationId: '' }] = answers;
    expect((await messagesOf(conversationId)).map(textOf).sort()).toEqual(
      ['丙', '乙', '甲'].sort(),
    );
  });

  test('many writers at once leave no hole and no double in any order of seq', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('开始');
    await app.request(contract.assignConversation, agent, {
      params: { id: conversationId },
      body: { assigneeId: agent.userId },
    });
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        n % 3 === 0 ? reply(conversationId, `答${n}`) : writer.write(`问${n}`),
      ),
    );
    const seqs = (await messagesOf(conversationId)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, at) => at + 1));
    const texts = (await messagesOf(conversationId)).map(textOf);
    expect(texts.filter((text) => /^[答问]\d/.test(text))).toHaveLength(60);
  });

  test('an answer to an unassigned conversation takes it, and the customer no longer waits', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('在吗');
    expect((await reply(conversationId, '在的')).status).toBe(201);
    const { body } = await app.request(contract.getConversation, agent, {
      params: { id: conversationId },
    });
    expect(body).toMatchObject({ assigneeId: agent.userId, waitingSince: null, unread: 0 });
  });

  test('markup and script stay the text they are', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const text = '<script>alert(1)</script><img src=x onerror=alert(2)> \u202e&amp;';
    const { conversationId } = await writer.write(text);
    expect((await messagesOf(conversationId)).map(textOf)).toEqual([text]);
  });

  test('an empty message and one that is too long are refused with the fault', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('在吗');
    expect((await reply(conversationId, '   ')).problem.code).toBe('message.empty');
    const long = await reply(conversationId, 'x'.repeat(100_000));
    expect(long.status).toBe(422);
    expect(long.problem.faults?.[0]).toMatchObject({
      kind: 'too_big',
      params: { max: contract.maxMessageLength },
    });
  });

  test('an own message can be taken back, by its author only', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('在吗');
    const { body: sent } = await reply(conversationId, '说错了');
    const params = { id: conversationId, messageId: sent.id };
    expect((await app.request(contract.retractMessage, colleague, { params })).problem.code).toBe(
      'message.not_yours',
    );
    const { body } = await app.request(contract.retractMessage, agent, { params });
    expect(body.retractedAt).not.toBeNull();
    expect(body.parts).toEqual([]);
  });

  test('a note names colleagues, who find it among their mentions until they have read it', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId } = await writer.write('在吗');
    await reply(conversationId, '@陈晨 看一下', agent, {
      kind: 'note',
      mentions: [colleague.userId, randomUUID()],
    });
    const mentions = await app.request(contract.listConversations, colleague, {
      query: { view: 'mentions' },
    });
    expect(mentions.body.items.map(({ id }) => id)).toContain(conversationId);
    const before = await app.request(contract.countConversations, colleague);
    await app.request(contract.markRead, colleague, {
      params: { id: conversationId },
      body: { seq: 9 },
    });
    const after = await app.request(contract.countConversations, colleague);
    expect(after.body.mentions).toBe(before.body.mentions - 1);
  });
});

describe('who may', () => {
  test('another team sees nothing of it: not found in every way', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId: id } = await writer.write('机密');
    expect((await app.request(contract.getConversation, stranger, { params: { id } })).status).toBe(
      404,
    );
    expect((await app.request(contract.listMessages, stranger, { params: { id } })).status).toBe(
      404,
    );
    expect((await reply(id, 'x', stranger)).status).toBe(404);
    expect(
      (await app.request(contract.resolveConversation, stranger, { params: { id } })).status,
    ).toBe(404);
    const all = await app.request(contract.listConversations, stranger, {
      query: { view: 'all', limit: 100 },
    });
    expect(all.body.items.map((item) => item.id)).not.toContain(id);
  });

  test('an agent cannot take from a colleague, a supervisor can', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId: id } = await writer.write('在吗');
    await app.request(contract.assignConversation, agent, {
      params: { id },
      body: { assigneeId: agent.userId },
    });
    const taken = await app.request(contract.assignConversation, colleague, {
      params: { id },
      body: { assigneeId: colleague.userId },
    });
    expect(taken.problem.code).toBe('conversation.assigned_to_other');
    const given = await app.request(contract.assignConversation, supervisor, {
      params: { id },
      body: { assigneeId: colleague.userId },
    });
    expect(given.body.assigneeId).toBe(colleague.userId);
  });
});

describe('the life of a conversation', () => {
  test('resolved, reopened by the customer as a new contact, resolved again: the log tells it all', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId: id } = await writer.write('在吗');
    await reply(id, '在的');
    expect(
      (await app.request(contract.resolveConversation, agent, { params: { id } })).body.status,
    ).toBe('resolved');
    expect(
      (await app.request(contract.resolveConversation, agent, { params: { id } })).problem.code,
    ).toBe('conversation.already_resolved');
    const again = await writer.write('又坏了');
    expect(again.conversationId).toBe(id);
    const { body } = await app.request(contract.getConversation, agent, { params: { id } });
    expect(body).toMatchObject({ status: 'open', assigneeId: null });
    await reply(id, '再看看');
    await app.request(contract.resolveConversation, agent, { params: { id } });
    const events = await app.request(contract.listContactEvents, agent, { params: { id } });
    const types = events.body.items.map(({ type }) => type);
    expect(types.filter((type) => type === 'arrived')).toHaveLength(2);
    expect(types.filter((type) => type === 'solved')).toHaveLength(2);
    expect(types).toContain('reopened');
    expect(new Set(events.body.items.map(({ contactId }) => contactId)).size).toBe(2);
  });

  test('a repeated key does not reopen what is resolved', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const clientKey = randomUUID();
    const { conversationId: id, message } = await writer.write('在吗', { clientKey });
    await reply(id, '在的');
    await app.request(contract.resolveConversation, agent, { params: { id } });
    const again = await writer.write('在吗', { clientKey });
    expect(again.message.id).toBe(message.id);
    expect(
      (await app.request(contract.getConversation, agent, { params: { id } })).body.status,
    ).toBe('resolved');
  });

  test('snoozed until an instant it wakes by itself; the customer wakes it sooner', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId: id } = await writer.write('在吗');
    await reply(id, '稍后回复您');
    const past = await app.request(contract.snoozeConversation, agent, {
      params: { id },
      body: { until: new Date(Date.now() - 1000).toISOString() },
    });
    expect(past.problem.code).toBe('conversation.snooze_in_past');
    const until = new Date(Date.now() + 600).toISOString();
    expect(
      (await app.request(contract.snoozeConversation, agent, { params: { id }, body: { until } }))
        .body.status,
    ).toBe('snoozed');
    const statusNow = async () =>
      (await app.request(contract.getConversation, agent, { params: { id } })).body.status;
    while ((await statusNow()) === 'snoozed')
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await statusNow()).toBe('open');
    await app.request(contract.snoozeConversation, agent, {
      params: { id },
      body: { until: null },
    });
    await writer.write('还在吗');
    expect(await statusNow()).toBe('open');
  });

  test('transferred to a queue it waits there, with the note for colleagues only', async () => {
    const writer = await newWriter(app.ctx, queue.id);
    const { conversationId: id } = await writer.write('想买沙发');
    await reply(id, '帮您转售前');
    const moved = await app.request(contract.transferConversation, agent, {
      params: { id },
      body: { to: { kind: 'queue', queueId: otherQueue.id }, note: '想买沙发' },
    });
    expect(moved.body).toMatchObject({ teamId: otherQueue.teamId, assigneeId: null });
    const seen = await messagesOf(id, stranger);
    expect(
      seen.some(
        ({ kind, parts }) =>
          kind === 'note' && parts[0]?.type === 'text' && parts[0].text === '想买沙发',
      ),
    ).toBe(true);
    expect((await app.request(contract.getConversation, agent, { params: { id } })).status).toBe(
      404,
    );
  });

  test('of many things done at once each counts for itself', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => newWriter(app.ctx, queue.id)));
    const ids = await Promise.all(
      writers.map(async (writer) => (await writer.write('在吗')).conversationId),
    );
    await app.request(contract.resolveConversation, agent, { params: { id: ids[0] ?? '' } });
    const { body } = await app.request(contract.bulkUpdate, agent, {
      body: { ids, action: { kind: 'resolve' } },
    });
    expect(body).toEqual({
      done: 2,
      failed: [{ id: ids[0], code: 'conversation.already_resolved' }],
    });
  });
});

describe('finding', () => {
  const find = async (q: string, as = agent) =>
    (await app.request(contract.search, as, { query: { q } })).body;

  test('words in Chinese and English are found, traditional as simplified, by those who may read', async () => {
    const writer = await newWriter(app.ctx, queue.id, '欧阳娜娜');
    const { conversationId } = await writer.write('我的咖啡機漏水，型号 BX-9000 machine leaking');
    const hit = async (q: string): Promise<boolean> =>
      (await find(q)).hits.some((found) => found.conversation.id === conversationId);
    while (!(await hit('咖啡机'))) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await hit('漏水')).toBe(true);
    expect(await hit('Leaking')).toBe(true);
    expect(await hit('洗衣机')).toBe(false);
    expect((await find('咖啡机', stranger)).hits).toEqual([]);
    expect((await find('欧阳')).customers.map(({ name }) => name)).toContain('欧阳娜娜');
  });

  test('a list is paged without leaving out or repeating any', async () => {
    const all: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } =
        await app.request(contract.listConversations, agent, {
          query: { view: 'all', limit: 3, ...(cursor ? { cursor } : {}) },
        });
      all.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    const whole = await app.request(contract.listConversations, agent, {
      query: { view: 'all', limit: 100 },
    });
    expect(all).toEqual(whole.body.items.map(({ id }) => id));
    expect(
      (await app.request(contract.listConversations, agent, { query: { cursor: 'garbage' } }))
        .status,
    ).toBe(422);
  });
});
