import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, reserveAfterMs } from './domain/assign.ts';
import type { Pair, Ready, Waiting } from './domain/assign.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

const contact = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  teamId: 'team-1',
  weight: 20,
  rank: NOW,
  waitingSince: NOW,
  targetAgentId: null,
  declinedBy: [],
  ...more,
});
const agent = (id: string, more: Partial<Ready> = {}): Ready => ({
  id,
  teamIds: ['team-1'],
  capacity: 100,
  load: 0,
  idleSince: NOW,
  ...more,
});
const told = (pairs: Pair[]): string[] => pairs.map(({ id, agentId }) => `${id}→${agentId}`);

describe('assigning contacts', () => {
  test('the contact waiting longest goes to the agent idle longest', () => {
    const waiting = [contact('late', { rank: NOW - 5 }), contact('early', { rank: NOW - 9 })];
    const ready = [agent('fresh', { idleSince: NOW - 1 }), agent('idle', { idleSince: NOW - 7 })];
    expect(told(assign(waiting, ready, NOW))).toEqual(['early→idle', 'late→fresh']);
  });

  test('an agent with nothing to do comes before one with work, however long ago that got it', () => {
    const ready = [
      agent('working', { load: 20, idleSince: NOW - 99 }),
      agent('free', { idleSince: NOW - 1 }),
    ];
    expect(told(assign([contact('one')], ready, NOW))).toEqual(['one→free']);
  });

  test('several contacts are spread before anybody gets a second one', () => {
    const waiting = ['1', '2', '3'].map((id) => contact(id));
    const ready = [agent('a', { idleSince: 1 }), agent('b', { idleSince: 2 })];
    expect(told(assign(waiting, ready, NOW))).toEqual(['1→a', '2→b', '3→a']);
  });

  test('who declined gets the contact again only when nobody else can take it', () => {
    const declined = contact('one', { declinedBy: ['a'] });
    expect(told(assign([declined], [agent('a', { idleSince: 1 }), agent('b')], NOW))).toEqual([
      'one→b',
    ]);
    const full = agent('b', { load: 100 });
    expect(told(assign([declined], [agent('a'), full], NOW))).toEqual(['one→a']);
  });

  test('a contact meant for one agent waits for that agent, of whatever team', () => {
    const meant = contact('one', { targetAgentId: 'c', teamId: 'team-2' });
    expect(assign([meant], [agent('a'), agent('c', { load: 90 })], NOW)).toEqual([]);
    expect(told(assign([meant], [agent('a'), agent('c')], NOW))).toEqual(['one→c']);
  });

  test('nothing goes to another team', () => {
    expect(assign([contact('one')], [agent('a', { teamIds: ['team-2'] })], NOW)).toEqual([]);
  });

  test('a heavy contact that has waited long keeps an agent free of light ones', () => {
    const heavy = contact('heavy', {
      weight: 100,
      rank: NOW - reserveAfterMs,
      waitingSince: NOW - reserveAfterMs,
    });
    const ready = [agent('a', { load: 40 }), agent('b', { load: 60 })];
    const waiting = [heavy, ...['1', '2', '3', '4'].map((id) => contact(id))];
    expect(told(assign(waiting, ready, NOW))).toEqual(['1→b', '2→b']);
    const patient = { ...heavy, waitingSince: NOW };
    expect(assign([patient, ...waiting.slice(1)], ready, NOW)).toHaveLength(4);
  });
});

const team = fc.constantFrom('team-1', 'team-2', 'team-3');
const agentId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const readyAgents = fc.uniqueArray(
  fc.record({
    id: agentId,
    teamIds: fc.uniqueArray(team, { minLength: 1, maxLength: 3 }),
    capacity: fc.constantFrom(0, 20, 50, 100, 200),
    load: fc.integer({ min: 0, max: 220 }),
    idleSince: fc.integer({ min: NOW - 50, max: NOW }),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);
const waitingContacts = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 500 }).map(String),
    teamId: team,
    weight: fc.constantFrom(10, 20, 50, 100),
    rank: fc.integer({ min: NOW - 100, max: NOW }),
    waitingSince: fc.constantFrom(NOW, NOW - 2 * reserveAfterMs),
    targetAgentId: fc.option(agentId, { freq: 5 }),
    declinedBy: fc.uniqueArray(agentId, { maxLength: 4 }),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
);

const mayTake = (item: Waiting, { id, teamIds }: Ready): boolean =>
  item.targetAgentId === null ? teamIds.includes(item.teamId) : item.targetAgentId === id;
const loadsAfter = (waiting: Waiting[], ready: Ready[], pairs: Pair[]): Map<string, number> => {
  const weights = new Map(waiting.map(({ id, weight }) => [id, weight]));
  const loads = new Map(ready.map(({ id, load }) => [id, load]));
  for (const pair of pairs) {
    loads.set(pair.agentId, (loads.get(pair.agentId) ?? 0) + (weights.get(pair.id) ?? 0));
  }
  return loads;
};

