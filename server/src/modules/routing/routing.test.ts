import * as contract from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Answer, Caller, TestApp } from '../../../test/app.ts';
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import { actingAs, transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import {
  assignWork,
  endWork,
  positionOf,
  positionsIn,
  releaseWork,
  setWorkPriority,
} from './service/work.ts';
import { sweepUnseen } from './service/presence.ts';
import { arrive, lastSeen, logOf, newQueue, ringOut, told, workOf } from './testing.ts';

/** Others may need the machine too. */
const patience = { timeout: 60_000, interval: 20 };

let app: TestApp;
let ctx: Ctx;
beforeAll(async () => {
  app = await testApp();
  ctx = app.ctx;
});

type State = contract.SentOf<typeof contract.setMyPresence, 'body'>;
const setState = (who: Caller, body: State) => app.request(contract.setMyPresence, who, { body });
const ready = async (who: Caller): Promise<void> => {
  await setState(who, { state: 'ready' });
};
const presenceOf = async (who: Caller): Promise<contract.PresenceView> =>
  (await app.request(contract.getMyPresence, who)).body;
const offersOf = async (who: Caller): Promise<contract.OfferView[]> =>
  (await app.request(contract.listMyOffers, who)).body.items;
const accept = (who: Caller, id: string) =>
  app.request(contract.acceptOffer, who, { params: { id } });
const decline = (who: Caller, id: string) =>
  app.request(contract.declineOffer, who, { params: { id } });
const asUser = (who: Caller): Ctx => {
  const rights: contract.MeView['rights'] = { 'routing.work': 'all' };
  const { userId, name } = who;
  const none = { via: 'session', sessionId: null, keyId: null, ip: null } as const;
  return actingAs(ctx, { kind: 'user', userId, name, rights, ...none } satisfies Actor);
};
/** Somebody of the team who is ready. */
const agentOf = async (teamId: string): Promise<Caller> => {
  const who = await app.newPerson({ teamId });
  await ready(who);
  return who;
};

/** Waits until something is so; polling is what a client without sockets would do. */
const offered = async (id: string, to?: Caller): Promise<string> => {
  let found = '';
  await expect
    .poll(async () => {
      const item = await workOf(ctx, id);
      found = item?.offerId ?? '';
      return item?.state === 'offered' && (!to || item.agentId === to.userId);
    }, patience)
    .toBe(true);
  return found;
};
const stateOf = (id: string) => expect.poll(async () => (await workOf(ctx, id))?.state, patience);
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 300));
const typesOf = async (id: string): Promise<string[]> =>
  (await logOf(ctx, id)).map(({ type }) => type);
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no problem';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};
const refused = <T>({ status, problem }: Answer<T>): string => `${status} ${problem.code}`;

