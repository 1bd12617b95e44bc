import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatMoney, minorDigits, toMajor, toMinor } from './money.ts';

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });
});

test('currencies have the digits of their smallest unit', () => {
  expect(['CNY', 'USD', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 2, 0, 3]);
});

test('amounts become the smallest unit without binary slips', () => {
  expect([1.005, 12.5, 0.1, 4.35].map((amount) => toMinor(amount, 'CNY'))).toEqual([
    101, 1250, 10, 435,
  ]);
  expect(toMinor(1250, 'JPY')).toBe(1250);
});

test('what is stored reads back as it was typed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e12 }),
      fc.constantFrom('CNY', 'JPY', 'KWD'),
      (minor, currency) => {
        expect(toMinor(toMajor(minor, currency), currency)).toBe(minor);
      },
    ),
  );
});

test('an amount is shown with its sign', () => {
  expect(formatMoney(125_050, 'USD')).toBe('$1,250.50');
  expect(formatMoney(1250, 'JPY')).toBe('¥1,250');
});
