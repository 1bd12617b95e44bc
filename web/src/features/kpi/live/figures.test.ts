import type { LiveFigures, LiveQueue } from '@yingda/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toneOf, wallGrid, withQueue } from './figures.ts';

const figures: LiveFigures = {
  counts: {
    contacts: 10,
    answered: 9,
    abandoned: 1,
    blocked: 0,
    selfServed: 0,
    handled: 9,
    withinServiceLevel: 8,
  },
  values: { service_level: 80 },
};
const queue = (queueId: string, waiting: number): LiveQueue => ({
  queueId,
  teamId: 'team',
  name: queueId,
  waiting,
  longestWaitSince: null,
  agentsReady: 1,
  agentsBusy: 2,
  agentsAway: 0,
  today: figures,
  lastHalfHour: figures,
  bands: { service_level: { low: 80, high: null, norm: 80 } },
});

test('a queue takes the place of what was known of it, and a new one comes last', () => {
  const at = new Date('2026-11-23T04:00:00Z');
  const before = { at: '', timeZone: 'UTC', queues: [queue('a', 0), queue('b', 0)] };
  const after = withQueue(withQueue(before, queue('a', 3), at), queue('c', 1), at);
  expect(after.queues.map(({ queueId, waiting }) => [queueId, waiting])).toEqual([
    ['a', 3],
    ['b', 0],
    ['c', 1],
  ]);
});

test('a value is judged by the band of its queue, and not at all without one', () => {
  expect(toneOf(queue('a', 0), 'service_level', 80)).toBe('good');
  expect(toneOf(queue('a', 0), 'service_level', 79)).toBe('out');
  expect(toneOf(queue('a', 0), 'service_level', null)).toBe('none');
  expect(toneOf(queue('a', 0), 'queue_time', 50)).toBe('none');
});

test('what is better the lower is never too low', () => {
  const bands = { abandonment: { low: 3, high: 5, norm: 3 } };
  const quiet = { ...queue('a', 0), bands };
  expect(toneOf(quiet, 'abandonment', 0)).toBe('good');
  expect(toneOf(quiet, 'abandonment', 6)).toBe('out');
});

test('tiles fill a wide screen side by side and a phone one below the other', () => {
  expect(wallGrid(1, { width: 1920, height: 1080 })).toEqual({ columns: 1, rows: 1 });
  expect(wallGrid(4, { width: 1920, height: 1080 })).toEqual({ columns: 2, rows: 2 });
  expect(wallGrid(6, { width: 1920, height: 1080 })).toEqual({ columns: 3, rows: 2 });
  expect(wallGrid(3, { width: 390, height: 800 })).toEqual({ columns: 1, rows: 3 });
});

test('every tile has a place, whatever the screen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 300, max: 4000 }),
      fc.integer({ min: 300, max: 4000 }),
      (count, width, height) => {
        const { columns, rows } = wallGrid(count, { width, height });
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect((rows - 1) * columns).toBeLessThan(count);
      },
    ),
  );
});
