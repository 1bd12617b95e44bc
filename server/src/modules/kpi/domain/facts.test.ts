import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactEventTypes } from '@yingda/contract';
import type { ContactEventType } from '@yingda/contract';
import type { Attributes, LogEvent } from './fact.ts';
import { factOf } from './facts.ts';

const start = Date.parse('2026-11-23T02:00:00Z');
const attributes: Attributes = { channel: 'voice', topic: 0, type: 0, tier: '', customer: 0 };
const [SALES, SUPPORT] = [11, 12];
const [ANNA, BO, CHEN] = [1, 2, 3];

type More = Partial<Pick<LogEvent, 'agent' | 'queue' | 'byBot' | 'data'>>;
/** An event so many seconds after the start. */
const e = (seconds: number, type: ContactEventType, more: More = {}): LogEvent => ({
  type,
  at: start + seconds * 1000,
  queue: 0,
  agent: 0,
  byBot: false,
  data: {},
  ...more,
});
const fact = (...events: LogEvent[]) => factOf(events, attributes);
/** Agent, queue, from, until, talk and hold in seconds of each part. */
const parts = (...events: LogEvent[]) =>
  fact(...events).segments.map((part) => ({
    agent: part.agent,
    from: (part.fromMs - start) / 1000,
    until: part.untilMs === null ? null : (part.untilMs - start) / 1000,
    talk: part.talkMs / 1000,
    hold: part.holdMs / 1000,
    wrap: part.wrapMs / 1000,
    passedOn: part.isTransferred,
  }));

describe('waiting', () => {
  it('is the time in queues until a person answers, ringing included', () => {
    const told = fact(
      e(0, 'arrived'),
      e(5, 'queued', { queue: SALES }),
      e(30, 'offered', { agent: ANNA }),
      e(34, 'accepted', { agent: ANNA }),
      e(100, 'ended', { agent: ANNA }),
    );
    expect(told).toMatchObject({
      outcome: 'answered',
      queue: SALES,
      waitMs: 29_000,
      ringMs: 4_000,
      isQueued: true,
      arrivedAt: start,
    });
    expect(told.segments[0]?.ringMs).toBe(4_000);
  });

  it('is what the log states before what the times say', () => {
    const told = fact(
      e(0, 'arrived'),
      e(0, 'queued', { queue: SALES }),
      e(10, 'accepted', { agent: ANNA, data: { waitMs: 7_000, ringMs: 2_000 } }),
      e(100, 'ended'),
    );
    expect(told).toMatchObject({ waitMs: 7_000, ringMs: 2_000 });
  });

  it('is nothing for a contact answered at once, which is then no queued one', () => {
    expect(fact(e(0, 'arrived'), e(3, 'accepted', { agent: ANNA }), e(9, 'ended'))).toMatchObject({
      outcome: 'answered',
      waitMs: 0,
      isQueued: false,
    });
    // It rang as soon as it came, and the first who was asked took it.
    const rang = [
      e(0, 'queued', { queue: SALES }),
      e(0, 'offered', { agent: ANNA }),
      e(6, 'accepted', { agent: ANNA }),
    ];
    expect(fact(...rang)).toMatchObject({ waitMs: 6_000, isQueued: false });
    // Somebody did not pick up: the customer waited.
    const again = [
      e(0, 'queued', { queue: SALES }),
      e(0, 'offered', { agent: BO }),
      e(10, 'no_answer', { agent: BO }),
      e(10, 'offered', { agent: ANNA }),
      e(12, 'accepted', { agent: ANNA }),
    ];
    expect(fact(...again)).toMatchObject({
      waitMs: 12_000,
      ringMs: 12_000,
      isQueued: true,
      unanswered: [BO],
    });
  });

  it('adds up over queues; the contact belongs to the one where it was answered', () => {
    const told = fact(
      e(0, 'queued', { queue: SALES }),
      e(40, 'queued', { queue: SUPPORT }),
      e(70, 'accepted', { agent: ANNA, data: { waitMs: 30_000 } }),
      e(90, 'ended'),
    );
    expect(told).toMatchObject({ waitMs: 70_000, queue: SUPPORT });
  });

  it('does not count the time with a machine', () => {
    const told = fact(
      e(0, 'arrived'),
      e(0, 'queued', { queue: SALES }),
      e(1, 'accepted', { byBot: true }),
      e(61, 'queued', { queue: SALES }),
      e(71, 'accepted', { agent: ANNA }),
      e(99, 'ended'),
    );
    expect(told.waitMs).toBe(11_000);
    expect(told.segments).toHaveLength(1);
  });

  it('lasts until the customer gives up', () => {
    expect(
      fact(e(0, 'arrived'), e(2, 'queued', { queue: SALES }), e(47, 'abandoned')),
    ).toMatchObject({ outcome: 'abandoned', waitMs: 45_000, queue: SALES, isQueued: true });
    expect(fact(e(0, 'arrived'), e(12, 'abandoned'))).toMatchObject({
      outcome: 'abandoned',
      waitMs: 12_000,
      isQueued: false,
    });
  });

  it('counts several agents ringing at once as one ringing', () => {
    const told = fact(
      e(0, 'queued', { queue: SALES }),
      e(20, 'no_answer', { agent: BO, data: { ringMs: 15_000 } }),
      e(20, 'no_answer', { agent: CHEN, data: { ringMs: 15_000 } }),
      e(24, 'accepted', { agent: ANNA, data: { ringMs: 3_000 } }),
    );
    expect(told.ringMs).toBe(18_000);
    expect(told.unanswered).toEqual([BO, CHEN]);
  });
});

