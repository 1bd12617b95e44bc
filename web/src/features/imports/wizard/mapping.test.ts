import { ImportMapping } from '@yingda/contract';
import type { InspectedColumn, InspectionView } from '@yingda/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySaved, columnOf, roleGroups, setReading, setRole, undecidedOf } from './mapping.ts';

const column = (place: number, header: string, more: Partial<InspectedColumn> = {}) =>
  ({
    column: place,
    header,
    role: 'ignore',
    reason: { code: 'x', params: {} },
    format: null,
    possibleFormats: [],
    formatReason: null,
    unit: null,
    unitReason: null,
    examples: [],
    distinct: 0,
    values: [],
    ...more,
  }) satisfies InspectedColumn;
const columns = [
  column(0, '来电时间', { possibleFormats: ['dmy', 'mdy'] }),
  column(1, '等待', { unit: 'clock' }),
  column(2, '结果', {
    values: [
      { value: '接通', count: 9 },
      { value: '挂断', count: 2 },
    ],
  }),
];
const none = ImportMapping.parse({});
const inspection = {
  hasHeader: true,
  header: columns.map(({ header }) => header),
  columns,
  mapping: none,
} as unknown as InspectionView;
const [time, wait, outcome] = columns as [InspectedColumn, InspectedColumn, InspectedColumn];

test('a role brings the format or unit that was found, and none where two fit', () => {
  const mapping = setRole(setRole(none, time, 'arrived_at'), wait, 'wait');
  expect(columnOf(mapping, 0, '')).toMatchObject({ role: 'arrived_at', format: null, unit: null });
  expect(columnOf(mapping, 1, '')).toMatchObject({ role: 'wait', format: null, unit: 'clock' });
  expect(columnOf(mapping, 2, '结果').role).toBe('ignore');
});

test('a role that belongs to one column leaves the column that had it', () => {
  const mapping = setRole(setRole(none, time, 'arrived_at'), wait, 'arrived_at');
  expect(mapping.columns.map(({ role }) => role)).toEqual(['ignore', 'arrived_at']);
  const keys = setRole(setRole(none, time, 'key'), wait, 'key');
  expect(keys.columns.map(({ role }) => role)).toEqual(['key', 'key']);
});

test('what is open is told: arrival, times that could be two, outcomes without a meaning', () => {
  expect(undecidedOf(none, inspection)).toEqual([{ code: 'no_arrival' }]);
  const mapping = setRole(setRole(none, time, 'arrived_at'), outcome, 'outcome');
  expect(undecidedOf(mapping, inspection)).toEqual([
    { code: 'format', header: '来电时间' },
    { code: 'outcomes', values: ['接通', '挂断'] },
  ]);
  const decided = {
    ...setReading(mapping, time, { format: 'mdy' }),
    outcomes: { 接通: 'answered', 挂断: 'abandoned' },
  } satisfies ImportMapping;
  expect(undecidedOf(decided, inspection)).toEqual([]);
});

test('a saved mapping finds its columns again when their order changed', () => {
  const saved = setReading(setRole(setRole(none, time, 'arrived_at'), wait, 'wait'), time, {
    format: 'mdy',
  });
  const turned = {
    ...inspection,
    header: [' 等待 ', '新列', '来电时间'],
    columns: [column(0, ' 等待 '), column(1, '新列'), column(2, '来电时间')],
  } as unknown as InspectionView;
  expect(applySaved(saved, turned).columns).toMatchObject([
    { column: 2, role: 'arrived_at', format: 'mdy' },
    { column: 0, role: 'wait', unit: 'clock' },
  ]);
  const short = { ...turned, header: ['x'], columns: [column(0, 'x')] } as InspectionView;
  expect(applySaved(saved, short).columns).toEqual([]);
});

test('no order of choices gives a single role to two columns', () => {
  const roles = Object.values(roleGroups).flat();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...columns), fc.constantFrom(...roles)), { maxLength: 12 }),
      (steps) => {
        const mapping = steps.reduce((now, [one, role]) => setRole(now, one, role), none);
        const single = mapping.columns
          .map(({ role }) => role)
          .filter((role) => role !== 'key' && role !== 'ignore');
        expect(new Set(single).size).toBe(single.length);
        expect(mapping.columns.map((one) => one.column)).toEqual(
          mapping.columns.map((one) => one.column).toSorted((a, b) => a - b),
        );
      },
    ),
  );
});
