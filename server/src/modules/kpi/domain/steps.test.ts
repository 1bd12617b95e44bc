import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetAt } from '../../../kernel/local-time.ts';
import { zoneClock } from '../../../kernel/zone-clock.ts';
import {
  dayOf,
  daysIn,
  previousPeriod,
  sameLastYear,
  startOf,
  stepOf,
  stepsBetween,
} from './steps.ts';

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const zones = [
  'Europe/Berlin',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Chatham',
];
const instant = fc.integer({ min: at('1995-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });

describe('the clock of a zone', () => {
  it('says at any instant what the runtime says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, ms) => {
        expect(zoneClock(zone).offsetAt(ms)).toBe(offsetAt(zone, ms));
      }),
    );
  });

  it('changes at the millisecond at which the runtime does', () => {
    const change = at('2026-10-25T01:00:00Z');
    const { offsetAt: offset } = zoneClock('Europe/Berlin');
    expect([offset(change - 1), offset(change)]).toEqual([7_200_000, 3_600_000]);
  });
});

describe('half hours and days of the local clock', () => {
  it('begin at full and half hours of the local clock, in zones of three quarters too', () => {
    expect(iso(stepOf('Asia/Kathmandu', at('2026-11-23T04:20:00Z')))).toBe('2026-11-23T04:15');
    expect(iso(stepOf('Asia/Kolkata', at('2026-11-23T04:20:00Z')))).toBe('2026-11-23T04:00');
  });

  it('put a contact of late evening into the local day', () => {
    expect(dayOf('Asia/Shanghai', at('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(dayOf('Asia/Shanghai', at('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(dayOf('America/New_York', at('2026-11-23T04:59:59Z'))).toBe('2026-11-22');
  });

  it('hold every instant in exactly one half hour of thirty minutes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, ms) => {
        const step = stepOf(zone, ms);
        expect(ms - step).toBeGreaterThanOrEqual(0);
        expect(ms - step).toBeLessThan(1_800_000);
        expect(stepOf(zone, step)).toBe(step);
      }),
    );
  });

  it('start a day at the change of the clock where it skips midnight', () => {
    // Santiago goes from 24:00 to 01:00.
    expect(iso(startOf('America/Santiago', '2025-09-07'))).toBe('2025-09-07T04:00');
    // And back from 24:00 to 23:00: that hour belongs to the day before.
    expect(iso(startOf('America/Santiago', '2025-04-06'))).toBe('2025-04-06T04:00');
  });
});

describe('the steps of a period', () => {
  const hours = (zone: string, date: string) =>
    stepsBetween(zone, { from: date, to: date }, 'hour').starts.length;

  it('are 23 hours on the day the clock goes forward and 25 when it goes back', () => {
    expect(hours('Europe/Berlin', '2026-03-29')).toBe(23);
    expect(hours('Europe/Berlin', '2026-10-25')).toBe(25);
    expect(hours('Europe/Berlin', '2026-10-26')).toBe(24);
    expect(hours('Asia/Shanghai', '2026-10-25')).toBe(24);
  });

  it('are 46 and 50 half hours on those days', () => {
    const halves = (date: string) =>
      stepsBetween('Europe/Berlin', { from: date, to: date }, 'half_hour').starts.length;
    expect([halves('2026-03-29'), halves('2026-10-25')]).toEqual([46, 50]);
  });

  it('begin weeks on Monday, the first with the period', () => {
    const { starts, end } = stepsBetween(
      'Asia/Shanghai',
      { from: '2026-11-18', to: '2026-12-02' },
      'week',
    );
    expect(starts.map((ms) => dayOf('Asia/Shanghai', ms))).toEqual([
      '2026-11-18',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(iso(end)).toBe('2026-12-02T16:00');
  });

  it('begin months, quarters and years on their first days', () => {
    const first = (step: 'month' | 'quarter' | 'year') =>
      stepsBetween('Europe/Berlin', { from: '2025-11-15', to: '2026-05-02' }, step).starts.map(
        (ms) => dayOf('Europe/Berlin', ms),
      );
    expect(first('quarter')).toEqual(['2025-11-15', '2026-01-01', '2026-04-01']);
    expect(first('year')).toEqual(['2025-11-15', '2026-01-01']);
    expect(first('month')).toHaveLength(7);
  });

  it('cover the period without a gap: each half hour and hour lies on a local border', () => {
    const days = fc
      .integer({ min: 0, max: 7000 })
      .map((n) => new Date(n * 86_400_000 + at('2010-01-01T00:00:00Z')).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, from) => {
        const { starts, end } = stepsBetween(zone, { from, to: from }, 'half_hour');
        expect(starts.at(0)).toBe(startOf(zone, from));
        for (const [index, start] of starts.entries()) {
          expect((starts[index + 1] ?? end) - start).toBeLessThanOrEqual(1_800_000);
          expect(stepOf(zone, start)).toBe(start);
          expect(dayOf(zone, start)).toBe(from);
        }
      }),
    );
  });
});

describe('periods to compare with', () => {
  it('are whole months before whole months, else as many days', () => {
    expect(previousPeriod({ from: '2026-03-01', to: '2026-03-31' })).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
    expect(previousPeriod({ from: '2026-01-01', to: '2026-03-31' })).toEqual({
      from: '2025-10-01',
      to: '2025-12-31',
    });
    expect(previousPeriod({ from: '2026-11-16', to: '2026-11-22' })).toEqual({
      from: '2026-11-09',
      to: '2026-11-15',
    });
    expect(previousPeriod({ from: '2026-11-23', to: '2026-11-23' })).toEqual({
      from: '2026-11-22',
      to: '2026-11-22',
    });
  });

  it('are the same dates last year, of whole weeks the same weekdays', () => {
    expect(sameLastYear({ from: '2024-02-01', to: '2024-02-29' })).toEqual({
      from: '2023-02-01',
      to: '2023-02-28',
    });
    expect(sameLastYear({ from: '2024-02-29', to: '2024-02-29' })).toEqual({
      from: '2023-02-28',
      to: '2023-02-28',
    });
    expect(sameLastYear({ from: '2026-11-16', to: '2026-11-22' })).toEqual({
      from: '2025-11-17',
      to: '2025-11-23',
    });
  });

  it('last as long as the period, save where months differ', () => {
    expect(daysIn({ from: '2026-01-01', to: '2026-12-31' })).toBe(365);
    expect(daysIn(previousPeriod({ from: '2026-11-18', to: '2026-11-20' }))).toBe(3);
  });
});
