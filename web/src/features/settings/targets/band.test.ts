import type { TargetView } from '@yingda/contract';
import { expect, test } from 'vitest';
import { scopeKey, targetsOn, withEnds } from './band.ts';

const target = (validFrom: string, low: number, more: Partial<TargetView> = {}): TargetView => ({
  id: `${validFrom}-${low}`,
  standard: 'service_level',
  queueId: null,
  typeId: null,
  norm: null,
  low,
  high: null,
  seconds: null,
  validFrom,
  note: '',
  createdAt: `${validFrom}T08:00:00.000Z`,
  createdBy: null,
  ...more,
});

test('the target in force is the last that has begun, for each scope by itself', () => {
  const all = [
    target('2026-01-01', 80),
    target('2026-06-01', 85),
    target('2027-01-01', 90),
    target('2026-03-01', 70, { queueId: 3 }),
  ];
  const onDay = targetsOn(all, '2026-11-23');
  expect([...onDay].map(([scope, { low }]) => [scope, low])).toEqual([
    ['/', 85],
    ['3/', 70],
  ]);
  expect(targetsOn(all, '2025-12-31').size).toBe(0);
  expect(scopeKey({ queueId: 3, typeId: 4 })).toBe('3/4');
});

test('of two from the same day the last entered holds', () => {
  const all = [
    target('2026-01-01', 80, { createdAt: '2026-01-01T09:00:00.000Z' }),
    target('2026-01-01', 82, { createdAt: '2026-01-01T10:00:00.000Z' }),
  ];
  expect(targetsOn(all, '2026-01-01').get('/')?.low).toBe(82);
});

test('a target ends where the next of its scope begins', () => {
  const all = [
    target('2026-01-01', 80),
    target('2026-06-01', 85),
    target('2026-03-01', 70, { queueId: 3 }),
  ];
  expect(withEnds(all).map(({ low, until }) => [low, until])).toEqual([
    [85, null],
    [70, null],
    [80, '2026-06-01'],
  ]);
});
