import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VisitorMessage } from '../chat/types.ts';
import {
  caughtUp,
  earlier,
  emptyTimeline,
  hasGap,
  isForeign,
  loaded,
  received,
  unreadAfter,
} from './timeline.ts';
import type { Timeline } from './timeline.ts';

function message(seq: number, more: Partial<VisitorMessage> = {}): VisitorMessage {
  return {
    id: `id-${seq}`,
    seq,
    kind: 'message',
    author: { kind: 'agent', id: null, name: '小林' },
    parts: [{ type: 'text', text: `text ${seq}` }],
    clientKey: null,
    createdAt: '2026-05-01T08:00:00.000Z',
    retractedAt: null,
    ...more,
  };
}

const seqs = ({ messages }: Timeline): number[] => messages.map(({ seq }) => seq);

/** A server whose log has notes at some places, which the visitor never gets. */
interface Log {
  length: number;
  notes: Set<number>;
}
const visible = ({ length, notes }: Log): VisitorMessage[] =>
  Array.from({ length }, (_, i) => i + 1)
    .filter((seq) => !notes.has(seq))
    .map((seq) => message(seq));

type Step =
  | { kind: 'live'; pick: number }
  | { kind: 'catch-up'; limit: number }
  | { kind: 'earlier'; limit: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('live' as const), pick: fc.nat(60) }),
  fc.record({ kind: fc.constant('catch-up' as const), limit: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('earlier' as const), limit: fc.integer({ min: 1, max: 5 }) }),
);

function apply(timeline: Timeline, all: VisitorMessage[], action: Step): Timeline {
  if (action.kind === 'live') {
    const heard = all[action.pick % Math.max(1, all.length)];
    return heard ? received(timeline, heard) : timeline;
  }
  if (action.kind === 'catch-up') {
    const after = all.filter(({ seq }) => seq > timeline.through);
    return caughtUp(timeline, after.slice(0, action.limit));
  }
  const first = timeline.messages[0]?.seq ?? 0;
  const before = all.filter(({ seq }) => seq < first);
  if (!timeline.hasEarlier) return timeline;
  return earlier(timeline, before.slice(-action.limit), before.length > action.limit);
}

describe('the timeline', () => {
  test('holds every visible message once and in order, whatever was lost, doubled or overtaken', () => {
    fc.assert(
      fc.property(
        fc.record({
          length: fc.nat(40),
          notes: fc.array(fc.nat(40)),
          page: fc.nat(10),
          steps: fc.array(step, { maxLength: 60 }),
        }),
        ({ length, notes, page, steps }) => {
          const all = visible({ length, notes: new Set(notes) });
          const start = page === 0 ? [] : all.slice(-page);
          let timeline = loaded(start, start.length < all.length && start.length > 0);
          for (const action of steps) {
            timeline = apply(timeline, all, action);
            expect(seqs(timeline)).toEqual([...new Set(seqs(timeline))].toSorted((a, b) => a - b));
            const first = timeline.messages[0]?.seq ?? 1;
            const complete = all.filter(({ seq }) => seq >= first && seq <= timeline.through);
            // Whatever lies below `through` is really held.
            if (timeline.through >= first)
              expect(seqs(timeline)).toEqual(
                expect.arrayContaining(complete.map(({ seq }) => seq)),
              );
          }
          timeline = caughtUp(
            timeline,
            all.filter(({ seq }) => seq > timeline.through),
          );
          while (timeline.hasEarlier)
            timeline = apply(timeline, all, { kind: 'earlier', limit: 4 });
          expect(seqs(timeline)).toEqual(all.map(({ seq }) => seq));
          expect(hasGap(timeline)).toBe(false);
        },
      ),
    );
  });

  test('a jump in seq is a gap until everything after the last complete seq was fetched', () => {
    const jumped = received(loaded([message(1), message(2)], false), message(5));
    expect(hasGap(jumped)).toBe(true);
    expect(hasGap(caughtUp(jumped, [message(4), message(5)]))).toBe(false);
  });

  test('a message taken back stays so when the older state of it arrives late', () => {
    const retracted = message(1, { parts: [], retractedAt: '2026-05-01T08:01:00.000Z' });
    const timeline = received(received(emptyTimeline, retracted), message(1));
    expect(timeline.messages).toEqual([retracted]);
  });

  test('another message at a held seq is of another conversation', () => {
    const timeline = loaded([message(1)], false);
    expect(isForeign(timeline, message(1))).toBe(false);
    expect(isForeign(timeline, message(1, { id: 'other' }))).toBe(true);
  });

  test('unread are messages of the company after the read mark', () => {
    const own = message(3, { author: { kind: 'customer', id: null, name: '' } });
    const event = message(4, { kind: 'event' });
    const timeline = loaded([message(1), message(2), own, event, message(5)], false);
    expect(unreadAfter(timeline, 1).map(({ seq }) => seq)).toEqual([2, 5]);
  });
});
