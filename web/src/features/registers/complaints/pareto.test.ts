import type { ComplaintGroup } from '@yingda/contract';
import { expect, test } from 'vitest';
import { barsOf, maxBars, vitalFew } from './pareto.ts';

const group = (name: string, count: number, cumulative: number): ComplaintGroup => ({
  name,
  id: null,
  count,
  share: 0,
  cumulative,
  previous: 0,
  open: 0,
  late: 0,
  reopened: 0,
  rating: null,
});

test('the vital few end with the cause that passes four fifths', () => {
  const groups = [group('a', 6, 0.6), group('b', 2, 0.8), group('c', 2, 1), group('', 9, 1)];
  expect(vitalFew(groups).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('what has no cause is no bar, and a chart has room for so many', () => {
  const groups = Array.from({ length: 20 }, (_, index) => group(`c${index}`, 1, 0.05 * index));
  expect(barsOf([...groups, group('', 3, 1)])).toHaveLength(maxBars);
  expect(barsOf([group('', 3, 0)])).toEqual([]);
});
