import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, instantOf, localDate } from './zone.ts';

test('a day and a time of a zone become the instant', () => {
  expect(instantOf('Asia/Shanghai', '2026-11-23', 9 * 60)).toBe('2026-11-23T01:00:00.000Z');
  expect(instantOf('Asia/Shanghai', '2026-11-23', 1440)).toBe('2026-11-23T16:00:00.000Z');
  expect(instantOf('America/New_York', '2026-07-01', 9 * 60)).toBe('2026-07-01T13:00:00.000Z');
});

test('on days of a clock change the time before and after it is right, and what is left out comes after', () => {
  const berlin = (minutes: number): string => instantOf('Europe/Berlin', '2026-03-29', minutes);
  expect([60, 150, 180].map(berlin)).toEqual([
    '2026-03-29T00:00:00.000Z',
    '2026-03-29T01:30:00.000Z',
    '2026-03-29T01:00:00.000Z',
  ]);
  expect(instantOf('Europe/Berlin', '2026-10-25', 150)).toBe('2026-10-25T00:30:00.000Z');
});

test('the day of an instant is the one its zone shows', () => {
  const at = Date.parse('2026-11-23T17:00:00Z');
  expect(localDate('Asia/Shanghai', at)).toBe('2026-11-24');
  expect(localDate('America/New_York', at)).toBe('2026-11-23');
});

test('midnight of any day lies in that day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC'),
      (days, zone) => {
        const date = addDays('1990-01-01', days);
        expect(localDate(zone, Date.parse(instantOf(zone, date, 12 * 60)))).toBe(date);
      },
    ),
  );
});
