import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockText, nextPeriod, periodsFault, readClock } from './clock.ts';

test('every minute of the day reads back as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1440 }), (minutes) => {
      expect(readClock(clockText(minutes))).toBe(minutes);
    }),
  );
});

test('times are understood as people type them', () => {
  expect(['9', '0930', '930', '9:30', '９：３０', ' 24:00 ', '18h'].map(readClock)).toEqual([
    540, 570, 570, 570, 570, 1440, 1080,
  ]);
  expect(['', '25', '24:01', '9:60', 'nine', '12345'].map(readClock)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('periods must end after they begin and not overlap, in whatever order they stand', () => {
  expect(periodsFault([])).toBeNull();
  expect(
    periodsFault([
      { from: 780, to: 1080 },
      { from: 540, to: 720 },
    ]),
  ).toBeNull();
  expect(
    periodsFault([
      { from: 540, to: 720 },
      { from: 720, to: 1080 },
    ]),
  ).toBeNull();
  expect(periodsFault([{ from: 540, to: 540 }])).toBe('period_order');
  expect(
    periodsFault([
      { from: 700, to: 900 },
      { from: 540, to: 720 },
    ]),
  ).toBe('period_overlap');
});

test('a new period does not overlap the ones before it while the day has room', () => {
  expect(nextPeriod([])).toEqual({ from: 540, to: 1080 });
  expect(periodsFault([{ from: 540, to: 720 }, nextPeriod([{ from: 540, to: 720 }])])).toBeNull();
});
