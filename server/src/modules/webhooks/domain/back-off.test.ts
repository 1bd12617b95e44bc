import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseAfter, verdictOf } from './back-off.ts';

test('each pause is longer than the one before, until two days are over', () => {
  const all = Array.from({ length: 11 }, (_, index) => pauseAfter(index + 1, 0.5) ?? 0);
  expect(all.slice(0, 3)).toEqual([5_000, 30_000, 120_000]);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  expect(all.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(47 * 3_600_000);
  expect(pauseAfter(12, 0)).toBeNull();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (tries, chance) => {
        const usual = pauseAfter(tries, 0.5) ?? 0;
        expect(Math.abs((pauseAfter(tries, chance) ?? 0) - usual)).toBeLessThanOrEqual(usual / 9);
      },
    ),
  );
});

test('only 2xx is taken, and 410 ends it', () => {
  expect([200, 204, 299].map(verdictOf)).toEqual(['delivered', 'delivered', 'delivered']);
  expect([null, 301, 404, 429, 500].map(verdictOf)).toEqual(Array(5).fill('again'));
  expect(verdictOf(410)).toBe('gone');
});
