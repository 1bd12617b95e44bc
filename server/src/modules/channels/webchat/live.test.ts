import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import type { LiveEvent } from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import type { TestApp } from '../../../../test/app.ts';
import { newShop, newVisitor, openLine, until, write } from './testing.ts';
import type { Shop } from './testing.ts';

let app: TestApp;
let shop: Shop;

beforeAll(async () => {
  app = await testApp();
  shop = await newShop(app);
});

const says = (text: string) => (event: LiveEvent) =>
  event.type === 'visitor.message' &&
  event.message.parts.some((part) => part.type === 'text' && part.text === text);

function reply(id: string, text: string, kind: 'message' | 'note' = 'message') {
  return app.request(contract.postMessage, shop.agent, {
    params: { id },
    body: { clientKey: randomUUID(), kind, parts: [{ type: 'text', text }] },
  });
}

async function chatting() {
  const visitor = await newVisitor(app, shop.widget.key);
  const line = await openLine(app, { token: visitor.session.token });
  const { body } = await write(app, visitor, '你好');
  return { visitor, line, id: body.conversation.id };
}

describe('a visitor’s line', () => {
  test('hears every tab’s messages, answers and how the conversation stands', async () => {
    const { visitor, line, id } = await chatting();
    await line.heard(says('你好'));
    await line.heard(
      (event) =>
        event.type === 'visitor.conversation' &&
        event.conversation?.status === 'queued' &&
        event.conversation.position !== null,
    );
    await reply(id, '您好，请讲');
    await line.heard(says('您好，请讲'));
    const active = await line.heard(
      (event) => event.type === 'visitor.conversation' && event.conversation?.status === 'active',
    );
    expect(active).toMatchObject({ conversation: { agentName: '林芳', position: null } });
    const fetched = await app.request(contract.getVisitorConversation, visitor);
    const last = (): LiveEvent | undefined =>
      line.events.findLast(({ type }) => type === 'visitor.conversation');
    await until(() => {
      const event = last();
      return event?.type === 'visitor.conversation' && event.conversation?.status === 'active';
    });
    expect(last()).toMatchObject({ conversation: { id: fetched.body.conversation?.id } });
    await line.close();
  });

  test('what was heard is what is fetched', async () => {
    const { visitor, line, id } = await chatting();
    await reply(id, '一');
    await reply(id, '内部', 'note');
    await reply(id, '二');
    await line.heard(says('二'));
    const heard = line.events.flatMap((event) =>
      event.type === 'visitor.message' ? [event.message] : [],
    );
    const { body } = await app.request(contract.listVisitorMessages, visitor, { query: {} });
    expect(heard.toSorted((a, b) => a.seq - b.seq)).toEqual(body.items);
    expect(JSON.stringify(line.events)).not.toContain('内部');
    expect(JSON.stringify(line.events)).not.toContain(shop.agent.userId);
    await line.close();
  });

  test('hears nothing of others, whatever it asks for', async () => {
    const { line: victim, id, visitor } = await chatting();
    const spy = await newVisitor(app, shop.widget.key);
    const rooms = [
      `conversation:${id}`,
      `visitor:${visitor.session.visitorId}`,
      'everyone',
      `team:${shop.teamId}`,
    ];
    await expect(openLine(app, { token: spy.session.token, rooms })).rejects.toThrow(
      'auth.forbidden',
    );
    const line = await openLine(app, { token: spy.session.token });
    line.send({ t: 'subscribe', rooms });
    await reply(id, '只给你看');
    await victim.heard(says('只给你看'));
    line.send({ t: 'typing', conversationId: id, on: true });
    expect(line.events).toEqual([]);
    await Promise.all([victim.close(), line.close()]);
  });

  test('a message taken back is told, with nothing in it', async () => {
    const { line, id } = await chatting();
    const { body: sent } = await reply(id, '发错了');
    await app.request(contract.retractMessage, shop.agent, { params: { id, messageId: sent.id } });
    const told = await line.heard((event) => event.type === 'visitor.message_changed');
    expect(told).toMatchObject({ message: { id: sent.id, parts: [] } });
    await line.close();
  });

  test('typing and reading pass both ways', async () => {
    const { visitor, line, id } = await chatting();
    await reply(id, '您好');
    await line.heard(says('您好'));
    const desk = await openLine(app, {
      headers: shop.agent.headers,
      rooms: [`conversation:${id}`],
    });
    line.send({ t: 'typing', on: true });
    await desk.heard(
      (event) => event.type === 'conversation.typing' && event.conversationId === id && event.on,
    );
    desk.send({ t: 'typing', conversationId: id, on: true });
    const typing = await line.heard((event) => event.type === 'visitor.typing');
    expect(typing).toEqual({ type: 'visitor.typing', on: true, agentName: '林芳' });

    const { body } = await app.request(contract.getVisitorConversation, visitor);
    await app.request(contract.markVisitorRead, visitor, {
      body: { seq: body.conversation?.lastSeq ?? 0 },
    });
    await desk.heard(
      (event) =>
        event.type === 'conversation.read' && event.customerReadSeq === body.conversation?.lastSeq,
    );
    const { body: asked } = await write(app, visitor, '读了吗');
    await app.request(contract.markRead, shop.agent, {
      params: { id },
      body: { seq: asked.message.seq },
    });
    await line.heard(
      (event) =>
        event.type === 'visitor.conversation' &&
        event.conversation?.agentReadSeq === asked.message.seq,
    );
    await Promise.all([line.close(), desk.close()]);
  });

  test('those who wait hear that they moved up', async () => {
    const other = await newShop(app);
    const first = await newVisitor(app, other.widget.key);
    await write(app, first, '第一位');
    const second = await newVisitor(app, other.widget.key);
    await write(app, second, '第二位');
    const line = await openLine(app, { token: second.session.token });
    expect(
      (await app.request(contract.getVisitorConversation, second)).body.conversation?.position,
    ).toBe(2);
    await app.request(contract.endVisitorConversation, first);
    await line.heard(
      (event) => event.type === 'visitor.conversation' && event.conversation?.position === 1,
    );
    await line.close();
  });
});
