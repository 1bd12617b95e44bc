import { expect, test } from 'vitest';
import { cases, nameOf, pathOf, periodsOf } from './cases.ts';

const whole = { from: '2023-11-01', to: '2026-10-31' };

test('periods are whole months inside the data, the latest first', () => {
  expect(periodsOf('month', whole).slice(0, 2)).toEqual([
    { from: '2026-10-01', to: '2026-10-31' },
    { from: '2026-09-01', to: '2026-09-30' },
  ]);
  expect(periodsOf('quarter', whole)[0]).toEqual({ from: '2026-08-01', to: '2026-10-31' });
  expect(periodsOf('year', whole).at(-1)).toEqual({ from: '2024-12-01', to: '2025-11-30' });
  expect(periodsOf('whole', whole)).toEqual([whole]);
});

test('every case has a name and an address of its own', () => {
  expect(new Set(cases.map(nameOf)).size).toBe(cases.length);
  expect(new Set(cases.map((item) => pathOf(item, whole))).size).toBeGreaterThan(40);
  expect(cases.some(({ isCompared }) => isCompared)).toBe(true);
});
