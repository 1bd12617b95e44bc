import { expect, test } from 'vitest';
import type { Cell, ReportRow, ReportView } from '@yingda/contract';
import { bandStretches, linesOf, maxLines, shownRow, standing } from './trend.ts';

const counts = (contacts: number): Cell['counts'] => ({
  contacts,
  answered: contacts,
  abandoned: 0,
  blocked: 0,
  selfServed: 0,
  handled: contacts,
  withinServiceLevel: contacts,
});
const cell = (value: number | null, contacts = 10): Cell => ({
  counts: counts(contacts),
  values: { service_level: value },
});
const row = (key: string, contacts: number): ReportRow => ({
  key,
  name: `group ${key}`,
  total: cell(80, contacts),
  points: [cell(70), cell(null)],
});
const steps = ['2026-05-30T16:00:00Z', '2026-05-31T16:00:00Z'];
const view: ReportView = {
  from: '2026-05-31',
  to: '2026-06-01',
  timeZone: 'Asia/Shanghai',
  step: 'day',
  by: 'queue',
  standards: ['service_level'],
  steps,
  end: '2026-06-01T16:00:00Z',
  whole: { key: '', name: '', total: cell(82), points: [cell(81), cell(83)] },
  rows: Array.from({ length: 9 }, (_, index) => row(String(index), index)),
  comparisons: [
    { kind: 'previous', from: '2026-05-29', to: '2026-05-30', total: cell(90), points: [cell(90)] },
  ],
  bands: {
    service_level: [
      { from: '2026-01-01', low: 80, high: null, norm: 80 },
      { from: '2026-06-01', low: 90, high: null, norm: 80 },
    ],
  },
  missing: {},
  settings: {
    serviceLevelSeconds: 20,
    shortAbandonSeconds: 20,
    shortAbandonsInServiceLevel: true,
    repeatWindowDays: 7,
    occupancy: 'source',
    ringSeconds: 5,
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
  },
};

test('the chart shows the largest groups under the whole, and earlier periods when asked for', () => {
  const lines = linesOf(view, 'service_level', { row: undefined, compare: ['previous'] });
  expect(lines.map(({ kind }) => kind)).toEqual([
    'previous',
    ...Array.from({ length: maxLines }, () => 'group'),
    'main',
  ]);
  expect(lines[0]?.values).toEqual([90, null]);
  expect(lines[1]?.key).toBe('8');
  expect(lines.at(-1)?.values).toEqual([81, 83]);
});

test('a chosen group stands alone with its own past, and one that is not there is the whole', () => {
  const alone = linesOf(view, 'service_level', { row: '3', compare: ['previous'] });
  expect(alone.map(({ key }) => key)).toEqual(['previous', '3']);
  expect(shownRow(view, 'gone')).toBe(view.whole);
});

test('a target that changed makes a step in the band, on the day of the centre', () => {
  const stretches = bandStretches(steps, view.timeZone, view.bands.service_level);
  expect(stretches.map(({ first, last, band }) => [first, last, band.low])).toEqual([
    [0, 0, 80],
    [1, 1, 90],
  ]);
  expect(standing(83, stretches[0]?.band)).toBe('in');
  expect(standing(83, stretches[1]?.band)).toBe('below');
  expect(bandStretches(steps, view.timeZone, undefined)).toEqual([]);
});