describe('outcome', () => {
  it('is open while the contact waits or a machine has it', () => {
    expect(fact(e(0, 'arrived')).outcome).toBe('open');
    expect(fact(e(0, 'queued'), e(1, 'offered', { agent: ANNA })).outcome).toBe('open');
    expect(fact(e(0, 'accepted', { byBot: true })).outcome).toBe('open');
  });

  it('is self-served when no person had a part in what a machine ended', () => {
    const told = fact(
      e(0, 'arrived'),
      e(1, 'accepted', { byBot: true, data: { ringMs: 1_000 } }),
      e(50, 'ended', { byBot: true }),
    );
    expect(told).toMatchObject({ outcome: 'self_served', waitMs: 0, ringMs: 1_000, segments: [] });
    expect(fact(e(0, 'arrived'), e(50, 'ended', { byBot: true })).outcome).toBe('self_served');
  });

  it('is blocked when it never got in', () => {
    expect(fact(e(0, 'arrived'), e(0, 'blocked')).outcome).toBe('blocked');
    expect(fact(e(0, 'blocked'))).toMatchObject({ waitMs: 0, isQueued: false });
  });

  it('stays answered when the customer gives up in a later queue', () => {
    const told = fact(
      e(0, 'queued', { queue: SALES }),
      e(8, 'accepted', { agent: ANNA }),
      e(60, 'transferred', { agent: ANNA }),
      e(60, 'queued', { queue: SUPPORT }),
      e(200, 'abandoned'),
    );
    expect(told).toMatchObject({ outcome: 'answered', waitMs: 8_000, queue: SALES });
  });

  it('is abandoned when it ended in the queue with nobody there', () => {
    expect(fact(e(0, 'queued'), e(30, 'ended')).outcome).toBe('abandoned');
  });

  it('is answered when somebody solved it without taking it', () => {
    const told = fact(e(0, 'queued', { queue: SALES }), e(30, 'ended'), e(30, 'solved'));
    expect(told).toMatchObject({ outcome: 'answered', isSolved: true, waitMs: 30_000 });
  });

  it('is not solved any more once it is opened again', () => {
    const solved = [e(0, 'accepted', { agent: ANNA }), e(10, 'ended'), e(10, 'solved')];
    expect(fact(...solved).isSolved).toBe(true);
    expect(fact(...solved, e(99, 'reopened')).isSolved).toBe(false);
  });
});

