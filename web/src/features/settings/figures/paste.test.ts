import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTable, readDates, readNumber } from './paste.ts';

test('a table from a spreadsheet becomes rows and cells, whatever ends its lines', () => {
  expect(parseTable('固定成本\t2026-11-01\t1,200\r\n变动成本\t2026-11-02\t300\r\n')).toEqual([
    ['固定成本', '2026-11-01', '1,200'],
    ['变动成本', '2026-11-02', '300'],
  ]);
  expect(parseTable('a\rb\n\n \t \nc')).toEqual([['a'], ['b'], ['c']]);
});

test('a quoted cell keeps its tabs, breaks and quotes; a lone quote is a letter', () => {
  expect(parseTable('"two\nlines"\t"say ""hi"""\t15" screen\n"open')).toEqual([
    ['two\nlines', 'say "hi"', '15" screen'],
    ['"open'],
  ]);
});

test('whatever is on the clipboard, reading it ends and gives text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(parseTable(text).every((row) => row.some((cell) => cell !== ''))).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', '\t', '\n', 'a', '""')), (signs) => {
      parseTable(signs.join(''));
    }),
  );
});

test('numbers are understood as people write them, and not guessed', () => {
  expect(
    ['1,234.50', '￥1,234', ' 12 ', '1.2万', '８５', '90%', 'CNY20', '3元'].map(readNumber),
  ).toEqual([1234.5, 1234, 12, 12_000, 85, 90, 20, 3]);
  expect(
    ['', '-5', '1,2', '12,34', '1.234,50', 'abc', '1e5', '0x10', 'NaN'].map(readNumber),
  ).toEqual(Array.from({ length: 9 }, () => null));
});

test('days and months are understood in the usual forms', () => {
  const day = { from: '2026-11-03', to: '2026-11-03' };
  for (const typed of ['2026-11-03', '2026/11/3', '2026.11.3', '2026年11月3日', '20261103']) {
    expect(readDates(typed)).toEqual(day);
  }
  expect(readDates('23/11/2026')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  expect(readDates('11/23/2026')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  expect(readDates('2024年2月')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(readDates('2026-11')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
});

test('a day that could be two, and one that is none, are refused', () => {
  expect(readDates('03/04/2026')).toBe('ambiguous_date');
  for (const typed of [
    '',
    'x',
    '2026-02-30',
    '2026-13-01',
    '2026',
    '1/2/26',
    '2026-1-2-3',
    '46349',
  ]) {
    expect(readDates(typed)).toBe('not_a_date');
  }
});
