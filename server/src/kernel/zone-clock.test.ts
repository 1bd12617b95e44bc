import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetAt } from './local-time.ts';
import { zoneClock } from './zone-clock.ts';

/** Ramadan suspends summer time in some; others change by half an hour, at midnight, or have skipped a day. */
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Santiago',
  'Pacific/Apia',
  'Asia/Gaza',
  'Asia/Kolkata',
];
const between = (from: number, to: number) =>
  fc.integer({ min: Date.UTC(from, 0, 1), max: Date.UTC(to, 0, 1) });

test('it shows what the runtime shows, at any instant', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), between(1995, 2040), (zone, at) => {
      expect(zoneClock(zone).offsetAt(at)).toBe(offsetAt(zone, at));
    }),
    { numRuns: 3000 },
  );
});

test.each(zones)('and to the millisecond around each change of %s', (zone) => {
  const step = 86_400_000;
  const clock = zoneClock(zone);
  for (let at = Date.UTC(2005, 0, 1); at < Date.UTC(2030, 0, 1); at += step) {
    let [same, changed] = [at, at + step];
    if (offsetAt(zone, same) === offsetAt(zone, changed)) continue;
    const before = offsetAt(zone, same);
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (offsetAt(zone, middle) === before) same = middle;
      else changed = middle;
    }
    expect(clock.offsetAt(same)).toBe(before);
    expect(clock.offsetAt(changed)).toBe(offsetAt(zone, changed));
  }
});
