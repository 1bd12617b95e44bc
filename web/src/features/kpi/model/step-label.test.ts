// @vitest-environment node
import { beforeAll, expect, test, vi } from 'vitest';
import { stepDay, stepName, stepTick } from './step-label.ts';

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});
const zone = 'Asia/Shanghai';

test('steps are told by the clock of the centre', () => {
  const since = '2026-11-22T16:30:00Z';
  expect(stepTick(since, { step: 'half_hour', zone, isOneDay: true })).toBe('00:30');
  expect(stepName({ since, until: '2026-11-22T17:00:00Z' }, { step: 'half_hour', zone })).toBe(
    'Mon, Nov 23, 2026 00:30–01:00',
  );
  expect(stepDay(since, zone)).toBe('2026-11-23');
});

test('the year is left out where it goes without saying', () => {
  const span = { since: '2026-11-22T16:00:00Z', until: '2026-11-23T16:00:00Z' };
  expect(stepName(span, { step: 'day', zone, isOneYear: true })).toBe('Mon, Nov 23');
});

test('a week is told with its last day, a quarter with its number', () => {
  const span = { since: '2026-11-15T16:00:00Z', until: '2026-11-22T16:00:00Z' };
  expect(stepName(span, { step: 'week', zone })).toBe('11/16/2026 – 11/22');
  expect(stepTick('2026-09-30T16:00:00Z', { step: 'quarter', zone, isOneDay: false })).toBe(
    '2026 Q4',
  );
});
