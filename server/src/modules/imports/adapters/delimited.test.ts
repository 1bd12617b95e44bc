import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_LINE, recordsOf } from './delimited.ts';
import type { Records } from './delimited.ts';
import { decoded } from './text.ts';

async function* cut(text: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < text.length; start += size) yield text.subarray(start, start + size);
}
async function read(text: string | Buffer, size = 7, encoding: 'utf-8' | 'gb18030' = 'utf-8') {
  const all: Records = { rows: [], faults: [] };
  for await (const part of recordsOf(decoded(cut(Buffer.from(text), size), encoding), ',')) {
    all.rows.push(...part.rows);
    all.faults.push(...part.faults);
  }
  return all;
}

test('rows are split at delimiters outside quotes only, with the line each begins on', async () => {
  const { rows, faults } = await read('a,b\n"x,1","he said ""no"""\n"two\nlines",z\n\nlast,row');
  expect(rows).toEqual([
    { fields: ['a', 'b'], line: 1 },
    { fields: ['x,1', 'he said "no"'], line: 2 },
    { fields: ['two\nlines', 'z'], line: 3 },
    { fields: ['last', 'row'], line: 6 },
  ]);
  expect(faults).toEqual([]);
});

test('line ends of all kinds in one file end lines', async () => {
  const { rows } = await read('a,1\r\nb,2\nc,3\rd,4\r', 2);
  expect(rows.map(({ fields }) => fields.join(''))).toEqual(['a1', 'b2', 'c3', 'd4']);
});

test('a quote that is never closed costs its own line', async () => {
  const { rows, faults } = await read('a,1\nb,"2\nc,3\nd,4\n');
  expect(rows.map(({ fields }) => fields[0])).toEqual(['a', 'c', 'd']);
  expect(faults).toEqual([{ code: 'quote_not_closed', line: 2, text: 'b,"2' }]);
  const long = `a,1\nb,"2\n${'c,3\n'.repeat(30_000)}`;
  const many = await read(long, 60_000);
  expect([many.rows.length, many.faults.length]).toEqual([30_001, 1]);
});

test('a line without end is dropped and told, and reading goes on', async () => {
  const { rows, faults } = await read(`a,1\n${'x'.repeat(3 * MAX_LINE)}\nb,2\n`, 65_536);
  expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  expect(faults).toMatchObject([{ code: 'line_too_long', line: 2 }]);
});

test('GBK and NULs are read', async () => {
  const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x31, 0, 0, 0x0a]);
  expect((await read(gbk, 1, 'gb18030')).rows).toEqual([{ fields: ['中文', '1'], line: 1 }]);
});

test('well-formed tables are read as a known parser reads them', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', ' ', '😀') });
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const text = rows
        .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      const expected: unknown = parse(text, { relax_column_count: true });
      expect((await read(text, size)).rows.map(({ fields }) => fields)).toEqual(expected);
    }),
  );
});
