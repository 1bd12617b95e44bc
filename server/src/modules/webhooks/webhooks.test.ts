import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createWebhook,
  deleteWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  redeliverWebhook,
  renewWebhookSecret,
  testWebhook,
  updateWebhook,
} from '@yingda/contract';
import type { WebhookWithSecret } from '@yingda/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { until } from '../orders/testing/time.ts';
import { openCentre } from '../orders/testing/centre.ts';
import type { Centre } from '../orders/testing/centre.ts';

type Heard = { headers: IncomingHttpHeaders; body: string };

let app: TestApp;
let centre: Centre;
let admin: Caller;
let server: Server;
let address: string;
let heard: Heard[] = [];
let status = 200;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      if (status === 302) response.setHeader('location', '/elsewhere');
      response.statusCode = status;
      response.end('well received');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}/hook`;
  app = await testApp({ config: { webhookPrivateHosts: [`127.0.0.1:${port}`] } });
  centre = await openCentre(app);
  admin = centre.admin;
});
afterAll(() => server.close());
beforeEach(async () => {
  heard = [];
  status = 200;
  await sql`delete from webhook`.execute(app.ctx.db);
});

async function open(body: object = {}): Promise<WebhookWithSecret> {
  const answer = await app.request(createWebhook, admin, {
    body: { name: 'ERP', url: address, events: ['order.created', 'order.moved'], ...body },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

const logOf = async (id: string) =>
  (await app.request(listWebhookDeliveries, admin, { params: { id } })).body.items;

const signed = (secret: string, { headers, body }: Heard): string => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
};

/** Makes a delivery that waits for its next try be due. */
const hurry = () =>
  sql`update webhook_delivery set next_try_at = clock_timestamp() where next_try_at is not null`.execute(
    app.ctx.db,
  );

test('an order is told to those who want to hear it, signed as Standard Webhooks are', async () => {
  const hook = await open();
  const other = await open({ name: 'Other', events: ['order.closed'] });
  const order = await centre.record();
  await until(async () => heard.length === 1);
  const [first] = heard;
  if (!first) throw new Error('nothing was heard');
  const body = JSON.parse(first.body) as Record<string, never>;
  expect(body).toMatchObject({
    type: 'order.created',
    data: {
      order: { id: order.id, number: order.number, form: { subject: '电机异响' } },
      by: 'person',
    },
  });
  expect(first.headers['webhook-signature']).toBe(signed(hook.secret, first));
  const age = Date.now() / 1000 - Number(first.headers['webhook-timestamp']);
  expect(Math.abs(age)).toBeLessThan(300);
  await until(async () => (await logOf(hook.id))[0]?.state === 'delivered');
  const [delivery] = await logOf(hook.id);
  expect(delivery?.id).toBe(first.headers['webhook-id']);
  expect(await logOf(other.id)).toEqual([]);
});

test('a secret is shown once, sealed where it lies, and signs on for a day after its renewal', async () => {
  const hook = await open();
  const { body } = await app.request(listWebhooks, admin);
  expect(JSON.stringify(body)).not.toContain(hook.secret);
  const { rows } = await sql<{ secret: string }>`select secret from webhook`.execute(app.ctx.db);
  expect(rows[0]?.secret).not.toContain(hook.secret.slice(6));
  const renewed = await app.request(renewWebhookSecret, admin, { params: { id: hook.id } });
  expect(renewed.body.secret).not.toBe(hook.secret);
  expect(renewed.body.oldSecretUntil).not.toBeNull();
  await app.request(testWebhook, admin, { params: { id: hook.id } });
  await until(async () => heard.length === 1);
  const [first] = heard;
  if (!first) throw new Error('nothing was heard');
  expect(String(first.headers['webhook-signature']).split(' ')).toEqual([
    signed(renewed.body.secret, first),
    signed(hook.secret, first),
  ]);
});

test('what is refused is tried again later with the same id, and can be sent again by hand', async () => {
  const hook = await open();
  status = 503;
  await app.request(testWebhook, admin, { params: { id: hook.id } });
  await until(async () => (await logOf(hook.id))[0]?.state === 'retrying');
  const [waiting] = await logOf(hook.id);
  if (!waiting) throw new Error('no delivery');
  expect(waiting).toMatchObject({ tries: 1, lastStatus: 503 });
  expect(Date.parse(waiting.nextTryAt ?? '')).toBeGreaterThan(Date.now());
  const { body: failing } = await app.request(listWebhooks, admin);
  expect(failing.items[0]?.failingSince).not.toBeNull();

  status = 200;
  await hurry();
  await until(async () => (await logOf(hook.id))[0]?.state === 'delivered');
  const again = await app.request(redeliverWebhook, admin, { params: { id: waiting.id } });
  expect(again.status).toBe(202);
  await until(async () => heard.length === 3);
  await until(async () => (await logOf(hook.id))[0]?.state === 'delivered');
  expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const { body: view } = await app.request(getWebhookDelivery, admin, {
    params: { id: waiting.id },
  });
  expect(view.attempts.map((one) => [one.status, one.answer])).toEqual([
    [503, 'well received'],
    [200, 'well received'],
    [200, 'well received'],
  ]);
  const { body: well } = await app.request(listWebhooks, admin);
  expect(well.items[0]?.failingSince).toBeNull();
});

test('redirects are not followed', async () => {
  const hook = await open();
  status = 302;
  await app.request(testWebhook, admin, { params: { id: hook.id } });
  await until(async () => (await logOf(hook.id))[0]?.state === 'retrying');
  expect(heard).toHaveLength(1);
});

test('an address that says it is gone, or is down for days, is given up', async () => {
  const gone = await open();
  status = 410;
  await app.request(testWebhook, admin, { params: { id: gone.id } });
  await until(async () => (await app.request(listWebhooks, admin)).body.items[0]?.gaveUp === true);
  const refused = await app.request(testWebhook, admin, { params: { id: gone.id } });
  expect(refused.problem.code).toBe('webhook.switched_off');

  const down = await open({ name: 'Down' });
  await sql`update webhook set failing_since = clock_timestamp() - interval '6 days' where id = ${down.id}`.execute(
    app.ctx.db,
  );
  status = 500;
  await app.request(testWebhook, admin, { params: { id: down.id } });
  await until(async () => {
    const { body } = await app.request(listWebhooks, admin);
    return body.items.every(({ isActive, gaveUp }) => gaveUp && !isActive);
  });
  expect((await logOf(down.id))[0]?.state).toBe('failed');
  const { name, url, events } = down;
  const { body: listed } = await app.request(listWebhooks, admin);
  const { version } = listed.items.find(({ id }) => id === down.id) ?? down;
  const on = await app.request(updateWebhook, admin, {
    params: { id: down.id },
    body: { name, url, events, isActive: true, version },
  });
  expect(on.body).toMatchObject({ isActive: true, gaveUp: false, failingSince: null });
});

test('the inner network is closed, by address and by names that lead there', async () => {
  for (const url of ['http://169.254.169.254/latest', 'http://[::1]:1/', 'http://localhost/x']) {
    const answer = await app.request(createWebhook, admin, {
      body: { name: 'Inside', url, events: [] },
    });
    expect([url, answer.problem.code]).toEqual([url, 'webhook.address_private']);
  }
  for (const url of [
    'http://name:secret@shop.example/',
    'http://a b/',
    'ftp://shop.example',
    'https://[',
  ]) {
    const answer = await app.request(createWebhook, admin, {
      body: { name: 'Odd', url, events: [] },
    });
    expect([url, answer.problem.code]).toEqual([url, 'request.invalid']);
  }
  // A name that leads inside is found out when it is called.
  const hook = await open();
  const { hostname } = await import('node:os');
  await sql`update webhook set url = ${`http://${hostname()}:9/`}`.execute(app.ctx.db);
  await app.request(testWebhook, admin, { params: { id: hook.id } });
  await until(async () => (await logOf(hook.id))[0]?.lastProblem != null);
  expect((await logOf(hook.id))[0]?.lastProblem).toMatch(/address_private|unknown_host/);
});

test('of two people who change a webhook at once the second is told so', async () => {
  const { id, version, url, events } = await open();
  const rename = (to: string) =>
    app.request(updateWebhook, admin, {
      params: { id },
      body: { name: to, url, events, version },
    });
  const answers = await Promise.all([rename('Shop'), rename('Stock')]);
  const kept = answers.find(({ status: code }) => code === 200);
  const refused = answers.find(({ status: code }) => code !== 200);
  expect(kept?.body).toMatchObject({ version: version + 1 });
  expect(refused?.problem.code).toBe('webhook.changed_meanwhile');
  const { body } = await app.request(listWebhooks, admin);
  expect(body.items.map((hook) => hook.name)).toEqual([kept?.body.name]);
});

test('a deleted webhook takes its log with it; others may not manage any', async () => {
  const hook = await open();
  const refused = await app.request(createWebhook, centre.agent, {
    body: { name: 'Mine', url: address, events: [] },
  });
  expect(refused.status).toBe(403);
  await app.request(testWebhook, admin, { params: { id: hook.id } });
  await until(async () => heard.length === 1);
  expect((await app.request(deleteWebhook, admin, { params: { id: hook.id } })).status).toBe(204);
  const { rows } = await sql`select from webhook_delivery`.execute(app.ctx.db);
  expect(rows).toEqual([]);
});