describe('properties of assigning', () => {
  test('nobody gets more than the capacity, nothing is given twice or to somebody it is not for', () => {
    fc.assert(
      fc.property(waitingContacts, readyAgents, (waiting, ready) => {
        const pairs = assign(waiting, ready, NOW);
        expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length);
        const loads = loadsAfter(waiting, ready, pairs);
        for (const one of ready) {
          const got = pairs.some((pair) => pair.agentId === one.id);
          if (got) expect(loads.get(one.id)).toBeLessThanOrEqual(one.capacity);
        }
        for (const pair of pairs) {
          const item = waiting.find(({ id }) => id === pair.id);
          const receiver = ready.find(({ id }) => id === pair.agentId);
          expect(item && receiver && mayTake(item, receiver)).toBe(true);
        }
      }),
    );
  });

  test('nothing is left that somebody has room for, while nobody is kept free', () => {
    fc.assert(
      fc.property(waitingContacts, readyAgents, (given, ready) => {
        const waiting = given.map((item) => ({ ...item, waitingSince: NOW }));
        const pairs = assign(waiting, ready, NOW);
        const loads = loadsAfter(waiting, ready, pairs);
        const left = waiting.filter(({ id }) => !pairs.some((pair) => pair.id === id));
        for (const item of left) {
          const able = ready.filter(
            (one) => mayTake(item, one) && (loads.get(one.id) ?? 0) + item.weight <= one.capacity,
          );
          expect(able).toEqual([]);
        }
      }),
    );
  });

  test('of two contacts alike the one with the lower rank is never the one left', () => {
    fc.assert(
      fc.property(waitingContacts, readyAgents, (given, ready) => {
        const waiting = given.map((item) => ({ ...item, targetAgentId: null, weight: 20 }));
        const got = new Set(assign(waiting, ready, NOW).map(({ id }) => id));
        for (const first of waiting.filter(({ id }) => !got.has(id))) {
          const passed = waiting.filter(
            ({ id, teamId, rank }) => got.has(id) && teamId === first.teamId && rank > first.rank,
          );
          expect(passed).toEqual([]);
        }
      }),
    );
  });

  test('the order in which contacts and agents are read does not matter', () => {
    fc.assert(
      fc.property(waitingContacts, readyAgents, (waiting, ready) => {
        const other = assign(waiting.toReversed(), ready.toReversed(), NOW);
        expect(told(other)).toEqual(told(assign(waiting, ready, NOW)));
      }),
    );
  });
});

type Running = { agentId: string; weight: number; ends: number };

/** A centre that never has enough people, minute by minute; gives when each contact was taken. */
function simulate(arrivals: Waiting[][], capacities: number[]): Map<string, number> {
  const taken = new Map<string, number>();
  let waiting: Waiting[] = [];
  let running: Running[] = [];
  const idleSince = new Map<string, number>();
  arrivals.forEach((arrived, minute) => {
    const now = NOW + minute * MINUTE;
    running = running.filter(({ ends }) => ends > now);
    waiting.push(...arrived);
    const ready = capacities.map((capacity, index) => {
      const id = String(index);
      const load = running.reduce((sum, one) => sum + (one.agentId === id ? one.weight : 0), 0);
      return agent(id, { capacity, load, idleSince: idleSince.get(id) ?? NOW });
    });
    for (const pair of assign(waiting, ready, now)) {
      const weight = waiting.find(({ id }) => id === pair.id)?.weight ?? 0;
      running.push({ agentId: pair.agentId, weight, ends: now + 5 * MINUTE });
      idleSince.set(pair.agentId, now);
      taken.set(pair.id, minute);
    }
    waiting = waiting.filter(({ id }) => !taken.has(id));
  });
  return taken;
}

describe('starvation', () => {
  test('a heavy contact gets its turn although light ones keep coming', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 60 }),
        (flow) => {
          const arrivals = flow.map((count, minute) => {
            const at = NOW + minute * MINUTE;
            const light = Array.from({ length: count }, (_, index) =>
              contact(`${minute}-${index}`, { rank: at, waitingSince: at }),
            );
            const heavy = contact('heavy', { weight: 100, rank: at, waitingSince: at });
            return minute === 10 ? [heavy, ...light] : light;
          });
          // Two minutes until an agent is kept free, five until that one's work is done, and again when another one has
          // less to do by then, which happens once for each light contact of an agent at most.
          expect(simulate(arrivals, [100, 100]).get('heavy')).toBeLessThanOrEqual(10 + 2 + 5 * 5);
        },
      ),
    );
  });

  test('a contact of low priority gets its turn although higher ones keep coming', () => {
    const step = 10 * MINUTE;
    const arrivals = Array.from({ length: 120 }, (_, minute) => {
      const at = NOW + minute * MINUTE;
      const high = [0, 1, 2].map((index) =>
        contact(`${minute}-${index}`, { rank: at - 2 * step, waitingSince: at }),
      );
      return minute === 10 ? [contact('low', { rank: at, waitingSince: at }), ...high] : high;
    });
    // Those of the first half hour go before it, three a minute; seven are served in five minutes.
    expect(simulate(arrivals, [100, 50]).get('low')).toBeLessThanOrEqual((30 * 3 * 5) / 7 + 5);
  });
});
