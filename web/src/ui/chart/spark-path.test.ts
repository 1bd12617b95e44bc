import { expect, test } from 'vitest';
import { sparkPath } from './spark-path.ts';

test('a gap breaks the line, and what stands alone is a dot', () => {
  const { path, end } = sparkPath([1, 2, null, 4, null, 3, 3], 103, 26);
  expect(path.match(/M/g)).toHaveLength(3);
  expect(path).toContain('h0');
  expect(end).toEqual({ x: 100, y: 9.7 });
});

test('equal values lie in the middle, and fewer than two make no line', () => {
  expect(sparkPath([5, 5], 100, 20).end?.y).toBe(10);
  expect(sparkPath([5, null], 100, 20).path).toBe('');
});