describe('parts of agents', () => {
  it('leave hold out of talk and wrap-up after it', () => {
    expect(
      parts(
        e(0, 'accepted', { agent: ANNA }),
        e(30, 'held', { agent: ANNA }),
        e(50, 'resumed', { agent: ANNA }),
        e(80, 'held', { agent: ANNA }),
        e(90, 'ended', { agent: ANNA }),
        e(90, 'wrap_up_started', { agent: ANNA }),
        e(130, 'wrap_up_ended', { agent: ANNA }),
      ),
    ).toEqual([{ agent: ANNA, from: 0, until: 90, talk: 60, hold: 30, wrap: 40, passedOn: false }]);
  });

  it('follow a chain of transfers and returns to the queue', () => {
    expect(
      parts(
        e(0, 'queued', { queue: SALES }),
        e(10, 'accepted', { agent: ANNA }),
        e(40, 'transferred', { agent: ANNA }),
        e(40, 'accepted', { agent: BO }),
        e(70, 'transferred', { agent: BO }),
        e(70, 'queued', { queue: SUPPORT }),
        e(100, 'accepted', { agent: CHEN }),
        e(120, 'queued', { queue: SUPPORT, data: { reason: 'returned' } }),
        e(150, 'accepted', { agent: ANNA }),
        e(200, 'ended', { agent: ANNA }),
      ).map(({ agent, talk, passedOn }) => [agent, talk, passedOn]),
    ).toEqual([
      [ANNA, 30, true],
      [BO, 30, true],
      [CHEN, 20, false],
      [ANNA, 50, false],
    ]);
  });

  it('run side by side in a conference', () => {
    expect(
      parts(
        e(0, 'accepted', { agent: ANNA }),
        e(20, 'accepted', { agent: BO }),
        e(50, 'transferred', { agent: ANNA }),
        e(90, 'ended'),
      ).map(({ agent, talk }) => [agent, talk]),
    ).toEqual([
      [ANNA, 50],
      [BO, 70],
    ]);
  });

  it('take what the log states of talk, hold and wrap-up', () => {
    expect(
      parts(
        e(0, 'accepted', { agent: ANNA }),
        e(95, 'ended', { agent: ANNA, data: { talkMs: 80_000, holdMs: 10_000, wrapMs: 25_000 } }),
      ),
    ).toEqual([{ agent: ANNA, from: 0, until: 95, talk: 80, hold: 10, wrap: 25, passedOn: false }]);
    // A single line may tell all.
    expect(parts(e(0, 'accepted', { agent: ANNA, data: { talkMs: 60_000 } }))).toMatchObject([
      { until: 60, talk: 60 },
    ]);
  });

  it('are told as far as the log does when it begins in mid-call', () => {
    expect(
      parts(
        e(0, 'held', { agent: ANNA }),
        e(5, 'resumed', { agent: ANNA }),
        e(30, 'ended', { agent: ANNA }),
      ),
    ).toEqual([{ agent: ANNA, from: 0, until: 30, talk: 25, hold: 5, wrap: 0, passedOn: false }]);
    const told = fact(
      e(40, 'ended', { agent: ANNA, queue: SALES, data: { talkMs: 30_000, waitMs: 9_000 } }),
    );
    expect(told).toMatchObject({ outcome: 'answered', queue: SALES, waitMs: 9_000 });
    expect(told.segments[0]?.talkMs).toBe(30_000);
  });

  it('stay open while the agent has the contact or wraps up', () => {
    expect(parts(e(0, 'accepted', { agent: ANNA }))[0]).toMatchObject({ until: null, talk: 0 });
    const [part] = fact(
      e(0, 'accepted', { agent: ANNA }),
      e(9, 'ended'),
      e(9, 'wrap_up_started', { agent: ANNA }),
    ).segments;
    expect(part).toMatchObject({ wrapFromMs: start + 9000, wrapUntilMs: null, wrapMs: 0 });
  });

  it('end with the wrap-up when the log forgot to tell', () => {
    expect(
      parts(
        e(0, 'accepted', { agent: ANNA }),
        e(60, 'wrap_up_started', { agent: ANNA }),
        e(75, 'wrap_up_ended', { agent: ANNA }),
      )[0],
    ).toMatchObject({ until: 60, talk: 60, wrap: 15 });
  });

  it('of one moment: accepted before passed on by the same agent, after by another', () => {
    expect(
      parts(
        e(10, 'transferred', { agent: BO }),
        e(10, 'accepted', { agent: BO }),
        e(10, 'transferred', { agent: ANNA }),
        e(0, 'accepted', { agent: ANNA }),
        e(10, 'queued', { queue: SUPPORT }),
        e(30, 'accepted', { agent: CHEN }),
        e(40, 'ended'),
      ).map(({ agent, talk, passedOn }) => [agent, talk, passedOn]),
    ).toEqual([
      [ANNA, 10, true],
      [BO, 0, true],
      [CHEN, 10, false],
    ]);
  });
});

describe('a contact that ends twice', () => {
  it('has waited until its last end, once', () => {
    const told = fact(e(0, 'arrived'), e(1, 'solved'), e(2, 'reopened'), e(2, 'abandoned'));
    expect(told.waitMs).toBe(2000);
  });
});

describe('any events', () => {
  const event: fc.Arbitrary<LogEvent> = fc.record({
    type: fc.constantFrom(...contactEventTypes),
    at: fc.integer({ min: 0, max: 40 }).map((s) => start + s * 1000),
    queue: fc.constantFrom(0, SALES, SUPPORT),
    agent: fc.constantFrom(0, ANNA, BO),
    byBot: fc.boolean(),
    data: fc.constant({}),
  });
  const log = fc.array(event, { minLength: 1, maxLength: 14 });

  it('make the same fact in any order', () => {
    fc.assert(
      fc.property(
        log.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
          ),
        ),
        ([events, shuffled]) => {
          expect(fact(...shuffled)).toEqual(fact(...events));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never make times below nothing, nor parts that last longer than the contact', () => {
    fc.assert(
      fc.property(log, (events) => {
        const told = fact(...events);
        const last = Math.max(...events.map(({ at }) => at));
        const span = last - Math.min(...events.map(({ at }) => at));
        expect(told.waitMs).toBeLessThanOrEqual(span);
        for (const part of told.segments) {
          if (part.untilMs !== null) {
            expect(part.talkMs + part.holdMs).toBe(part.untilMs - part.fromMs);
          }
          expect(part.talkMs).toBeGreaterThanOrEqual(0);
          expect(part.holdMs).toBeGreaterThanOrEqual(0);
          expect(part.wrapMs).toBeGreaterThanOrEqual(0);
          expect(part.untilMs ?? 0).toBeLessThanOrEqual(last);
        }
        expect(told.outcome === 'answered' || told.segments.length === 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
