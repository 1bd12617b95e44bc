import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIcs } from './ics.ts';

const calendarOf = (...events: string[]): string =>
  `BEGIN:VCALENDAR\nVERSION:2.0\n${events
    .map((lines) => `BEGIN:VEVENT\n${lines}\nEND:VEVENT\n`)
    .join('')}END:VCALENDAR`;
const daysOff = async (from: string, ...events: string[]): Promise<string[]> =>
  [...(await readIcs(calendarOf(...events), from)).off.keys()].toSorted();

test('an iCalendar file gives its days, those that recur and those worked too', async () => {
  const event = (lines: string): string => `BEGIN:VEVENT\n${lines}\nEND:VEVENT\n`;
  const text = `BEGIN:VCALENDAR\nVERSION:2.0\n${event(
    'UID:1\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas',
  )}${event(
    'UID:2\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nSUMMARY:Labour day',
  )}${event('UID:3\nDTSTART;VALUE=DATE:20261010\nSUMMARY:国庆节(班)')}END:VCALENDAR`;
  const { off, work } = await readIcs(text, '2026-01-01');
  expect([...off.keys()].toSorted()).toEqual([
    '2026-05-01',
    '2026-12-24',
    '2026-12-25',
    '2026-12-26',
    '2027-05-01',
  ]);
  expect([...work.keys()]).toEqual(['2026-10-10']);
});

test('what is no calendar is refused', async () => {
  await expect(readIcs('hello', '2026-01-01')).rejects.toThrow(/calendar|invalid|ical/i);
});

const DAY_MS = 86_400_000;
const dayOf = (date: string): number => Date.parse(date) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const icsDay = (day: number): string => dateOf(day).replaceAll('-', '');

test('what recurs by days or weeks falls on its days of the window, however long ago it began', async () => {
  const from = dayOf('2026-11-24');
  const cases = fc.record({
    first: fc.integer({ min: dayOf('1601-01-01'), max: from + 900 }),
    every: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom({ freq: 'DAILY', days: 1 }, { freq: 'WEEKLY', days: 7 }),
    length: fc.integer({ min: 1, max: 9 }),
    last: fc.option(fc.integer({ min: from - 40, max: from + 900 })),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ first, every, unit, length, last }) => {
      const until = last === null ? '' : `;UNTIL=${icsDay(last)}`;
      const found = await daysOff(
        dateOf(from),
        `UID:1\nDTSTART;VALUE=DATE:${icsDay(first)}\nDURATION:P${length}D\nRRULE:FREQ=${unit.freq};INTERVAL=${every}${until}`,
      );
      const turn = every * unit.days;
      const isOff = (day: number): boolean => {
        for (let begin = day; begin > day - length && begin >= first; begin--) {
          if ((begin - first) % turn === 0 && begin <= (last ?? begin)) return true;
        }
        return false;
      };
      const days = Array.from({ length: 800 }, (_, ahead) => from + ahead);
      expect(found).toEqual(days.filter(isOff).map(dateOf));
    }),
    { numRuns: 60 },
  );
});

test('weekdays of a week keep their turn, a rule that counts is counted from its first date', async () => {
  const every = (rule: string) => `UID:1\nDTSTART;VALUE=DATE:19800102\nRRULE:FREQ=WEEKLY;${rule}`;
  // 1980-01-02 was a Wednesday, and so is 2026-11-25; the Monday before the first date is none.
  const both = await daysOff('2026-11-24', every('BYDAY=MO,WE'));
  expect(both.slice(0, 3)).toEqual(['2026-11-25', '2026-11-30', '2026-12-02']);
  // 2447 weeks later.
  expect(await daysOff('2026-11-24', every('COUNT=2448'))).toEqual(['2026-11-25']);
  expect(await daysOff('2026-11-24', every('COUNT=2447'))).toEqual([]);
});

test('dates named one by one count, those excluded do not', async () => {
  const found = await daysOff(
    '2026-11-24',
    'UID:1\nDTSTART;VALUE=DATE:20000105\nRRULE:FREQ=WEEKLY;UNTIL=20261231\nEXDATE;VALUE=DATE:20261202,20261216',
    'UID:2\nDTSTART;VALUE=DATE:20261124\nRDATE;VALUE=DATE:20261205,20270101',
  );
  expect(found).toEqual([
    '2026-11-24',
    '2026-11-25',
    '2026-12-05',
    '2026-12-09',
    '2026-12-23',
    '2026-12-30',
    '2027-01-01',
  ]);
});

test('a file made to keep the reader busy ends, and spoils nothing beside it', async () => {
  const start = 'UID:1\nDTSTART;VALUE=DATE:00010101\n';
  const christmas = 'UID:2\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas';
  for (const rule of [
    // No such day.
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=WEEKLY;INTERVAL=2;BYMONTH=13',
    'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=DAILY;INTERVAL=999999999999',
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30',
  ]) {
    const found = await daysOff('2026-11-24', `${start}RRULE:${rule}`, christmas).catch(() => null);
    expect(found ?? ['2026-12-25'], rule).toContain('2026-12-25');
  }
  const long = `${start}DURATION:P99999999W`;
  expect(await daysOff('2026-11-24', long)).toHaveLength(800);
  const many = Array.from({ length: 60 }, () => `${start}RRULE:FREQ=DAILY;COUNT=999999999`);
  await expect(daysOff('2026-11-24', ...many)).rejects.toThrow('too many');
});
