import { expect, test } from 'vitest';
import { rowFilter, stepSpan, undrilled } from './drill.ts';
import { filterQuery, periodOf, reportSearch, standardsSearch } from './search.ts';

test('a row narrows the filters of the report to itself', () => {
  const filter = { queues: '1,2,3', channel: 'voice' as const };
  expect(rowFilter(filter, { by: 'queue', key: '2' })).toEqual({ queues: '2', channel: 'voice' });
  expect(rowFilter(filter, { by: 'tier', key: 'vip' })).toEqual({ ...filter, tier: 'vip' });
  expect(rowFilter(filter, { by: 'queue', key: '' })).toBe(filter);
  expect(rowFilter(filter, { by: 'none', key: '' })).toBe(filter);
});

test('a step ends where the next one begins, the last at the end of the period', () => {
  const report = {
    steps: ['2026-11-01T00:00:00+08:00', '2026-11-02T00:00:00+08:00'],
    end: '2026-11-03T00:00:00+08:00',
  };
  expect(stepSpan(report, 0)).toEqual({ since: report.steps[0], until: report.steps[1] });
  expect(stepSpan(report, 1)).toEqual({ since: report.steps[1], until: report.end });
  expect(stepSpan(report, 2)).toBeUndefined();
});

test('closing the drill keeps the rest of the address', () => {
  const search = reportSearch({ standards: 'abandonment', step: 'day', drill: 'abandonment' });
  expect(undrilled(search)).toMatchObject({ standards: 'abandonment', step: 'day' });
  expect(undrilled(search).drill).toBeUndefined();
});

test('an address with nonsense in it reads as one without', () => {
  expect(
    filterQuery(
      standardsSearch({ queues: '1,x', channel: 'pigeon', from: '2026-13-01', to: '2026-11-02' }),
    ),
  ).toEqual({});
  expect(reportSearch({ standards: 'nothing,rings', step: 'minute' })).toMatchObject({
    standards: 'rings',
    step: undefined,
  });
  expect(reportSearch({ queues: 7, of: 12 })).toMatchObject({ queues: '7', of: '12' });
});

test('own dates go before a preset, and no period is this month', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(periodOf({ from: '2026-01-01', to: '2026-01-02' }, 'UTC', now).from).toBe('2026-01-01');
  expect(periodOf({}, 'UTC', now)).toEqual({ from: '2026-11-01', to: '2026-11-23' });
  expect(periodOf({ period: 'last_week' }, 'UTC', now)).toEqual({
    from: '2026-11-16',
    to: '2026-11-22',
  });
});

test('today is told by the zone of the centre', () => {
  const now = Date.parse('2026-11-22T17:00:00Z');
  expect(periodOf({ period: 'today' }, 'Asia/Shanghai', now).from).toBe('2026-11-23');
  expect(periodOf({ period: 'today' }, 'America/New_York', now).from).toBe('2026-11-22');
});
