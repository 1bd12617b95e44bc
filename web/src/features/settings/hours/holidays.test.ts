import { expect, test } from 'vitest';
import { chineseCalendar, readChineseDays, withHolidays, years } from './holidays.ts';

const workPeriods = [{ from: 540, to: 1080 }];

test('the official calendar gives days off and the Sundays worked for them', async () => {
  const calendar = await chineseCalendar('zh-CN');
  expect(years(calendar)).toContain(2026);
  const days = withHolidays([], calendar, { year: 2026, from: '2026-01-01', workPeriods });
  expect(days.filter(({ periods }) => periods.length === 0)).toHaveLength(33);
  expect(days.find(({ date }) => date === '2026-10-01')).toEqual({
    date: '2026-10-01',
    name: '国庆节',
    periods: [],
  });
  // 2026-09-20 is a Sunday.
  expect(days.find(({ date }) => date === '2026-09-20')).toMatchObject({ periods: workPeriods });
});

test('adding a year again changes nothing, and own days stay', async () => {
  const calendar = await chineseCalendar('en');
  const own = [{ date: '2026-07-07', name: 'Company outing', periods: [] }];
  const once = withHolidays(own, calendar, { year: 2026, from: '2026-01-01', workPeriods });
  expect(withHolidays(once, calendar, { year: 2026, from: '2026-01-01', workPeriods })).toEqual(
    once,
  );
  expect(once).toContainEqual(own[0]);
});

test('days that are over are not added or changed', async () => {
  const calendar = await chineseCalendar('en');
  const own = [{ date: '2026-10-01', name: 'We worked', periods: workPeriods }];
  for (const year of [2026, null]) {
    const days = withHolidays(own, calendar, { year, from: '2026-10-05', workPeriods });
    expect(days[0]).toEqual(own[0]);
    expect(days[1]?.date).toBe('2026-10-05');
  }
});

test('a newer file of the official calendar is read', () => {
  const calendar = readChineseDays(
    { holidays: { '2027-01-01': "New Year's Day,元旦,1" }, workdays: {} },
    'en',
  );
  expect(withHolidays([], calendar, { year: 2027, from: '2026-11-23', workPeriods })).toEqual([
    { date: '2027-01-01', name: "New Year's Day", periods: [] },
  ]);
});
