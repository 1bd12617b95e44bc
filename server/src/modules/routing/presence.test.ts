import { isDeepStrictEqual } from 'node:util';
import * as contract from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from '../../../test/app.ts';
import type { Answer, Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import { endWork } from './service/work.ts';
import { arrive, newQueue, statesOf, workOf } from './testing.ts';

/** Others may need the machine too. */
const patience = { timeout: 60_000, interval: 20 };

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

type State = contract.SentOf<typeof contract.setMyPresence, 'body'>;
type AgentChange = contract.SentOf<typeof contract.setAgentPresence, 'body'>;
const setState = (who: Caller, body: State) => app.request(contract.setMyPresence, who, { body });
const presenceOf = async (who: Caller): Promise<contract.PresenceView> =>
  (await app.request(contract.getMyPresence, who)).body;
const supervise = (as: Caller, userId: string, body: AgentChange) =>
  app.request(contract.setAgentPresence, as, { params: { userId }, body });
const refused = <T>({ status, problem }: Answer<T>): string => `${status} ${problem.code}`;

test('who signs in is offline until they say otherwise, and stays what they said', async () => {
  const agent = await app.newPerson();
  expect(await presenceOf(agent)).toMatchObject({ state: 'offline', load: 0, capacity: 100 });
  const { body } = await setState(agent, { state: 'ready' });
  expect(body).toMatchObject({ state: 'ready', reason: null, connected: true });
  expect(await presenceOf(agent)).toMatchObject({ state: 'ready', since: body.since });
});

test('a break needs a reason, and every change is logged once', async () => {
  const agent = await app.newPerson();
  await setState(agent, { state: 'ready' });
  expect(refused(await setState(agent, { state: 'break' }))).toBe(
    '422 presence.break_needs_reason',
  );
  await setState(agent, { state: 'break', reason: '午休' });
  await setState(agent, { state: 'break', reason: '午休' });
  await setState(agent, { state: 'ready' });
  const by = agent.userId;
  expect(await statesOf(app.ctx, agent.userId)).toEqual([
    { previous: 'offline', state: 'ready', reason: null, by },
    { previous: 'ready', state: 'break', reason: '午休', by },
    { previous: 'break', state: 'ready', reason: null, by },
  ]);
});

test('a supervisor changes agents of the own team only, and it is noted who did', async () => {
  const mine = await newQueue(app.ctx);
  const other = await newQueue(app.ctx);
  const supervisor = await app.newPerson({ role: 'supervisor', teamId: mine.teamId });
  const agent = await app.newPerson({ teamIds: [mine.teamId, other.teamId] });
  const foreign = await app.newPerson({ teamId: other.teamId });
  const changed = await supervise(supervisor, agent.userId, { state: 'training', capacity: 40 });
  expect(changed.body).toMatchObject({ state: 'training', capacity: 40 });
  const [line] = await statesOf(app.ctx, agent.userId);
  expect(line?.by).toBe(supervisor.userId);
  expect(refused(await supervise(supervisor, agent.userId, { state: 'break' }))).toBe(
    '422 presence.break_needs_reason',
  );
  const state = 'busy' as const;
  expect(refused(await supervise(supervisor, foreign.userId, { state }))).toBe(
    '403 auth.forbidden',
  );
  expect(refused(await supervise(agent, agent.userId, { state }))).toBe('403 auth.forbidden');
  expect(refused(await supervise(supervisor, newId(), { state }))).toBe('404 person.not_found');
  const admin = await app.newPerson({ role: 'administrator' });
  const audit = await app.request(contract.listAudit, admin, { query: { limit: 20 } });
  expect(audit.body.items).toContainEqual(
    expect.objectContaining({ action: 'presence.changed', subjectId: agent.userId }),
  );
});

test('one sees the agents of teams one may read', async () => {
  const mine = await newQueue(app.ctx);
  const other = await newQueue(app.ctx);
  const agent = await app.newPerson({ teamId: mine.teamId });
  const foreign = await app.newPerson({ teamId: other.teamId });
  const list = (teamId?: string) =>
    app.request(contract.listPresence, agent, { query: teamId ? { teamId } : {} });
  expect((await list()).body.items.map(({ userId }) => userId)).toEqual([agent.userId]);
  expect(refused(await list(other.teamId))).toBe('403 auth.forbidden');
  const admin = await app.newPerson({ role: 'administrator' });
  const all = await app.request(contract.listPresence, admin);
  const ids = all.body.items.map(({ userId }) => userId);
  expect(ids).toContain(foreign.userId);
  expect(ids).not.toContain(admin.userId);
});

test('more room takes more work at once', async () => {
  const { teamId, queueId } = await newQueue(app.ctx, { autoAccept: true, weight: 100 });
  const supervisor = await app.newPerson({ role: 'supervisor', teamId });
  const agent = await app.newPerson({ teamId });
  await setState(agent, { state: 'ready' });
  const contacts = [await arrive(app.ctx, queueId), await arrive(app.ctx, queueId)];
  const states = async (): Promise<(string | undefined)[]> =>
    Promise.all(contacts.map(async (id) => (await workOf(app.ctx, id))?.state));
  await expect.poll(states, patience).toEqual(['assigned', 'waiting']);
  await supervise(supervisor, agent.userId, { capacity: 200 });
  await expect.poll(states, patience).toEqual(['assigned', 'assigned']);
});

/** A desk: what it heard, and the last state it heard of each agent. */
async function openDesk(who: Caller, rooms: string[]) {
  const address = `${(await app.address()).replace('http', 'ws')}${contract.livePath}`;
  const socket = new WebSocket(address, { headers: who.headers });
  const heard: contract.LiveEvent[] = [];
  const welcomed = Promise.withResolvers<void>();
  socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', rooms })));
  socket.on('message', (data) => {
    const frame = contract.ServerFrame.parse(JSON.parse((data as Buffer).toString()));
    if (frame.t === 'welcome') welcomed.resolve();
    if (frame.t === 'event') heard.push(frame.event);
  });
  await welcomed.promise;
  const all = <T extends contract.LiveEvent['type']>(type: T): contract.LiveEventOf<T>[] =>
    heard.filter((event): event is contract.LiveEventOf<T> => event.type === type);
  return { all, close: () => socket.close() };
}

test('a desk that listens knows what one that fetches knows', async () => {
  const { teamId, queueId } = await newQueue(app.ctx);
  const agent = await app.newPerson({ teamId });
  const colleague = await app.newPerson({ teamId });
  const own = await openDesk(agent, []);
  const other = await openDesk(colleague, [`team:${teamId}`]);
  const lastHeard = (desk: typeof own) =>
    desk.all('presence.changed').findLast(({ presence }) => presence.userId === agent.userId)
      ?.presence;
  const same = async (): Promise<boolean> => {
    const fetched = await presenceOf(agent);
    return [own, other].every((desk) => isDeepStrictEqual(lastHeard(desk), fetched));
  };
  await setState(agent, { state: 'ready' });
  await expect.poll(same, patience).toBe(true);

  const contact = await arrive(app.ctx, queueId);
  await expect.poll(() => own.all('offer.made').length, patience).toBe(1);
  const { items } = (await app.request(contract.listMyOffers, agent)).body;
  expect(own.all('offer.made')[0]?.offer).toEqual(items[0]);
  expect(other.all('offer.made')).toEqual([]);
  await expect.poll(same, patience).toBe(true);
  expect(lastHeard(own)?.load).toBe(20);

  const offerId = items[0]?.id ?? '';
  await app.request(contract.acceptOffer, agent, { params: { id: offerId } });
  await expect
    .poll(() => own.all('offer.ended'), patience)
    .toEqual([{ type: 'offer.ended', offerId, outcome: 'accepted' }]);
  await transact(app.ctx, (tx) => endWork(tx, { id: contact, outcome: 'solved' }));
  await expect.poll(same, patience).toBe(true);
  expect(lastHeard(other)?.load).toBe(0);
  await expect
    .poll(() => other.all('queue.changed').map((event) => event.queueId), patience)
    .toContain(queueId);
  own.close();
  other.close();
});
