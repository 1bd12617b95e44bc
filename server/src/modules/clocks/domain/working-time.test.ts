import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen } from './opening-hours.ts';
import type { Hours } from './opening-hours.ts';
import {
  dueAt,
  leftAt,
  pauseClock,
  resumeClock,
  startClock,
  workingCalendar,
} from './working-time.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const off: Hours['week'][number] = [];
const workday = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60 + 30, to: 18 * 60 },
];
const office: Hours = {
  timeZone: 'Asia/Shanghai',
  week: [workday, workday, workday, workday, workday, off, off],
  specialDays: [
    ...['01', '02', '03', '04', '05', '06', '07'].map((day) => ({
      date: `2026-10-${day}`,
      name: '国庆节',
      periods: [],
    })),
    { date: '2026-10-10', name: '国庆节调休', periods: workday },
  ],
};
const at = (text: string): number => Date.parse(text);
const calendar = workingCalendar(office);

describe('a deadline', () => {
  test('of two hours taken in before lunch ends after it', () => {
    expect(calendar.add(at('2026-11-23T11:00+08:00'), 2 * HOUR)).toBe(at('2026-11-23T14:30+08:00'));
  });
  test('of two hours taken in on Friday evening ends on Monday', () => {
    expect(calendar.add(at('2026-11-20T17:00+08:00'), 2 * HOUR)).toBe(at('2026-11-23T10:00+08:00'));
  });
  test('passes over the holiday and counts the Saturday worked for it', () => {
    const twoDays = 2 * 7.5 * HOUR;
    expect(calendar.add(at('2026-09-30T18:00+08:00'), twoDays)).toBe(at('2026-10-09T18:00+08:00'));
    expect(calendar.add(at('2026-10-09T09:00+08:00'), twoDays)).toBe(at('2026-10-10T18:00+08:00'));
  });
  test('that fills the day ends with it, not with the next morning', () => {
    expect(calendar.add(at('2026-11-23T09:00+08:00'), 7.5 * HOUR)).toBe(
      at('2026-11-23T18:00+08:00'),
    );
  });
  test('never comes in a calendar without working time', () => {
    const never = workingCalendar({
      ...office,
      week: [[], [], [], [], [], [], []],
      specialDays: [],
    });
    expect(never.add(0, 1)).toBeNull();
    expect(never.between(0, 1e12)).toBe(0);
  });
});

describe('a clock change', () => {
  const night = (timeZone: string): Hours => ({
    timeZone,
    week: [0, 1, 2, 3, 4, 5, 6].map(() => [{ from: 0, to: 240 }]),
    specialDays: [],
  });
  const berlin = workingCalendar(night('Europe/Berlin'));
  test('takes an hour from the night it is set forward', () => {
    expect(berlin.between(at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z'))).toBe(3 * HOUR);
  });
  test('gives an hour to the night it is set back', () => {
    expect(berlin.between(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'))).toBe(5 * HOUR);
  });
  test('of half an hour is right too', () => {
    const island = workingCalendar(night('Australia/Lord_Howe'));
    expect(island.between(at('2026-10-03T02:00Z'), at('2026-10-04T02:00Z'))).toBe(3.5 * HOUR);
  });
});

describe('a clock', () => {
  test('that was paused goes on with the remainder', () => {
    const begun = startClock(2 * HOUR, at('2026-11-23T09:00+08:00'));
    const paused = pauseClock(calendar, begun, at('2026-11-23T10:30+08:00'));
    expect(paused.leftMs).toBe(0.5 * HOUR);
    expect(dueAt(calendar, paused)).toBeNull();
    const resumed = resumeClock(paused, at('2026-11-24T17:45+08:00'));
    expect(dueAt(calendar, resumed)).toBe(at('2026-11-25T09:15+08:00'));
    expect(leftAt(calendar, resumed, at('2026-11-25T10:15+08:00'))).toBe(-HOUR);
  });
});

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const periods = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 })
  .map((edges) => {
    const sorted = edges.toSorted((a, b) => a - b);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({
      from: sorted[2 * i] ?? 0,
      to: sorted[2 * i + 1] ?? 0,
    }));
  });
const anyHours: fc.Arbitrary<Hours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  week: fc.array(periods, { minLength: 7, maxLength: 7 }),
  specialDays: fc.array(
    fc.record({
      date: fc
        .integer({ min: 0, max: 700 })
        .map((day) => new Date(at('2026-01-01') + day * 86_400_000).toISOString().slice(0, 10)),
      name: fc.constant(''),
      periods,
    }),
    { maxLength: 10 },
  ),
});
const instant = fc
  .integer({ min: at('2026-01-01') / MINUTE, max: at('2027-12-01') / MINUTE })
  .map((minute) => minute * MINUTE);
const duration = fc.integer({ min: 0, max: 400 * HOUR });

describe('working time', () => {
  test('is additive', () => {
    fc.assert(
      fc.property(anyHours, instant, instant, instant, (hours, a, b, c) => {
        const { between } = workingCalendar(hours);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
    );
  });
  test('of a deadline is what was asked for, and the deadline the first such instant', () => {
    fc.assert(
      fc.property(anyHours, instant, duration, (hours, from, ms) => {
        const { add, between } = workingCalendar(hours);
        const due = add(from, ms);
        if (due === null) return;
        expect(between(from, due)).toBe(ms);
        if (ms > 0) expect(between(from, due - 1)).toBe(ms - 1);
      }),
    );
  });
  test('never makes a later start due earlier', () => {
    fc.assert(
      fc.property(
        anyHours,
        instant,
        fc.integer({ min: 0, max: 1000 * HOUR }),
        duration,
        (hours, from, later, ms) => {
          const { add } = workingCalendar(hours);
          const [first, second] = [add(from, ms), add(from + later, ms)];
          if (first !== null && second !== null) expect(second).toBeGreaterThanOrEqual(first);
        },
      ),
    );
  });
  test('is the time somebody is there, minute by minute', () => {
    fc.assert(
      fc.property(anyHours, instant, fc.integer({ min: 1, max: 3000 }), (hours, from, minutes) => {
        // Special days given twice are refused at the door.
        const dates = new Set(hours.specialDays.map(({ date }) => date));
        fc.pre(dates.size === hours.specialDays.length);
        let open = 0;
        for (let minute = 0; minute < minutes; minute++) {
          if (isOpen(hours, new Date(from + minute * MINUTE))) open += MINUTE;
        }
        expect(workingCalendar(hours).between(from, from + minutes * MINUTE)).toBe(open);
      }),
      { numRuns: 40 },
    );
  });
  test('left after pauses and resumptions is what was not worked', () => {
    fc.assert(
      fc.property(
        anyHours,
        instant,
        fc.array(fc.integer({ min: 1, max: 100 * HOUR }), { maxLength: 8 }),
        (hours, from, gaps) => {
          const own = workingCalendar(hours);
          let clock = startClock(500 * HOUR, from);
          let [now, worked] = [from, 0];
          gaps.forEach((gap, index) => {
            const isRunning = index % 2 === 0;
            if (isRunning) worked += own.between(now, now + gap);
            now += gap;
            clock = isRunning ? pauseClock(own, clock, now) : resumeClock(clock, now);
          });
          expect(leftAt(own, clock, now)).toBe(500 * HOUR - worked);
        },
      ),
    );
  });
});
