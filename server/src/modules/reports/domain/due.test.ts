import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localStamp, localTime, nextDue } from './due.ts';
import type { Rhythm } from './due.ts';

const at = (text: string): number => Date.parse(text);
const next = (rhythm: Rhythm, zone: string, after: string): string =>
  localStamp(zone, nextDue(rhythm, zone, at(after)));
const eight = { rhythm: 'daily', day: 1, minute: 480 } as const;

describe('the next time a schedule is due', () => {
  test('is today while its time is still to come, and tomorrow from that minute on', () => {
    expect(next(eight, 'Asia/Shanghai', '2026-11-23T07:59:59+08:00')).toBe(
      '2026-11-23T08:00+08:00',
    );
    expect(next(eight, 'Asia/Shanghai', '2026-11-23T08:00:00+08:00')).toBe(
      '2026-11-24T08:00+08:00',
    );
  });

  test('is on its weekday, and on the last day of months that lack its day', () => {
    const friday = { rhythm: 'weekly', day: 5, minute: 0 } as const;
    expect(next(friday, 'Asia/Shanghai', '2026-11-23T12:00:00+08:00')).toBe(
      '2026-11-27T00:00+08:00',
    );
    const thirtyFirst = { rhythm: 'monthly', day: 31, minute: 600 } as const;
    expect(next(thirtyFirst, 'UTC', '2026-01-31T10:00:00Z')).toBe('2026-02-28T10:00+00:00');
    expect(next(thirtyFirst, 'UTC', '2026-02-28T10:00:00Z')).toBe('2026-03-31T10:00+00:00');
  });

  test('keeps the local time over clock changes, comes once in a repeated hour and at the change in a skipped one', () => {
    expect(next(eight, 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T08:00+02:00');
    const halfPastTwo = { ...eight, minute: 150 };
    expect(next(halfPastTwo, 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe(
      '2026-03-29T03:00+02:00',
    );
    expect(next(halfPastTwo, 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe(
      '2026-10-25T02:30+02:00',
    );
    expect(next(halfPastTwo, 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe(
      '2026-10-26T02:30+01:00',
    );
  });

  test('comes for every day exactly once, whatever the zone', () => {
    const zones = [
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 360 }),
        (zone, minute, day) => {
          const dates: string[] = [];
          let due = at('2026-01-01T12:00:00Z') + day * 86_400_000;
          for (let i = 0; i < 20; i++) {
            const following = nextDue({ ...eight, minute }, zone, due);
            expect(following).toBeGreaterThan(due);
            due = following;
            dates.push(localTime(zone, due).slice(0, 10));
          }
          const days = dates.map((date) => Date.parse(date) / 86_400_000);
          expect(days.every((one, i) => i === 0 || one === (days[i - 1] ?? 0) + 1)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
