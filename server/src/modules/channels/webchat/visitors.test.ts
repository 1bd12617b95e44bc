import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import type { TestApp } from '../../../../test/app.ts';
import { signToken } from '../../../platform/secrets/index.ts';
import {
  newShop,
  newVisitor,
  newWidget,
  openLine,
  openSession,
  signed,
  until,
  write,
} from './testing.ts';
import type { Shop, TestVisitor } from './testing.ts';

let app: TestApp;
let shop: Shop;
let secret: string;

beforeAll(async () => {
  app = await testApp();
  shop = await newShop(app);
  const revealed = await app.request(contract.revealWidgetSecret, shop.admin, {
    params: { id: shop.widget.id },
    body: {},
  });
  secret = revealed.body.secret;
});

const messagesOf = async (visitor: TestVisitor) =>
  (await app.request(contract.listVisitorMessages, visitor, { query: {} })).body.items;

describe('a visit', () => {
  test('goes on with its token, and begins anew with another widget’s or a spoilt one', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    const token = visitor.session.token;
    const again = await newVisitor(app, shop.widget.key, { token });
    expect(again.session.visitorId).toBe(visitor.session.visitorId);

    const other = await newWidget(app, shop);
    const elsewhere = await newVisitor(app, other.key, { token });
    expect(elsewhere.session.visitorId).not.toBe(visitor.session.visitorId);
    const spoilt = await newVisitor(app, shop.widget.key, { token: `${token}x` });
    expect(spoilt.session.visitorId).not.toBe(visitor.session.visitorId);
  });

  test('is refused with tokens that are forged, made for something else or of a deleted widget', async () => {
    const { config } = app.services;
    const visitor = await newVisitor(app, shop.widget.key);
    const claim = [shop.widget.id, visitor.session.visitorId];
    const forged = [
      'yv_abc',
      'yv_',
      `yv_${signToken('another secret', claim, { purpose: 'webchat.visitor' })}`,
      `yv_${signToken(config.authSecret, claim, { purpose: 'session' })}`,
      `yv_${signToken(config.authSecret, [shop.widget.id, randomUUID()], { purpose: 'webchat.visitor' })}`,
      `yv_${signToken(config.authSecret, ['x', 1], { purpose: 'webchat.visitor' })}`,
    ];
    for (const token of forged) {
      const caller = { ...visitor, headers: { authorization: `Bearer ${token}` } };
      const answer = await app.request(contract.getVisitorConversation, caller);
      expect([answer.status, answer.problem.code]).toEqual([401, 'auth.token_invalid']);
      await expect(openLine(app, { token })).rejects.toThrow('auth.token_invalid');
    }

    const gone = await newWidget(app, shop);
    const left = await newVisitor(app, gone.key);
    await app.request(contract.deleteWidget, shop.admin, { params: { id: gone.id } });
    expect((await app.request(contract.getVisitorConversation, left)).status).toBe(401);
    expect((await openSession(app, gone.key)).problem.code).toBe('widget.not_found');
  });

  test('is no way into what belongs to people', async () => {
    const visitor = await newVisitor(app, shop.widget.key);
    for (const route of [contract.listConversations, contract.listWidgets, contract.listQueues]) {
      expect((await app.request(route, visitor)).problem.code).toBe('auth.forbidden');
    }
    expect((await app.request(contract.getVisitorConversation, shop.agent)).status).toBe(403);
    expect((await app.request(contract.getVisitorConversation, null)).status).toBe(401);
  });
});

