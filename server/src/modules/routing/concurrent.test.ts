import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import { actingAs, transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { silentLog } from '../../platform/db/log.ts';
import { connectDatabase } from '../../platform/db/open.ts';
import type { WorkItem } from './domain/work.ts';
import { acceptOffer, declineOffer } from './service/offers.ts';
import { setMyPresence } from './service/presence.ts';
import { assignWork, endWork, releaseWork } from './service/work.ts';
import { selectAssignedTo, selectOffersOf } from './store/work.ts';
import { arrive, newQueue, ringOut } from './testing.ts';

const CAPACITY = 60;
const WEIGHT = 20;

/** Two processes with connections of their own on one database. */
let apps: TestApp[];
beforeAll(async () => {
  const database = await testDatabase();
  const other = connectDatabase(database.url, { log: silentLog, poolSize: 10 });
  apps = [await testApp({ database }), await testApp({ database: other })];
});

const pick = <T>(items: readonly T[]): T | undefined =>
  items[Math.floor(Math.random() * items.length)];
const chance = (of: number): boolean => Math.random() < of;
const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));
const somewhere = (): Ctx => (pick(apps) ?? apps[0] ?? raise()).ctx;
const raise = (): never => {
  throw new Error('no process');
};
const asAgent = ({ userId, name }: Caller): Ctx => {
  const none = { via: 'session', sessionId: null, keyId: null, ip: null } as const;
  const rights = { 'routing.work': 'all' } as const;
  return actingAs(somewhere(), { kind: 'user', userId, name, rights, ...none } satisfies Actor);
};
/** Refusals are part of the game (an offer ended meanwhile); anything else is not. */
const tolerant = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
};

/** Accepts, declines, or lets ring out. */
async function answer(ctx: Ctx, offerId: string): Promise<void> {
  if (chance(0.7)) return tolerant(acceptOffer(ctx, offerId));
  if (chance(0.5)) return tolerant(declineOffer(ctx, offerId));
  return ringOut(ctx, offerId);
}

/** Finishes it, or now and then passes it on. */
async function finish(ctx: Ctx, { id, queueId }: WorkItem, others: Caller[]): Promise<void> {
  if (chance(0.9)) {
    return tolerant(transact(ctx, (tx) => endWork(tx, { id, outcome: 'solved' })));
  }
  const agentId = pick(others)?.userId ?? '';
  const to = chance(0.5) ? { queueId } : { agentId };
  return tolerant(transact(ctx, (tx) => releaseWork(tx, { id, to, reason: 'transferred' })));
}

/** One thing that this agent does next. */
async function act(who: Caller, others: Caller[]): Promise<void> {
  const ctx = asAgent(who);
  const offerId = pick(await selectOffersOf(ctx, who.userId))?.offerId;
  if (offerId) return answer(ctx, offerId);
  const mine = pick(await selectAssignedTo(ctx, who.userId));
  if (mine) return finish(ctx, mine, others);
  const state = chance(0.15) ? (pick(['busy', 'offline'] as const) ?? 'busy') : 'ready';
  await setMyPresence(ctx, { state });
}

type Line = { contact_id: string; type: string; agent_id: string | null; offer_id: string | null };

