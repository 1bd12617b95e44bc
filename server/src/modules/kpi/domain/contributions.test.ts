import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactEventTypes, recordNames, waitEdgesSeconds } from '@yingda/contract';
import type { ContactEventType } from '@yingda/contract';
import { contributionsOf } from './contributions.ts';
import type { CountingRules } from './contributions.ts';
import type { Attributes, Fact, LogEvent } from './fact.ts';
import { factOf } from './facts.ts';
import { agentSums, contactSums, edgeOf, edgePlace, waitEdgesMs } from './sums.ts';

const start = Date.parse('2026-11-23T15:58:00Z');
const DAY = 86_400_000;
const [ANNA, BO] = [1, 2];
const rules: CountingRules = {
  zone: 'Asia/Shanghai',
  records: new Set(recordNames),
  repeatGapMs: null,
};
const attributes: Attributes = { channel: 'voice', topic: 5, type: 6, tier: 'gold', customer: 7 };
const e = (seconds: number, type: ContactEventType, agent = 0, queue = 0): LogEvent => ({
  type,
  at: start + seconds * 1000,
  queue,
  agent,
  byBot: false,
  data: {},
});
const named = <N extends string>(names: readonly N[], sums: readonly number[]) =>
  Object.fromEntries(names.map((name, place) => [name, sums[place]])) as Record<N, number>;
const contactOf = (fact: Fact, more: Partial<CountingRules> = {}) =>
  named(contactSums, contributionsOf(fact, { ...rules, ...more }).day.sums);

const passedOn = factOf(
  [
    e(0, 'arrived'),
    e(0, 'queued', 0, 3),
    e(30, 'accepted', ANNA),
    e(60, 'held', ANNA),
    e(70, 'resumed', ANNA),
    e(90, 'transferred', ANNA),
    e(90, 'accepted', BO),
    e(190, 'ended', BO),
    e(190, 'solved', BO),
    e(190, 'wrap_up_started', BO),
    e(210, 'wrap_up_ended', BO),
  ],
  attributes,
);

describe('what a contact adds to the sums', () => {
  it('counts once for the centre, with the parts of all its agents', () => {
    const sums = contactOf(passedOn, { repeatGapMs: 2 * DAY });
    expect(Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0))).toEqual({
      answered: 1,
      attempts: 1,
      handled: 1,
      timedHandled: 1,
      queued: 1,
      queueWaitMs: 30_000,
      answerWaitMs: 30_000,
      talkMs: 150_000,
      holdKnown: 1,
      held: 1,
      holdMs: 10_000,
      wrapKnown: 1,
      wrapMs: 20_000,
      transferKnown: 1,
      transferred: 1,
      fcrBase: 1,
      fcrSolved: 1,
      repeat3: 1,
      repeat7: 1,
      repeat14: 1,
      repeat30: 1,
    });
  });

  it('credits each agent with the own part, the last with the solution', () => {
    const rows = contributionsOf(passedOn, rules).agentDays;
    expect(rows.map(({ agent, queue, day }) => [agent, queue, day])).toEqual([
      [ANNA, 3, '2026-11-23'],
      [BO, 3, '2026-11-23'],
    ]);
    const [anna, bo] = rows.map(({ sums }) => named(agentSums, sums));
    expect(anna).toMatchObject({
      answered: 1,
      handled: 1,
      talkMs: 50_000,
      holdMs: 10_000,
      held: 1,
      transferred: 1,
      fcrBase: 0,
      answerWaitMs: 30_000,
    });
    expect(bo).toMatchObject({
      answered: 0,
      handled: 1,
      talkMs: 100_000,
      wrapMs: 20_000,
      held: 0,
      transferred: 0,
      fcrBase: 1,
      fcrSolved: 1,
    });
  });

  it('belongs to the half hour and local day of its arrival, over midnight too', () => {
    const { halfHour, day } = contributionsOf(passedOn, rules);
    expect(halfHour).toMatchObject({ stepAt: start - 28 * 60_000, queue: 3, type: 6 });
    expect(day).toMatchObject({ day: '2026-11-23', topic: 5, tier: 'gold', channel: 'voice' });
    const later = contributionsOf({ ...passedOn, arrivedAt: start + 120_000 }, rules);
    expect([later.day.day, later.halfHour.stepAt]).toEqual(['2026-11-24', start + 120_000]);
  });

  it('says nothing of what the log does not tell', () => {
    const sums = contactOf(passedOn, { records: new Set() });
    expect(sums).toMatchObject({
      attempts: 0,
      holdKnown: 0,
      wrapKnown: 0,
      transferKnown: 0,
      rung: 0,
      fcrBase: 1,
    });
  });

  it('takes an answered contact that ended for solved where logs tell nothing of solving', () => {
    const ended = factOf([e(0, 'accepted', ANNA), e(9, 'ended')], attributes);
    expect(contactOf(ended).fcrSolved).toBe(0);
    expect(contactOf(ended, { records: new Set(['customers']) }).fcrSolved).toBe(1);
    expect(contactOf({ ...ended, customer: 0 })).toMatchObject({ fcrBase: 0, fcrSolved: 0 });
  });

  it('waits with averages until the contact is over', () => {
    const talking = factOf([e(0, 'queued', 0, 3), e(5, 'accepted', ANNA)], attributes);
    expect(contactOf(talking)).toMatchObject({ answered: 1, handled: 0, answerWaitMs: 5_000 });
    const wrapping = factOf(
      [e(0, 'accepted', ANNA), e(5, 'ended'), e(5, 'wrap_up_started', ANNA)],
      attributes,
    );
    expect(contactOf(wrapping)).toMatchObject({ handled: 1, wrapKnown: 0 });
  });

  it('counts an open, blocked or self-served contact as nothing else', () => {
    const only = (events: LogEvent[]) =>
      Object.entries(contactOf(factOf(events, attributes)))
        .filter(([, value]) => value !== 0)
        .map(([name]) => name);
    expect(only([e(0, 'arrived'), e(0, 'queued', 0, 3)])).toEqual(['open']);
    expect(only([e(0, 'blocked')])).toEqual(['blocked', 'attempts']);
    expect(only([e(0, 'arrived'), { ...e(9, 'ended'), byBot: true }])).toEqual([
      'selfServed',
      'attempts',
    ]);
  });

  it('keeps offers that came to nothing with the agents they went to', () => {
    const lost = factOf(
      [
        e(0, 'queued', 0, 3),
        e(1, 'offered', ANNA),
        e(9, 'no_answer', ANNA),
        e(9, 'offered', ANNA),
        e(20, 'declined', ANNA),
        e(30, 'abandoned'),
      ],
      attributes,
    );
    const { agentDays, day } = contributionsOf(lost, rules);
    expect(
      agentDays.map(({ agent, queue, sums }) => [agent, queue, named(agentSums, sums)]),
    ).toEqual([[ANNA, 3, expect.objectContaining({ declined: 1, unanswered: 1, handled: 0 })]]);
    expect([day.answeredEdge, day.abandonedEdge]).toEqual([null, edgePlace(30) - 1]);
  });
});

