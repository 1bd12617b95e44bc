import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursFaults, isOpen, nextChange } from './domain/opening-hours.ts';
import type { Hours } from './domain/opening-hours.ts';

const nineToSix = [
  { from: 540, to: 720 },
  { from: 780, to: 1080 },
];
const office: Hours = {
  timeZone: 'Asia/Shanghai',
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
  specialDays: [
    { date: '2026-10-01', name: '国庆节', periods: [] },
    { date: '2026-10-10', name: '国庆节调休', periods: nineToSix },
  ],
};
const at = (text: string): Date => new Date(text);

describe('opening hours', () => {
  test('a period begins with its first minute and ends before its last', () => {
    expect(isOpen(office, at('2026-11-23T08:59:59+08:00'))).toBe(false);
    expect(isOpen(office, at('2026-11-23T09:00:00+08:00'))).toBe(true);
    expect(isOpen(office, at('2026-11-23T11:59:59+08:00'))).toBe(true);
    expect(isOpen(office, at('2026-11-23T12:00:00+08:00'))).toBe(false);
  });

  test('a holiday is closed and a make-up working day open, whatever the weekday says', () => {
    expect(isOpen(office, at('2026-10-01T10:00:00+08:00'))).toBe(false);
    expect(isOpen(office, at('2026-10-10T10:00:00+08:00'))).toBe(true);
    expect(isOpen(office, at('2026-10-17T10:00:00+08:00'))).toBe(false);
  });

  test('the next change leads from Friday evening over the weekend to Monday morning', () => {
    const friday = at('2026-11-27T17:00:00+08:00');
    expect(nextChange(office, friday)).toEqual(at('2026-11-27T18:00:00+08:00'));
    expect(nextChange(office, at('2026-11-27T18:00:00+08:00'))).toEqual(
      at('2026-11-30T09:00:00+08:00'),
    );
  });

  test('periods that meet at midnight are one', () => {
    const night: Hours = {
      timeZone: 'Asia/Shanghai',
      week: [[{ from: 1200, to: 1440 }], [{ from: 0, to: 360 }], [], [], [], [], []],
      specialDays: [],
    };
    expect(nextChange(night, at('2026-11-23T21:00:00+08:00'))).toEqual(
      at('2026-11-24T06:00:00+08:00'),
    );
  });

  test('what never changes has no next change, and a far holiday is seen', () => {
    const always: Hours = {
      timeZone: 'Europe/Berlin',
      week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]),
      specialDays: [],
    };
    expect(nextChange(always, at('2026-01-01T00:00:00Z'))).toBeNull();
    const holiday = { ...always, specialDays: [{ date: '2027-05-01', name: 'x', periods: [] }] };
    expect(nextChange(holiday, at('2026-01-01T00:00:00Z'))).toEqual(
      at('2027-05-01T00:00:00+02:00'),
    );
  });

  test('an hour that the spring change skips is not open, one that autumn repeats is open twice', () => {
    const early: Hours = {
      timeZone: 'Europe/Berlin',
      week: Array.from({ length: 7 }, () => [{ from: 120, to: 180 }]),
      specialDays: [],
    };
    expect(nextChange(early, at('2026-03-28T03:00:00+01:00'))).toEqual(
      at('2026-03-30T02:00:00+02:00'),
    );
    const opened = nextChange(early, at('2026-10-24T03:00:00+02:00'));
    expect(opened).toEqual(at('2026-10-25T02:00:00+02:00'));
    expect(nextChange(early, opened ?? new Date(0))).toEqual(at('2026-10-25T03:00:00+01:00'));
  });

  test('faults name the field: unknown zones, empty and overlapping periods, a day given twice', () => {
    expect(hoursFaults(office)).toEqual([]);
    const wrong: Hours = {
      timeZone: '+08:00',
      week: [[{ from: 600, to: 600 }], [...nineToSix, { from: 700, to: 800 }], [], [], [], [], []],
      specialDays: [
        { date: '2026-10-01', name: '', periods: [] },
        { date: '2026-10-01', name: '', periods: [{ from: 5, to: 1 }] },
      ],
    };
    expect(hoursFaults(wrong).map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'timeZone time_zone_unknown',
      'week.0.0 period_order',
      'week.1 period_overlap',
      'specialDays.1.date date_twice',
      'specialDays.1.periods.0 period_order',
    ]);
    expect(hoursFaults({ ...office, timeZone: 'Mars/Olympus' })).toHaveLength(1);
  });
});

/** Zones with changes by an hour, by half an hour, at midnight, and none. */
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/St_Johns',
  'UTC',
];
/** Instants near the clock changes of 2026 in some of the zones, and elsewhere. */
const instants = fc.oneof(
  fc.date({
    min: at('2026-03-06T00:00:00Z'),
    max: at('2026-04-05T00:00:00Z'),
    noInvalidDate: true,
  }),
  fc.date({
    min: at('2026-10-22T00:00:00Z'),
    max: at('2026-11-03T00:00:00Z'),
    noInvalidDate: true,
  }),
  fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  }),
);
const dayPeriods = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 1440, 120, 150)), {
    maxLength: 6,
  })
  .map((edges) => {
    const sorted = edges.toSorted((one, other) => one - other);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
      from: sorted[index * 2] ?? 0,
      to: sorted[index * 2 + 1] ?? 0,
    }));
  });
const anyHours: fc.Arbitrary<Hours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  week: fc.array(dayPeriods, { minLength: 7, maxLength: 7 }),
  specialDays: fc.uniqueArray(
    fc.record({
      date: fc.constantFrom('2026-03-29', '2026-10-25', '2026-11-01', '2026-03-08', '2026-05-01'),
      name: fc.constant(''),
      periods: dayPeriods,
    }),
    { maxLength: 3, selector: (day) => day.date },
  ),
});

describe('properties of opening hours', () => {
  test('nothing changes before the next change, and it does change there', () => {
    fc.assert(
      fc.property(anyHours, instants, (hours, start) => {
        const open = isOpen(hours, start);
        const change = nextChange(hours, start);
        const threeDays = start.getTime() + 3 * 86_400_000;
        const end = Math.min(change?.getTime() ?? threeDays, threeDays);
        // Clocks change on the quarter hour; periods may begin at any minute.
        for (let instant = start.getTime(); instant < end; instant += 7 * 60_000) {
          expect(isOpen(hours, new Date(instant))).toBe(open);
        }
        if (!change) return;
        expect(change.getTime()).toBeGreaterThan(start.getTime());
        expect(isOpen(hours, new Date(change.getTime() - 1))).toBe(open);
        expect(isOpen(hours, change)).toBe(!open);
      }),
      { numRuns: 400 },
    );
  });

  test('generated calendars without faults are those the rules accept', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        expect(hoursFaults(hours)).toEqual([]);
      }),
    );
  });
});