describe('origins', () => {
  test('decide at the beginning, on every call and on sockets who may carry the widget', async () => {
    const widget = await newWidget(app, shop, { allowedOrigins: ['https://Shop.example/'] });
    const here = { origin: 'https://shop.example' };
    const elsewhere = { origin: 'https://evil.example' };
    const visitor = await newVisitor(app, widget.key, { headers: here });
    expect((await openSession(app, widget.key, { headers: elsewhere })).problem.code).toBe(
      'widget.origin_refused',
    );
    expect((await openSession(app, widget.key, { headers: { origin: 'null' } })).status).toBe(403);
    const config = await app.request(contract.getWidgetConfig, null, {
      params: { key: widget.key },
      headers: elsewhere,
    });
    expect(config.problem.code).toBe('widget.origin_refused');

    const call = (headers: Record<string, string>) =>
      app.request(contract.getVisitorConversation, visitor, { headers });
    expect((await call(here)).status).toBe(200);
    expect((await call(elsewhere)).problem.code).toBe('widget.origin_refused');
    const { token } = visitor.session;
    await expect(openLine(app, { token, headers: elsewhere })).rejects.toThrow(
      'widget.origin_refused',
    );
    const line = await openLine(app, { token, headers: here });
    await line.close();
  });

  test('the product’s own pages may always carry it, and browsers are let ask', async () => {
    const widget = await newWidget(app, shop, { allowedOrigins: ['https://shop.example'] });
    const headers = { origin: app.services.config.baseUrl };
    expect((await openSession(app, widget.key, { headers })).status).toBe(200);
    const doors = app.http;
    const asked = await doors?.inject({
      method: 'OPTIONS',
      url: '/api/webchat/messages',
      headers: { origin: 'https://shop.example' },
    });
    expect(asked?.statusCode).toBe(204);
    expect(asked?.headers['access-control-allow-headers']).toContain('authorization');
    const refused = await doors?.inject({
      method: 'GET',
      url: '/api/webchat/messages',
      headers: { origin: 'https://shop.example' },
    });
    expect([refused?.statusCode, refused?.headers['access-control-allow-origin']]).toEqual([
      401,
      '*',
    ]);
  });
});

