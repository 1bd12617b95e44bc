import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisSpan, bandGeometry } from './band-geometry.ts';

test('a closed range lies inside the bar with room on both sides', () => {
  const geometry = bandGeometry(45, { low: 30, high: 60, norm: 60 });
  expect(geometry?.from).toBeGreaterThan(0);
  expect(geometry?.to).toBeLessThan(1);
  expect(geometry?.norm).toBe(geometry?.to);
  expect(geometry?.value).toBeCloseTo(((geometry?.from ?? 0) + (geometry?.to ?? 0)) / 2);
});

test('an open range reaches the end of the bar', () => {
  expect(bandGeometry(85, { low: 80, high: null, norm: 80 }, 100)).toMatchObject({
    to: 1,
    max: 100,
  });
  expect(bandGeometry(12, { low: null, high: 20, norm: null })?.from).toBe(0);
});

test('without range and norm there is no bar', () => {
  expect(bandGeometry(5, { low: null, high: null, norm: null })).toBeNull();
});

const mark = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null });

test('everything lies on the bar, whatever the numbers', () => {
  fc.assert(
    fc.property(mark, mark, mark, mark, (value, low, high, norm) => {
      const geometry = bandGeometry(value, { low, high, norm });
      if (geometry === null) return;
      const shares = [geometry.from, geometry.to, geometry.value ?? 0, geometry.norm ?? 0];
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    }),
  );
});

test('a value outside its range lies outside it on the bar', () => {
  const amount = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(amount, amount, amount, (low, width, away) => {
      const range = { low: low + away, high: low + away + width, norm: null };
      const below = bandGeometry(low, range);
      const above = bandGeometry(range.high + away, range);
      expect(below?.value).toBeLessThanOrEqual(below?.from ?? 0);
      expect(above?.value).toBeGreaterThanOrEqual(above?.to ?? 1);
    }),
  );
});

test('the axis starts at 0 unless shares near 100 would be a flat line', () => {
  expect(axisSpan([30, 50], { low: 30, high: 60, norm: null }, null).min).toBe(0);
  expect(axisSpan([97, 99], { low: 98, high: null, norm: null }, 100)).toEqual({
    min: 95,
    max: 100,
  });
  expect(axisSpan([], undefined, 100)).toEqual({ min: 0, max: 100 });
});