describe('offers', () => {
  test('a contact rings at the agent idle longest, who accepts it once or more', async () => {
    const { teamId, queueId } = await newQueue(ctx);
    const first = await agentOf(teamId);
    const second = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    const offerId = await offered(contact, first);
    const [offer] = await offersOf(first);
    expect(offer).toMatchObject({ id: offerId, contactId: contact, customerName: '王小明' });
    expect(await offersOf(second)).toEqual([]);
    expect(refused(await accept(second, offerId))).toBe('404 offer.not_found');
    const answers = await Promise.all([accept(first, offerId), accept(first, offerId)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await presenceOf(first)).load).toBe(20);
    expect(await typesOf(contact)).toEqual(['arrived', 'queued', 'offered', 'accepted']);
    const [, , , accepted] = await logOf(ctx, contact);
    expect(accepted).toMatchObject({ agentId: first.userId, teamId, queueId, byBot: false });
    expect(accepted?.data).toMatchObject({ offerId, rings: 1 });
    const other = await arrive(ctx, queueId);
    await offered(other, second);
  });

  test('declined it rings at somebody else, and at the same one only when alone', async () => {
    const { teamId, queueId } = await newQueue(ctx);
    const first = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    const offerId = await offered(contact, first);
    const second = await agentOf(teamId);
    expect((await decline(first, offerId)).status).toBe(204);
    expect((await decline(first, offerId)).status).not.toBe(500);
    const next = await offered(contact, second);
    expect(refused(await accept(first, offerId))).toMatch(/offer\.(ended|not_found)/);
    await setState(second, { state: 'busy' });
    await offered(contact, first);
    expect((await presenceOf(first)).state).toBe('ready');
    expect(refused(await accept(second, next))).toMatch(/offer\.(ended|not_found)/);
    const declined = (await logOf(ctx, contact)).filter(({ type }) => type === 'declined');
    expect(declined.map(({ agentId, data }) => [agentId, data['reason']])).toEqual([
      [first.userId, undefined],
      [second.userId, 'not_ready'],
    ]);
  });

  test('unanswered it goes back to the head of the queue, and the agent gets nothing more', async () => {
    const { teamId, queueId } = await newQueue(ctx);
    const first = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    const offerId = await offered(contact, first);
    const waited = (await workOf(ctx, contact))?.waitingSince;
    const behind = await arrive(ctx, queueId, { waitingSince: new Date(Date.now() - 3_600_000) });
    const offerBehind = await offered(behind, first);
    await ringOut(ctx, offerId);
    await stateOf(contact).toBe('waiting');
    expect(await presenceOf(first)).toMatchObject({ state: 'busy', reason: 'no_answer', load: 0 });
    expect((await workOf(ctx, contact))?.waitingSince).toEqual(waited);
    expect(await typesOf(contact)).toEqual(['arrived', 'queued', 'offered', 'no_answer']);
    await stateOf(behind).toBe('waiting');
    expect(refused(await accept(first, offerBehind))).toBe('409 offer.ended');
    expect((await positionsIn(ctx, queueId)).map(({ id }) => id)).toEqual([behind, contact]);
    const second = await agentOf(teamId);
    await offered(contact, second);
  });

  test('a queue that does not ask assigns at once', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true });
    const contact = await arrive(ctx, queueId);
    const agent = await agentOf(teamId);
    await stateOf(contact).toBe('assigned');
    const { subjectId = '' } = (await workOf(ctx, contact)) ?? {};
    expect(told.assigned).toContainEqual(
      expect.objectContaining({ subjectId, agentId: agent.userId }),
    );
    expect(await typesOf(contact)).toEqual(['arrived', 'queued', 'accepted']);
  });

  test('a contact whose owner fails holds up nobody', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true });
    const broken = newId();
    told.failing.add(broken);
    const bad = await arrive(ctx, queueId, { subjectId: broken });
    const good = [await arrive(ctx, queueId), await arrive(ctx, queueId)];
    await agentOf(teamId);
    for (const id of good) await stateOf(id).toBe('assigned');
    expect((await workOf(ctx, bad))?.state).toBe('waiting');
    await transact(ctx, (tx) => endWork(tx, { id: bad, outcome: 'abandoned' }));
  });

  test('nobody gets more than the capacity, and the rest follows as room comes', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true, weight: 50 });
    const agent = await agentOf(teamId);
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push(await arrive(ctx, queueId));
    const [one = '', two = '', three = ''] = ids;
    await stateOf(two).toBe('assigned');
    await settled();
    expect((await workOf(ctx, three))?.state).toBe('waiting');
    expect(await presenceOf(agent)).toMatchObject({ load: 100, openCount: 2 });
    await transact(ctx, (tx) => endWork(tx, { id: one, outcome: 'solved' }));
    await stateOf(three).toBe('assigned');
    expect(await typesOf(one)).toEqual(['arrived', 'queued', 'accepted', 'ended', 'solved']);
  });
});

describe('work in hands', () => {
  test('an agent may take beyond the capacity, others need force to give so much', async () => {
    const { teamId, queueId } = await newQueue(ctx, { weight: 100 });
    const agent = await app.newPerson({ teamId });
    const [one, two, three] = [
      await arrive(ctx, queueId),
      await arrive(ctx, queueId),
      await arrive(ctx, queueId),
    ];
    const give = (id: string, force: boolean, by = ctx) =>
      codeOf(transact(by, (tx) => assignWork(tx, { id, agentId: agent.userId, force })));
    expect(await give(one, false)).toBe('no problem');
    expect(await give(one, false)).toBe('no problem');
    expect(await give(two, false)).toBe('presence.no_room');
    expect(await give(two, true)).toBe('no problem');
    expect(await give(three, false, asUser(agent))).toBe('no problem');
    expect(await presenceOf(agent)).toMatchObject({ load: 300, openCount: 3, state: 'offline' });
    const [, , accepted] = await logOf(ctx, three);
    expect(accepted?.data).toMatchObject({ by: 'take', rings: 0 });
  });

  test('what rings at one may be taken by another, and what one has only by force', async () => {
    const { teamId, queueId } = await newQueue(ctx);
    const first = await agentOf(teamId);
    const second = await app.newPerson({ teamId });
    const contact = await arrive(ctx, queueId);
    const offerId = await offered(contact, first);
    const take = (who: Caller, force = false) =>
      codeOf(
        transact(asUser(who), (tx) => assignWork(tx, { id: contact, agentId: who.userId, force })),
      );
    expect(await take(second)).toBe('no problem');
    expect(refused(await accept(first, offerId))).toBe('404 offer.not_found');
    expect(await take(first)).toBe('conversation.assigned_to_other');
    expect(await take(first, true)).toBe('no problem');
    expect(await typesOf(contact)).toEqual([
      'arrived',
      'queued',
      'offered',
      'accepted',
      'transferred',
      'accepted',
    ]);
    await transact(ctx, (tx) => endWork(tx, { id: contact, outcome: 'ended' }));
    expect(await take(first)).toBe('conversation.already_resolved');
  });

  test('passed to an agent it waits for that agent, unless that one goes offline', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true });
    const first = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    await stateOf(contact).toBe('assigned');
    const second = await app.newPerson({ teamId });
    await setState(second, { state: 'busy' });
    const to = { agentId: second.userId };
    await transact(ctx, (tx) => releaseWork(tx, { id: contact, to, reason: 'transferred' }));
    const { subjectId = '' } = (await workOf(ctx, contact)) ?? {};
    expect(told.released).toContainEqual({ subjectId, agentId: first.userId });
    await settled();
    expect((await workOf(ctx, contact))?.state).toBe('waiting');
    await ready(second);
    await expect
      .poll(async () => (await workOf(ctx, contact))?.agentId, patience)
      .toBe(second.userId);

    await setState(second, { state: 'busy' });
    await transact(ctx, (tx) => releaseWork(tx, { id: contact, to, reason: 'transferred' }));
    await setState(second, { state: 'offline' });
    await expect
      .poll(async () => (await workOf(ctx, contact))?.agentId, patience)
      .toBe(first.userId);
  });

  test('given back it waits at the head of the queue and goes to somebody else', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true, weight: 100 });
    const first = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    await stateOf(contact).toBe('assigned');
    const other = await arrive(ctx, queueId);
    const second = await app.newPerson({ teamId });
    await transact(ctx, (tx) =>
      releaseWork(tx, { id: contact, to: { queueId }, reason: 'returned' }),
    );
    // Alone, the one who gave it back is asked again: it stands at the head.
    await expect
      .poll(async () => (await workOf(ctx, contact))?.agentId, patience)
      .toBe(first.userId);
    await ready(second);
    await expect
      .poll(async () => (await workOf(ctx, other))?.agentId, patience)
      .toBe(second.userId);
    expect(await typesOf(contact)).toEqual(['arrived', 'queued', 'accepted', 'queued', 'accepted']);
  });
});

