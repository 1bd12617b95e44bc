import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from './app.ts';
import type { Caller, TestApp } from './app.ts';
import { setTeam, setVisitor } from './fuzz/stage.ts';

/** Ids that exist but belong to somebody else: of other teams see access-matrix, here those within reach. */

type Visitor = Awaited<ReturnType<typeof setVisitor>>;

let app: TestApp;
let admin: Caller;
let agent: Caller;
let other: Caller;
let mine: Visitor;
let theirs: Visitor;
let widgetKey: string;

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
  const [one, two] = [await setTeam(app, admin), await setTeam(app, admin)];
  agent = await app.newPerson({ role: 'agent', teamId: one.teamId });
  other = await app.newPerson({ role: 'agent', teamId: two.teamId });
  mine = await setVisitor(app, one.widgetKey);
  theirs = await setVisitor(app, two.widgetKey, '我的秘密');
  widgetKey = two.widgetKey;
});

test("a message of another conversation is not found in one's own", async () => {
  const body = { clientKey: randomUUID(), parts: [{ type: 'text' as const, text: '好的' }] };
  const params = { id: theirs.conversationId };
  const said = await app.request(contract.postMessage, other, { params, body });
  expect(said.status).toBe(201);
  const { problem } = await app.request(contract.retractMessage, agent, {
    params: { id: mine.conversationId, messageId: said.body.id },
  });
  expect(problem.code).toBe('message.not_found');
});

test('a note is deleted by its author, at its own customer, and no otherwise', async () => {
  const create = async (name: string): Promise<string> =>
    (await app.request(contract.createCustomer, admin, { body: { name } })).body.id;
  const [id, elsewhere] = [await create('甲'), await create('乙')];
  const note = await app.request(contract.addCustomerNote, other, {
    params: { id },
    body: { text: '密' },
  });
  const noteId = note.body.id;
  for (const [as, customer] of [
    [other, elsewhere],
    [agent, id],
  ] as const) {
    const { status } = await app.request(contract.deleteCustomerNote, as, {
      params: { id: customer, noteId },
    });
    expect([403, 404]).toContain(status);
  }
  const { body } = await app.request(contract.listCustomerNotes, other, { params: { id } });
  expect(body.items.map((one) => one.id)).toEqual([noteId]);
});

test('a session of another person is not found', async () => {
  const { body } = await app.request(contract.listMySessions, other);
  const { problem } = await app.request(contract.revokeMySession, agent, {
    params: { id: body.items[0]?.id ?? '' },
  });
  expect(problem.code).toBe('session.not_found');
  expect((await app.request(contract.getMe, other)).status).toBe(200);
});

test('what rings at another agent is neither taken nor declined', async () => {
  await app.request(contract.setMyPresence, other, { body: { state: 'ready' } });
  await setVisitor(app, widgetKey);
  const ringing = async (): Promise<string | undefined> =>
    (await app.request(contract.listMyOffers, other)).body.items[0]?.id;
  await expect.poll(ringing, { timeout: 30_000 }).toBeTypeOf('string');
  const id = (await ringing()) ?? '';
  for (const route of [contract.acceptOffer, contract.declineOffer]) {
    const { problem } = await app.request(route, agent, { params: { id } });
    expect(problem.code).toMatch(/^offer\.(not_found|ended)$/);
  }
  expect(await ringing()).toBe(id);
});

test('visitors have their own conversation and no other, whatever they ask for', async () => {
  const { id } = { id: theirs.conversationId };
  const url = await app.address();
  const asked = [
    `/api/webchat/conversation?id=${id}`,
    `/api/webchat/messages?conversationId=${id}&visitorId=${theirs.userId}`,
  ];
  for (const path of asked) {
    const text = await (await fetch(url + path, { headers: mine.headers })).text();
    expect(text).not.toContain(id);
    expect(text).not.toContain('我的秘密');
  }
  await app.request(contract.endVisitorConversation, mine);
  const state = await app.request(contract.getVisitorConversation, theirs);
  expect(state.body.conversation?.status).not.toBe('resolved');
});
