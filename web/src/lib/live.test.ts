import type { ClientFrame, LiveEvent, ServerFrame } from '@yingda/contract';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLive } from './live.ts';
import type { Live, Socket } from './live.ts';

/** A server that keeps what it hears and answers as the test wants. */
interface Line {
  socket: WebSocket;
  heard: ClientFrame[];
  say: (frame: ServerFrame) => void;
}
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function stage(): Promise<{
  lines: Line[];
  live: Live;
  line: (index: number) => Promise<Line>;
}> {
  const server = new WebSocketServer({ port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const lines: Line[] = [];
  server.on('connection', (socket) => {
    const line: Line = {
      socket,
      heard: [],
      say: (frame) => socket.send(JSON.stringify(frame)),
    };
    socket.on('message', (data) =>
      line.heard.push(JSON.parse((data as Buffer).toString('utf8')) as ClientFrame),
    );
    lines.push(line);
  });
  const live = createLive({
    connect: () => new WebSocket(`ws://127.0.0.1:${port}`) as unknown as Socket,
    minWaitMs: 10,
    maxWaitMs: 40,
    pingMs: 30,
  });
  stops.push(() => {
    live.stop();
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const line = async (index: number): Promise<Line> => {
    await until(() => (lines[index]?.heard.length ?? 0) > 0);
    const found = lines[index];
    if (!found) throw new Error('no line');
    return found;
  };
  return { lines, live, line };
}

const queueChanged = (queueId: string): LiveEvent => ({ type: 'queue.changed', queueId });

test('says hello with its rooms and hands events to whoever asked for their type', async () => {
  const { live, line } = await stage();
  live.join(['team:1']);
  const seen: string[] = [];
  live.onEvent('queue.changed', ({ queueId }) => seen.push(queueId));
  live.start();
  const first = await line(0);
  expect(first.heard[0]).toEqual({ t: 'hello', rooms: ['team:1'] });
  first.say({ t: 'welcome', epoch: 'a', seq: 4, resumed: false });
  first.say({ t: 'event', seq: 5, event: queueChanged('q1') });
  await until(() => seen.length === 1);
  expect(seen).toEqual(['q1']);
  expect(live.state()).toBe('open');
});

test('comes back after a loss, asks to resume, and drops what it has heard before', async () => {
  const { live, line } = await stage();
  const seen: string[] = [];
  let gaps = 0;
  live.onEvent('queue.changed', ({ queueId }) => seen.push(queueId));
  live.onGap(() => (gaps += 1));
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 4, resumed: false });
  first.say({ t: 'event', seq: 6, event: queueChanged('q1') });
  await until(() => seen.length === 1);
  first.socket.terminate();
  await until(() => live.state() === 'reconnecting');
  const second = await line(1);
  expect(second.heard[0]).toMatchObject({ resume: { epoch: 'a', seq: 6 } });
  second.say({ t: 'welcome', epoch: 'a', seq: 8, resumed: true });
  second.say({ t: 'event', seq: 6, event: queueChanged('q1') });
  second.say({ t: 'event', seq: 7, event: queueChanged('q2') });
  second.say({ t: 'event', seq: 8, event: queueChanged('q3') });
  await until(() => seen.length === 3);
  expect(seen).toEqual(['q1', 'q2', 'q3']);
  expect(gaps).toBe(0);
});

test('puts in order what comes before the welcome: the missed and the new', async () => {
  const { live, line } = await stage();
  const seen: string[] = [];
  live.onEvent('queue.changed', ({ queueId }) => seen.push(queueId));
  live.start();
  const first = await line(0);
  first.say({ t: 'event', seq: 5, event: queueChanged('q5') });
  first.say({ t: 'welcome', epoch: 'a', seq: 4, resumed: false });
  await until(() => seen.length === 1);
  first.socket.terminate();
  const second = await line(1);
  // A new event overtakes those that are sent again.
  second.say({ t: 'event', seq: 8, event: queueChanged('q8') });
  second.say({ t: 'event', seq: 6, event: queueChanged('q6') });
  second.say({ t: 'event', seq: 7, event: queueChanged('q7') });
  second.say({ t: 'event', seq: 8, event: queueChanged('q8') });
  second.say({ t: 'welcome', epoch: 'a', seq: 7, resumed: true });
  await until(() => seen.length === 4);
  expect(seen).toEqual(['q5', 'q6', 'q7', 'q8']);
});

test('tells that something was missed when the server cannot resume', async () => {
  const { live, line } = await stage();
  let gaps = 0;
  live.onGap(() => (gaps += 1));
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 9, resumed: false });
  await until(() => live.state() === 'open');
  expect(gaps).toBe(0);
  first.socket.terminate();
  const second = await line(1);
  second.say({ t: 'welcome', epoch: 'b', seq: 1, resumed: false });
  await until(() => gaps === 1);
  second.say({ t: 'gap', epoch: 'b', seq: 5 });
  await until(() => gaps === 2);
});

test('hears events of a new epoch although their numbers are smaller', async () => {
  const { live, line } = await stage();
  const seen: string[] = [];
  live.onEvent('queue.changed', ({ queueId }) => seen.push(queueId));
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 900, resumed: false });
  await until(() => live.state() === 'open');
  first.socket.terminate();
  const second = await line(1);
  second.say({ t: 'welcome', epoch: 'b', seq: 1, resumed: false });
  second.say({ t: 'event', seq: 2, event: queueChanged('q9') });
  await until(() => seen.length === 1);
});

test('joins a room once for two parts of a page and leaves it with the last', async () => {
  const { live, line } = await stage();
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 1, resumed: false });
  await until(() => live.state() === 'open');
  const leaveA = live.join(['team:1']);
  const leaveB = live.join(['team:1', 'team:2']);
  leaveA();
  leaveB();
  await until(() => first.heard.some(({ t }) => t === 'unsubscribe'));
  const told = first.heard.filter(({ t }) => t === 'subscribe' || t === 'unsubscribe');
  expect(told).toEqual([
    { t: 'subscribe', rooms: ['team:1'] },
    { t: 'subscribe', rooms: ['team:2'] },
    { t: 'unsubscribe', rooms: ['team:1', 'team:2'] },
  ]);
});

test('tells after a reconnect which conversation is open', async () => {
  const { live, line } = await stage();
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 1, resumed: false });
  await until(() => live.state() === 'open');
  live.viewing('c1');
  first.socket.terminate();
  const second = await line(1);
  second.say({ t: 'welcome', epoch: 'a', seq: 1, resumed: true });
  await until(() => second.heard.some(({ t }) => t === 'viewing'));
  expect(second.heard).toContainEqual({ t: 'viewing', conversationId: 'c1' });
});

test('takes a silent line for lost and dials again', async () => {
  const { live, line } = await stage();
  live.start();
  const first = await line(0);
  first.say({ t: 'welcome', epoch: 'a', seq: 1, resumed: false });
  // Pings go out, nothing comes back.
  await until(() => first.heard.some(({ t }) => t === 'ping'));
  await line(1);
});

test('stays away after stop', async () => {
  const { live, line, lines } = await stage();
  live.start();
  const first = await line(0);
  live.stop();
  await until(() => first.socket.readyState !== WebSocket.OPEN);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(lines).toHaveLength(1);
  expect(live.state()).toBe('stopped');
});
