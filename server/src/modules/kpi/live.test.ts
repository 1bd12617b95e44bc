import { getLiveFigures, livePath, setMyPresence } from '@yingda/contract';
import type { LiveQueue, ServerFrame } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';
import { recordContactEvents } from '../contacts/index.ts';
import { arrive, newQueue } from '../routing/testing.ts';

let app: TestApp;
let queue: { teamId: string; queueId: string };
let supervisor: Caller;
let stranger: Caller;

beforeAll(async () => {
  app = await testApp();
  queue = await newQueue(app.ctx);
  supervisor = await app.newPerson({ role: 'supervisor', teamId: queue.teamId });
  stranger = await app.newPerson({ role: 'supervisor', teamId: (await newQueue(app.ctx)).teamId });
});

/** Watches a team's figures; frames arrive in `frames`. */
async function watch(caller: Caller): Promise<{ frames: ServerFrame[]; close(): void }> {
  const url = `${(await app.address()).replace('http', 'ws')}${livePath}`;
  const socket = new WebSocket(url, { headers: caller.headers });
  const frames: ServerFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ t: 'hello', rooms: [`figures:${queue.teamId}`] }));
  await until(() => frames.some(({ t }) => t === 'welcome'));
  return { frames, close: () => socket.close() };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const told = (frames: ServerFrame[]): LiveQueue[] =>
  frames.flatMap((frame) =>
    frame.t === 'event' && frame.event.type === 'kpi.live' ? [frame.event.queue] : [],
  );

test('who watches a queue hears within moments that somebody waits, and what came of it', async () => {
  const { frames, close } = await watch(supervisor);
  const id = await arrive(app.ctx, queue.queueId);
  await until(() => told(frames).some(({ waiting }) => waiting === 1));
  const at = new Date();
  await transact(app.ctx, (tx) =>
    recordContactEvents(tx, [{ contactId: id, type: 'abandoned', at, queueId: queue.queueId }]),
  );
  await until(() => told(frames).some(({ today }) => today.counts.abandoned === 1));
  const last = told(frames).at(-1);
  expect(last).toMatchObject({ queueId: queue.queueId, teamId: queue.teamId });
  expect(last?.lastHalfHour.counts.abandoned).toBe(1);
  expect(last?.bands.service_level).toEqual({ norm: 80, low: 80, high: null });
  const { body } = await app.request(getLiveFigures, supervisor);
  const shown = body.queues.find(({ queueId }) => queueId === queue.queueId);
  expect(shown?.today).toEqual(last?.today);
  close();
});

test('states of agents are told, each person once', async () => {
  const { frames, close } = await watch(supervisor);
  const agent = await app.newPerson({ role: 'agent', teamId: queue.teamId });
  await app.request(setMyPresence, agent, { body: { state: 'break', reason: 'lunch' } });
  await until(() => told(frames).some(({ agentsAway }) => agentsAway === 1));
  expect(told(frames).at(-1)).toMatchObject({ agentsReady: 0, agentsBusy: 0 });
  close();
});

test('a stranger may not watch', async () => {
  const { frames, close } = await watch(stranger);
  await until(() => frames.some(({ t }) => t === 'refused'));
  expect(told(frames)).toEqual([]);
  close();
});