describe('verified identity', () => {
  test('names the visitor; forged, altered and expired ones are refused', async () => {
    const good = signed(secret, { name: '李雷', email: 'lilei@example.com' });
    const visitor = await newVisitor(app, shop.widget.key, { identity: good });
    expect(visitor.session).toMatchObject({ name: '李雷', verified: true });
    const inMs = signed(secret, { expiresAt: Date.now() + 60_000 });
    expect((await openSession(app, shop.widget.key, { identity: inMs })).status).toBe(200);

    const bad = [
      { ...good, name: '韩梅梅' },
      { ...good, userId: 'somebody-else' },
      { ...good, signature: 'a'.repeat(64) },
      signed('another secret'),
      signed(secret, { expiresAt: Math.floor(Date.now() / 1000) - 1 }),
    ];
    for (const identity of bad) {
      const { status, problem } = await openSession(app, shop.widget.key, { identity });
      expect([status, problem.code]).toEqual([403, 'widget.identity_invalid']);
    }
  });

  test('is asked for where the widget demands it', async () => {
    const strict = await newWidget(app, shop, { requireIdentity: true });
    const { body } = await app.request(contract.revealWidgetSecret, shop.admin, {
      params: { id: strict.id },
      body: {},
    });
    expect((await openSession(app, strict.key)).problem.code).toBe('widget.identity_invalid');
    const visitor = await newVisitor(app, strict.key, { identity: signed(body.secret) });
    const { token } = visitor.session;
    expect((await openSession(app, strict.key, { token })).body.verified).toBe(true);
    await app.request(contract.revealWidgetSecret, shop.admin, {
      params: { id: strict.id },
      body: { renew: true },
    });
    expect((await openSession(app, strict.key, { identity: signed(body.secret) })).status).toBe(
      403,
    );
  });

  test('takes an anonymous chat along and merges who was known before', async () => {
    const identity = signed(secret, { name: '赵云', email: `zy-${randomUUID()}@example.com` });
    const first = await newVisitor(app, shop.widget.key, { identity });
    const { body: before } = await write(app, first, '上次的问题');
    await app.request(contract.resolveConversation, shop.admin, {
      params: { id: before.conversation.id },
    });

    const anonymous = await newVisitor(app, shop.widget.key);
    const { body: begun } = await write(app, anonymous, '还没登录就来问');
    const known = await newVisitor(app, shop.widget.key, {
      identity,
      token: anonymous.session.token,
    });
    expect(known.session).toMatchObject({ verified: true, name: '赵云' });
    expect(known.session.conversation?.id).toBe(begun.conversation.id);
    expect((await messagesOf(known)).at(-1)?.parts).toEqual([
      { type: 'text', text: '还没登录就来问' },
    ]);

    const view = await app.request(contract.getConversation, shop.admin, {
      params: { id: begun.conversation.id },
    });
    const old = await app.request(contract.getConversation, shop.admin, {
      params: { id: before.conversation.id },
    });
    await until(async () => {
      const params = { id: begun.conversation.id };
      const now = await app.request(contract.getConversation, shop.admin, { params });
      return now.body.customer.id === old.body.customer.id;
    });
    expect(view.body.customer).toMatchObject({ name: '赵云', verified: true });
  });

  test('is one visitor on two devices, and another one for another user of the same browser', async () => {
    const identity = signed(secret);
    const phone = await newVisitor(app, shop.widget.key, { identity });
    await write(app, phone, '手机上写的');
    const laptop = await newVisitor(app, shop.widget.key, { identity });
    expect(laptop.session.visitorId).toBe(phone.session.visitorId);
    expect(await messagesOf(laptop)).toHaveLength(1);
    const other = await newVisitor(app, shop.widget.key, {
      identity: signed(secret),
      token: laptop.session.token,
    });
    expect(other.session.visitorId).not.toBe(phone.session.visitorId);
    expect(other.session.conversation).toBeNull();
  });

  test('an address that was only typed never leads to the customer who owns it', async () => {
    const email = `owner-${randomUUID()}@example.com`;
    const owner = await newVisitor(app, shop.widget.key, { identity: signed(secret, { email }) });
    const { body: owned } = await write(app, owner, '我的订单');
    const intruder = await newVisitor(app, shop.widget.key, {
      identity: signed(secret, { name: '他人' }),
    });
    await app.request(contract.saveVisitorEmail, intruder, { body: { email } });
    const { body: asked } = await write(app, intruder, '我也要看');
    const customer = async (id: string) =>
      (await app.request(contract.getConversation, shop.admin, { params: { id } })).body.customer
        .id;
    expect(await customer(asked.conversation.id)).not.toBe(await customer(owned.conversation.id));
  });
});

describe('administration', () => {
  test('keeps the secret out of lists and the log of who saw it', async () => {
    const { body } = await app.request(contract.listWidgets, shop.admin);
    expect(JSON.stringify(body)).not.toContain('ws_');
    const log = await app.request(contract.listAudit, shop.admin, { query: {} });
    expect(JSON.stringify(log.body)).not.toContain(secret);
    expect(log.body.items.map(({ action }) => action)).toContain('widget.secret_shown');
  });

  test('changes count at once, and only administrators make them', async () => {
    const widget = await newWidget(app, shop);
    const params = { id: widget.id };
    await openSession(app, widget.key);
    const changed = {
      ...(await app.request(contract.listWidgets, shop.admin)).body.items[0]?.settings,
      colour: '#123456',
    };
    const answer = await app.request(contract.updateWidget, shop.admin, {
      params,
      body: { settings: changed as never },
    });
    expect(answer.body.settings.colour).toBe('#123456');
    expect((await openSession(app, widget.key)).body.config.settings.colour).toBe('#123456');
    expect(
      (await app.request(contract.updateWidget, shop.agent, { params, body: { name: 'x' } }))
        .status,
    ).toBe(403);
    expect(
      (
        await app.request(contract.createWidget, shop.admin, {
          body: { name: 'x', queueId: randomUUID(), settings: answer.body.settings },
        })
      ).problem.code,
    ).toBe('queue.not_found');
    expect(
      (await app.request(contract.deleteQueue, shop.admin, { params: { id: shop.queueId } }))
        .problem.code,
    ).toBe('queue.in_use');
  });
});
