import { zipSync, strToU8 } from 'fflate';
import ExcelJS from 'exceljs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { xlsxRows, xlsxSample } from './xlsx.ts';
import { styleOf } from './xlsx-cells.ts';

const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(path: string, sheet: string | null = null): Promise<string[][]> {
  const all: string[][] = [];
  for await (const rows of xlsxRows(path, sheet)) all.push(...rows.map(({ fields }) => fields));
  return all;
}

test('cells are read as people see them', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('空');
  const sheet = book.addWorksheet('通话');
  sheet.addRow(['到达', '等待', '坐席', '数']);
  sheet.addRow([new Date('2026-11-23T14:05:06Z'), 5, '张三', 1.5]);
  sheet.addRow([
    new Date('2026-11-24T00:00:00Z'),
    null,
    { richText: [{ text: '李' }, { text: '四' }] },
    0,
  ]);
  const wait = sheet.getCell('B2');
  wait.value = 65 / 86_400;
  wait.numFmt = '[h]:mm:ss';
  sheet.getColumn(1).numFmt = 'yyyy-mm-dd hh:mm:ss';
  const path = join(folder, 'a.xlsx');
  await book.xlsx.writeFile(path);
  expect(await rowsOf(path, '通话')).toEqual([
    ['到达', '等待', '坐席', '数'],
    ['2026-11-23 14:05:06', '0:01:05', '张三', '1.5'],
    ['2026-11-24', '', '李四', '0'],
  ]);
  expect((await xlsxSample(path, null)).sheets).toEqual(['空', '通话']);
  await expect(rowsOf(path, 'other')).rejects.toMatchObject({ code: 'import.sheet_not_found' });
});

const book = (sheet: string, more: Record<string, Uint8Array> = {}): string => {
  const path = join(folder, `${Math.random()}.xlsx`);
  const files = {
    'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
    ),
    'xl/worksheets/s.xml': strToU8(sheet),
    ...more,
  };
  writeFileSync(path, zipSync(files));
  return path;
};

test('how much of a workbook was read is told while it is read', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, i) => `<row r="${i + 1}"><c t="s"><v>${i % 2_000}</v></c><c><v>${i}</v></c></row>`,
  );
  const strings = Array.from({ length: 2_000 }, (_, i) => `<si><t>${'长'.repeat(60)}${i}</t></si>`);
  const path = book(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`, {
    'xl/sharedStrings.xml': strToU8(`<sst>${strings.join('')}</sst>`),
  });
  const seen: { share: number; rows: number }[] = [];
  let [share, count] = [0, 0];
  for await (const part of xlsxRows(path, null, (now) => (share = now))) {
    count += part.length;
    seen.push({ share, rows: count });
  }
  expect(seen.at(-1)).toEqual({ share: 1, rows: 20_000 });
  const inside = seen.filter((one) => one.share > 0 && one.share < 1);
  // While the texts are read, too: no row is there yet.
  expect(inside.some((one) => one.rows === 0)).toBe(true);
  expect(inside.some((one) => one.rows > 0)).toBe(true);
  expect(seen.map((one) => one.share)).toEqual(
    seen.map((one) => one.share).toSorted((a, b) => a - b),
  );
});

test('a workbook that would fill the memory is refused', async () => {
  const zeros = new Uint8Array(64 * 1024 * 1024);
  const bomb = book('<worksheet/>', { 'xl/media/x': zeros });
  await expect(rowsOf(bomb)).rejects.toMatchObject({ code: 'import.zip_bomb' });
});

test('what is no workbook is told as such', async () => {
  const path = join(folder, 'bad.xlsx');
  writeFileSync(path, 'PK\u0003\u0004rubbish');
  await expect(rowsOf(path)).rejects.toMatchObject({ code: 'import.unreadable' });
  await expect(rowsOf(book('<worksheet><row><c'))).rejects.toMatchObject({
    code: 'import.unreadable',
  });
  const entities = '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>';
  await expect(rowsOf(book(entities))).rejects.toMatchObject({ code: 'import.unreadable' });
});

test('references far to the right cost no memory', async () => {
  const sheet =
    '<worksheet><row r="7"><c r="XFD7"><v>1</v></c><c r="B7"><v>2</v></c></row></worksheet>';
  expect(await rowsOf(book(sheet))).toEqual([['', '2']]);
});

test.each([
  [14, undefined, 'date'],
  [46, undefined, 'time'],
  [2, undefined, 'plain'],
  [165, 'yyyy"年"m"月"d"日"', 'date'],
  [166, '[$-409]h:mm AM/PM', 'time'],
  [167, '#,##0.00 "days"', 'plain'],
  [168, '[Red]0.0', 'plain'],
] as const)('format %s %s is %s', (id, code, style) => expect(styleOf(id, code)).toBe(style));
