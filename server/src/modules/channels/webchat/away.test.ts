import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import type { TestApp } from '../../../../test/app.ts';
import { startSmtpServer } from '../../../../test/smtp-server.ts';
import type { SmtpServer } from '../../../../test/smtp-server.ts';
import { newShop, newVisitor, until, write } from './testing.ts';
import type { Shop, TestVisitor } from './testing.ts';

let app: TestApp;
let shop: Shop;
let smtp: SmtpServer;

beforeAll(async () => {
  smtp = await startSmtpServer();
  app = await testApp({ config: { mail: { smtpUrl: smtp.url, from: 'service@example.com' } } });
  shop = await newShop(app);
});
afterAll(() => smtp.close());

async function chat(email: string | null): Promise<{ visitor: TestVisitor; id: string }> {
  const page = { url: 'https://shop.example/sofa', title: '沙发' };
  const { body: session } = await app.request(contract.openVisitorSession, null, {
    body: { widgetKey: shop.widget.key, locale: 'zh-CN', page },
  });
  const visitor = await newVisitor(app, shop.widget.key, { token: session.token });
  const { body } = await write(app, visitor, '沙发多久能到？');
  if (email) await app.request(contract.saveVisitorEmail, visitor, { body: { email } });
  return { visitor, id: body.conversation.id };
}

function reply(id: string, text: string, kind: 'message' | 'note' = 'message') {
  return app.request(contract.postMessage, shop.agent, {
    params: { id },
    body: { clientKey: randomUUID(), kind, parts: [{ type: 'text', text }] },
  });
}

const db = () => app.ctx.db;

const timersOf = async (...visitorIds: string[]): Promise<number> => {
  const { rows } = await sql`
    select from timer where kind = 'webchat.away' and key = any(${visitorIds})
  `.execute(db());
  return rows.length;
};

/** The visitor's last sign of life was long ago. */
async function leave(visitorId: string): Promise<void> {
  await sql`update visitor set last_seen_at = now() - interval '5 minutes' where id = ${visitorId}`.execute(
    db(),
  );
}

/** Two minutes later. */
async function elapse(visitorId: string): Promise<void> {
  await sql`
    update timer set due_at = now(), run_at = now()
    where kind = 'webchat.away' and key = ${visitorId} and run_at > now()
  `.execute(db());
}

/** Lets time pass until it is true: an answer heard late sets the timer anew. */
async function elapseUntil(visitorId: string, isTrue: () => Promise<boolean> | boolean) {
  await until(async () => {
    await elapse(visitorId);
    return isTrue();
  });
}

const mailsTo = (email: string) => smtp.mails.filter(({ to }) => to.includes(email));

describe('who has left', () => {
  test('gets unread answers by mail, together and once', async () => {
    const email = `left-${randomUUID()}@example.com`;
    const { visitor, id } = await chat(email);
    await reply(id, '三天内送到。');
    await reply(id, '不要告诉客户', 'note');
    await reply(id, '需要上门安装吗？');
    await leave(visitor.session.visitorId);
    await elapseUntil(visitor.session.visitorId, () => mailsTo(email).length === 1);
    const [mail] = mailsTo(email);
    expect(mail?.text).toContain('三天内送到。');
    expect(mail?.text).toContain('需要上门安装吗？');
    expect(mail?.text).toContain('https://shop.example/sofa');
    expect(mail?.text).not.toContain('不要告诉客户');

    await reply(id, '还在吗？');
    await elapseUntil(visitor.session.visitorId, () => mailsTo(email).length === 2);
    expect(mailsTo(email)[1]?.text).toContain('还在吗？');
    expect(mailsTo(email)[1]?.text).not.toContain('三天内送到。');
  });

  test('is not written to while still on the page, having read, or without an address', async () => {
    const email = `here-${randomUUID()}@example.com`;
    const here = await chat(email);
    const hereId = here.visitor.session.visitorId;
    await reply(here.id, '您好');
    await until(async () => (await timersOf(hereId)) === 1);
    await elapse(hereId);
    // Looked at, found on the page, and set again.
    await until(async () => (await timersOf(hereId)) === 1);
    const { body } = await app.request(contract.getVisitorConversation, here.visitor);
    await app.request(contract.markVisitorRead, here.visitor, {
      body: { seq: body.conversation?.lastSeq ?? 0 },
    });
    await leave(hereId);

    const unknown = await chat(null);
    const unknownId = unknown.visitor.session.visitorId;
    await reply(unknown.id, '您好');
    await until(async () => (await timersOf(unknownId)) === 1);
    await leave(unknownId);
    for (const id of [hereId, unknownId]) {
      await elapseUntil(id, async () => (await timersOf(id)) === 0);
    }
    expect(mailsTo(email)).toEqual([]);
  });
});
