import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filled, pareto, stepOf } from './pareto.ts';
import { enter } from './values.ts';

const group = fc.record({ key: fc.stringMatching(/^[a-z]{0,3}$/), count: fc.nat(1000) });

test('shares of what is told make one, and the cumulative line only rises', () => {
  fc.assert(
    fc.property(fc.uniqueArray(group, { selector: ({ key }) => key }), (groups) => {
      const ranked = pareto(groups);
      const told = ranked.filter(({ key }) => key !== '');
      const whole = told.reduce((sum, { count }) => sum + count, 0);
      if (whole > 0) {
        expect(told.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        expect(told.at(-1)?.cumulative).toBeCloseTo(1);
      }
      const line = ranked.map(({ cumulative }) => cumulative);
      expect(line).toEqual(line.toSorted((a, b) => a - b));
      expect(told.map(({ count }) => count)).toEqual(
        told.map(({ count }) => count).toSorted((a, b) => b - a),
      );
    }),
  );
});

test('what has no cause comes last and is no part', () => {
  const ranked = pareto([
    { key: '', count: 90 },
    { key: 'packing', count: 3 },
    { key: 'delay', count: 1 },
  ]);
  expect(ranked).toMatchObject([
    { key: 'packing', share: 0.75, cumulative: 0.75 },
    { key: 'delay', share: 0.25, cumulative: 1 },
    { key: '', share: 0 },
  ]);
});

test('periods are filled, weeks from their Monday, months from their first', () => {
  expect(stepOf('2026-11-01', '2026-11-30')).toBe('day');
  expect(stepOf('2026-09-01', '2026-11-30')).toBe('week');
  expect(stepOf('2026-01-01', '2026-11-30')).toBe('month');
  const days = filled([{ from: '2026-11-02', count: 4 }], {
    step: 'day',
    from: '2026-11-01',
    to: '2026-11-03',
  });
  expect(days.map(({ count }) => count)).toEqual([0, 4, 0]);
  const weeks = filled([], { step: 'week', from: '2026-11-04', to: '2026-11-17' });
  expect(weeks.map(({ from }) => from)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
  const months = filled([], { step: 'month', from: '2026-01-31', to: '2026-04-01' });
  expect(months.map(({ from }) => from)).toEqual([
    '2026-01-01',
    '2026-02-01',
    '2026-03-01',
    '2026-04-01',
  ]);
});

test('values are entered by column, empty ones taken away, others refused', () => {
  const before = { product: '沙发', quantity: '3' };
  expect(enter('deals', before, { product: '', amount: 128_000, channel: 'voice' })).toEqual({
    entered: { quantity: '3', amount: 128_000, channel: 'voice' },
    faults: [],
    closed: [],
  });
  expect(enter('deals', {}, { customer: '李雷', nonsense: 1 }).closed).toEqual([
    'customer',
    'nonsense',
  ]);
  const wrong = { amount: 1.5, channel: 'pigeon', product: 'x'.repeat(301), note: 4 };
  expect(enter('deals', {}, wrong).faults.map(({ path, kind }) => [path, kind])).toEqual([
    ['values.amount', 'invalid_value'],
    ['values.channel', 'invalid_value'],
    ['values.product', 'too_big'],
    ['values.note', 'invalid_value'],
  ]);
  expect(enter('callbacks', {}, { satisfaction: 6 }).faults).toHaveLength(1);
  expect(enter('callbacks', {}, { satisfaction: 5 }).faults).toHaveLength(0);
});