describe('position in the queue', () => {
  test('each contact has its place, and nobody promises what is not known', async () => {
    const { queueId, teamId } = await newQueue(ctx);
    const [one, two, high] = [
      await arrive(ctx, queueId),
      await arrive(ctx, queueId),
      await arrive(ctx, queueId, { priority: 1 }),
    ];
    expect((await positionsIn(ctx, queueId)).map(({ id }) => id)).toEqual([high, one, two]);
    expect(await positionOf(ctx, two)).toEqual({ position: 3, estimatedWaitSeconds: null });
    await transact(ctx, (tx) => setWorkPriority(tx, { id: two, priority: 2 }));
    expect((await positionsIn(ctx, queueId)).map(({ id }) => id)).toEqual([two, high, one]);
    await transact(ctx, (tx) => setWorkPriority(tx, { id: two, priority: 0 }));
    const agent = await app.newPerson({ teamId });
    await transact(ctx, (tx) => assignWork(tx, { id: high, agentId: agent.userId, force: true }));
    expect(await positionOf(ctx, high)).toEqual({ position: null, estimatedWaitSeconds: null });
    expect(await positionOf(ctx, two)).toEqual({ position: 2, estimatedWaitSeconds: 1800 });
  });
});

describe('people who are gone', () => {
  test('unseen for a minute they are offline; what rings goes back, what they have stays', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true });
    const asking = await newQueue(ctx);
    const gone = await app.newPerson({ teamIds: [teamId, asking.teamId] });
    const there = await app.newPerson({ teamIds: [teamId] });
    await ready(gone);
    await ready(there);
    const has = await arrive(ctx, queueId);
    await stateOf(has).toBe('assigned');
    const rings = await arrive(ctx, asking.queueId);
    await offered(rings, gone);
    await lastSeen(ctx, gone.userId, 61);
    await lastSeen(ctx, there.userId, 50);
    await sweepUnseen(ctx);
    expect(await presenceOf(gone)).toMatchObject({ state: 'offline', reason: 'connection_lost' });
    expect(await presenceOf(there)).toMatchObject({ state: 'ready' });
    expect(await workOf(ctx, has)).toMatchObject({ state: 'assigned', agentId: gone.userId });
    expect((await workOf(ctx, rings))?.state).toBe('waiting');
    expect((await logOf(ctx, rings)).at(-1)).toMatchObject({
      type: 'no_answer',
      data: { reason: 'connection_lost' },
    });
  });

  test('whoever is deactivated has nothing any more', async () => {
    const { teamId, queueId } = await newQueue(ctx, { autoAccept: true });
    const admin = await app.newPerson({ role: 'administrator' });
    const gone = await agentOf(teamId);
    const contact = await arrive(ctx, queueId);
    await stateOf(contact).toBe('assigned');
    const params = { id: gone.userId };
    await app.request(contract.updatePerson, admin, { params, body: { active: false } });
    await stateOf(contact).toBe('waiting');
    const next = await agentOf(teamId);
    await expect
      .poll(async () => (await workOf(ctx, contact))?.agentId, patience)
      .toBe(next.userId);
  });
});
