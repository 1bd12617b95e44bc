import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commentOrder, createKey, createWebhook } from '@yingda/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';
import { until } from '../orders/testing/time.ts';
import { caughtUp, newRule, runsOf } from './testing.ts';

/** Out through a webhook and in again through the API. */

let app: TestApp;
let centre: Centre;
let program: Caller;
let webhookId: string;
const heard: { event: string; chain: string | undefined }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => (body += part));
  request.on('end', () => {
    const { type } = JSON.parse(body) as { type: string };
    const chain = request.headers['yingda-chain'];
    heard.push({ event: type, chain: chain === undefined ? undefined : String(chain) });
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  app = await testApp({ config: { webhookPrivateHosts: [`127.0.0.1:${port}`] } });
  centre = await openCentre(app);
  const { body: hook } = await app.request(createWebhook, centre.admin, {
    body: { name: 'ERP', url: `http://127.0.0.1:${port}/`, events: ['order.commented'] },
  });
  webhookId = hook.id;
  const { body: key } = await app.request(createKey, centre.admin, {
    body: { name: 'ERP', scopes: ['order.read', 'order.write'], expiresAt: null },
  });
  program = { userId: '', name: '', headers: { authorization: `Bearer ${key.secret}` } };
});
afterAll(() => server.close());

test('a program that hands back what it heard does not start the automation it answers', async () => {
  const rule = await newRule(app, centre.admin, {
    when: { kind: 'event', events: ['order.commented'] },
    actions: [{ kind: 'webhook', webhookId }],
  });
  const runs = () => runsOf(app, centre.admin, { automationId: rule.id });
  const { id } = await centre.record();
  const comment = (as: Caller, chain?: string) =>
    app.request(commentOrder, as, {
      params: { id },
      body: { text: '已查', isPublic: false },
      ...(chain !== undefined && { headers: { 'yingda-chain': chain } }),
    });
  await comment(centre.agent);
  await until(async () => heard.length === 2);
  const chain = heard.find(({ event }) => event === 'automation.fired')?.chain;
  expect(chain).toBe(rule.id);
  // What a person did follows from nothing.
  expect(heard.find(({ event }) => event === 'order.commented')?.chain).toBeUndefined();

  expect((await comment(program, chain)).status).toBeLessThan(300);
  await until(async () => (await runs()).length === 2);
  const [stopped] = await runs();
  expect(stopped).toMatchObject({ state: 'loop_stopped', chain: [rule.name], actions: [] });
  // Other listeners are told, and told from what it follows.
  await until(async () => heard.length === 3);
  expect(heard[2]).toEqual({ event: 'order.commented', chain: rule.id });

  // Without it, with nonsense, or from a browser, a comment is a comment.
  await comment(program);
  await comment(program, 'nonsense');
  await comment(centre.agent, chain);
  await until(async () => (await runs()).length === 5);
  await caughtUp(app);
  const states = (await runs()).map(({ state }) => state);
  expect(states.join()).toBe('done,done,done,loop_stopped,done');
});
