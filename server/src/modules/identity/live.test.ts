import { createDepartment, listMySessions, revokeMySession, updatePerson } from '@yingda/contract';
import type { ServerFrame } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { createSessionToken } from './testing.ts';

let app: TestApp;
let admin: Caller;

beforeAll(async () => {
  app = await testApp();
  admin = await app.newPerson({ role: 'administrator' });
});

type Listening = { frames: ServerFrame[]; closed: () => number | null };

/** Opens a socket and says hello; resolves once the server has answered. */
async function listen(as: Caller): Promise<Listening> {
  const address = `${(await app.address()).replace('http', 'ws')}/api/live`;
  const socket = new WebSocket(address, { headers: as.headers });
  const frames: ServerFrame[] = [];
  let code: number | null = null;
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  socket.on('close', (given) => (code = given));
  socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', rooms: [] })));
  await expect.poll(() => frames.length, { timeout: 30_000 }).toBeGreaterThan(0);
  return { frames, closed: () => code };
}

const patience = { timeout: 30_000 };

test('a change of settings reaches everybody who is signed in', async () => {
  const person = await app.newPerson({});
  const { frames } = await listen(person);
  await app.request(createDepartment, admin, { body: { name: '直播部' } });
  await expect
    .poll(() => frames.flatMap((frame) => (frame.t === 'event' ? frame.event : [])), patience)
    .toContainEqual({ type: 'settings.changed', noun: 'department' });
});

test('a socket ends with its session, and only with its own', async () => {
  const person = await app.newPerson({});
  const second = { ...person, headers: { ...person.headers } };
  second.headers['cookie'] = await createSessionToken(app.ctx, person.userId);
  const here = await listen(person);
  const there = await listen(second);
  const { body } = await app.request(listMySessions, person);
  const other = body.items.find(({ current }) => !current);
  await app.request(revokeMySession, person, { params: { id: other?.id ?? '' } });
  await expect.poll(there.closed, patience).toBe(4401);
  expect(here.closed()).toBeNull();
  const again = await listen(second);
  expect(again.frames[0]).toMatchObject({ t: 'refused', code: 'auth.signed_out' });
});

test('sockets of people who may less than before are closed, and come back with less', async () => {
  const person = await app.newPerson({ role: 'supervisor' });
  const before = await listen(person);
  const params = { id: person.userId };
  await app.request(updatePerson, admin, { params, body: { grants: [] } });
  await expect.poll(before.closed, patience).toBe(4401);
  const after = await listen(person);
  expect(after.frames[0]).toMatchObject({ t: 'welcome' });
  await app.request(updatePerson, admin, { params, body: { active: false } });
  await expect.poll(after.closed, patience).toBe(4401);
});

test('a socket opened by a foreign page is refused', async () => {
  const person = await app.newPerson({});
  const headers = { ...person.headers, origin: 'https://evil.example' };
  const { frames } = await listen({ ...person, headers });
  expect(frames[0]).toMatchObject({ t: 'refused', code: 'request.origin_refused' });
});