async function readLog(ctx: Ctx): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select contact_id, type, agent_id, data ->> 'offerId' as offer_id from contact_event order by at, id
  `.execute(ctx.db);
  return rows;
}

/** Walks through the log of one contact; what is wrong with it. */
function faultOf(lines: Line[]): string | null {
  let state = 'new';
  let agent: string | null = null;
  for (const { type, agent_id } of lines) {
    const step = `${state} ${type}`;
    const allowed =
      /^(new arrived|\w+ queued|waiting offered|offered (accepted|declined|no_answer)|waiting accepted|assigned (transferred|ended)|done solved|(waiting|offered) abandoned)$/;
    if (!allowed.test(step)) return step;
    if (/^offered (accepted|declined|no_answer)$/.test(step) && agent_id !== agent)
      return `${step} by another`;
    if (type === 'arrived') continue;
    state =
      {
        queued: 'waiting',
        offered: 'offered',
        accepted: 'assigned',
        ended: 'done',
        solved: 'done',
        transferred: 'assigned',
      }[type] ?? 'waiting';
    agent = agent_id;
  }
  return state === 'done' ? null : `left ${state}`;
}

/** The most that any agent carried at any moment, by the log. */
function highestLoad(lines: Line[]): number {
  const holder = new Map<string, string>();
  const loads = new Map<string, number>();
  let highest = 0;
  for (const { contact_id, type, agent_id } of lines) {
    const before = holder.get(contact_id);
    const holds = type === 'offered' || type === 'accepted' ? agent_id : null;
    if (type === 'solved' || before === holds) continue;
    if (before) loads.set(before, (loads.get(before) ?? 0) - WEIGHT);
    if (holds) {
      loads.set(holds, (loads.get(holds) ?? 0) + WEIGHT);
      holder.set(contact_id, holds);
      highest = Math.max(highest, loads.get(holds) ?? 0);
    } else holder.delete(contact_id);
  }
  return highest;
}

test('with hundreds of arrivals on two processes nobody is over capacity, nothing lost, nothing twice', async () => {
  const { ctx, newPerson } = apps[0] ?? raise();
  const [asking, atOnce] = [
    await newQueue(ctx, { weight: WEIGHT }),
    await newQueue(ctx, { weight: WEIGHT, autoAccept: true }),
  ];
  const agents: Caller[] = [];
  for (let n = 0; n < 12; n++) {
    const teamIds = [asking.teamId, atOnce.teamId].filter(
      (_, index) => n % 3 === 2 || n % 3 === index,
    );
    agents.push(await newPerson({ teamIds }));
  }
  await sql`
    insert into agent_presence (user_id, capacity) select id, ${CAPACITY}::int from app_user
  `.execute(ctx.db);

  const total = 400;
  const ids = new Set<string>();
  let arriving = 4;
  const arrivals = Array.from({ length: 4 }, async (_, lane) => {
    for (let n = lane; n < total; n += 4) {
      const queue = chance(0.5) ? asking : atOnce;
      ids.add(await arrive(somewhere(), queue.queueId, { priority: chance(0.2) ? 1 : 0 }));
    }
    arriving -= 1;
  });
  const open = async (): Promise<number> => {
    const { rows } = await sql<{ open: number }>`
      select count(*)::int as open from work_item where state <> 'done'
    `.execute(ctx.db);
    return rows[0]?.open ?? 0;
  };
  let isOver = false;
  const work = agents.map(async (who, index) => {
    while (!isOver) {
      await act(
        who,
        agents.filter((other) => other !== who && agents.indexOf(other) % 3 === index % 3),
      );
      await pause(Math.random() * 10);
    }
  });
  await Promise.all(arrivals);
  while (arriving > 0 || (await open()) > 0) await pause(50);
  isOver = true;
  await Promise.all(work);

  const log = await readLog(ctx);
  const byContact = Map.groupBy(log, ({ contact_id }) => contact_id);
  expect(ids.size).toBe(total);
  expect([...byContact.keys()].toSorted()).toEqual([...ids].toSorted());
  expect([...byContact.values()].map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  expect(highestLoad(log)).toBeLessThanOrEqual(CAPACITY);
  expect(highestLoad(log)).toBe(CAPACITY);
  const offers = log.flatMap(({ type, offer_id }) =>
    type === 'offered' && offer_id ? [offer_id] : [],
  );
  expect(new Set(offers).size).toBe(offers.length);
});

test('two who take the same contact at the same moment: one has it', async () => {
  const { ctx, newPerson } = apps[0] ?? raise();
  const { teamId, queueId } = await newQueue(ctx);
  const agents = [await newPerson({ teamId }), await newPerson({ teamId })];
  for (let round = 0; round < 20; round++) {
    const id = await arrive(ctx, queueId);
    const results = await Promise.allSettled(
      agents.map((who) =>
        transact(asAgent(who), (tx) => assignWork(tx, { id, agentId: who.userId })),
      ),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  }
});