describe('the histogram of waits', () => {
  it('is exact for every edge: within it up to and with its milliseconds', () => {
    for (const [index, edge] of waitEdgesMs.entries()) {
      expect(edgeOf(edge)).toBe(index);
      expect(edgeOf(edge + 1)).toBe(index + 1);
    }
    expect(edgeOf(0)).toBe(0);
    expect(edgeOf(10 * DAY)).toBe(waitEdgesSeconds.length);
  });

  it('never falls with a longer wait', () => {
    const wait = fc.integer({ min: 0, max: 5_000_000 });
    fc.assert(
      fc.property(wait, wait, (a, b) => {
        expect(edgeOf(Math.min(a, b))).toBeLessThanOrEqual(edgeOf(Math.max(a, b)));
        for (const [index, edge] of waitEdgesMs.entries()) {
          expect(edgeOf(a) <= index).toBe(a <= edge);
        }
      }),
    );
  });
});

describe('sums of any contacts', () => {
  const event: fc.Arbitrary<LogEvent> = fc.record({
    type: fc.constantFrom(...contactEventTypes),
    at: fc.integer({ min: 0, max: 4000 }).map((s) => start + s * 1000),
    queue: fc.constantFrom(0, 3, 4),
    agent: fc.constantFrom(0, ANNA, BO),
    byBot: fc.boolean(),
    data: fc.constant({}),
  });
  const contact = fc.array(event, { minLength: 1, maxLength: 12 });

  const total = (facts: Fact[]) => {
    const sum = contactSums.map(() => 0);
    for (const fact of facts) {
      for (const [place, value] of contributionsOf(fact, rules).halfHour.sums.entries()) {
        sum[place] = (sum[place] ?? 0) + value;
      }
    }
    return sum;
  };

  it('of two sets are the sums of both, and each contact has one outcome', () => {
    fc.assert(
      fc.property(
        fc.array(contact, { maxLength: 6 }),
        fc.array(contact, { maxLength: 6 }),
        (a, b) => {
          const [one, other] = [a, b].map((set) => set.map((events) => factOf(events, attributes)));
          const whole = total([...(one ?? []), ...(other ?? [])]);
          const both = total(one ?? []).map(
            (value, place) => value + (total(other ?? [])[place] ?? 0),
          );
          expect(whole).toEqual(both);
          const counts = named(contactSums, whole);
          expect(
            counts.answered + counts.abandoned + counts.blocked + counts.selfServed + counts.open,
          ).toBe(a.length + b.length);
        },
      ),
    );
  });

  it('by agent make up the whole: talk, hold and wrap-up, answers and solutions', () => {
    fc.assert(
      fc.property(contact, (events) => {
        const { day, agentDays } = contributionsOf(factOf(events, attributes), rules);
        const whole = named(contactSums, day.sums);
        const agents = agentDays.map(({ sums }) => named(agentSums, sums));
        const sum = (name: (typeof agentSums)[number]) =>
          agents.reduce((all, one) => all + one[name], 0);
        for (const name of ['talkMs', 'holdMs', 'wrapMs', 'fcrBase', 'fcrSolved'] as const) {
          expect(sum(name)).toBe(whole[name]);
        }
        if (agents.length > 0 && sum('answered') > 0) expect(sum('answered')).toBe(whole.answered);
        expect(sum('handled')).toBeGreaterThanOrEqual(whole.handled);
      }),
      { numRuns: 500 },
    );
  });
});
