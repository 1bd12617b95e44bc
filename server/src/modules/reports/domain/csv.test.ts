import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, isRisky } from './csv.ts';
import type { Cell } from './document.ts';

const column = (title: string) => ({ title, kind: 'text' as const, unit: '', width: 10 });
const read = (csv: string): string[][] => parse(csv, { bom: true });
const withText = (...texts: string[]): string[][] =>
  read(
    csvOf({ columns: [column('a')], rows: texts.map((value) => [{ value, kind: 'text' }]) }),
  ).slice(1);

test('text that a spreadsheet would run becomes text, numbers stay numbers', () => {
  const risky = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '＝cmd',
    '=HYPERLINK("http://x","y")',
  ];
  expect(withText(...risky).flat()).toEqual(risky.map((text) => `'${text}`));
  expect(withText('售后 A=B', 'a-b', '50%').flat()).toEqual(['售后 A=B', 'a-b', '50%']);
  const numbers: Cell[][] = [
    [{ value: -12.5, kind: 'seconds' }],
    [{ value: null, kind: 'percent' }],
  ];
  expect(csvOf({ columns: [column('n')], rows: numbers })).toBe('\uFEFFn\r\n-12.5\r\n\r\n');
});

test('any text is read back as it was, safe ones unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const csv = csvOf({
        columns: [column('a'), column('b')],
        rows: [
          [
            { value: text, kind: 'text' },
            { value: 1, kind: 'count' },
          ],
        ],
      });
      expect(read(csv)[1]).toEqual([isRisky(text) ? `'${text}` : text, '1']);
    }),
  );
});
