import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { render } from './adapters/render.ts';
import { workbookOf } from './adapters/xlsx/index.ts';
import { sheetName, xmlText } from './adapters/xlsx/xml.ts';
import { reportDocument } from './domain/report-document.ts';
import { standardsDocument } from './domain/standards-document.ts';
import { sampleFrame, sampleReport, sampleStandards } from './testing.ts';

async function open(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  return book;
}

test('numbers are numbers with their formats, in the value that the report has', async () => {
  const view = sampleReport();
  const book = await open(workbookOf(reportDocument(view, sampleFrame())));
  const steps = book.getWorksheet('按时段');
  const header = (steps?.getRow(1).values ?? []) as string[];
  const column = (title: string) => header.findIndex((text) => text?.startsWith(title));
  view.whole.points.forEach((point, i) => {
    const row = steps?.getRow(i + 2);
    const serviceLevel = point.values.service_level ?? null;
    expect(row?.getCell(column('服务水平')).value).toBe(
      serviceLevel === null ? null : serviceLevel / 100,
    );
    expect(row?.getCell(column('应答速度')).value).toBe(point.values.speed_of_answer ?? null);
    const cost = point.values.cost_per_contact ?? null;
    expect(row?.getCell(column('单呼成本')).value).toBe(cost === null ? null : cost / 100);
  });
  const cell = (title: string) => steps?.getRow(2).getCell(column(title));
  expect([cell('服务水平')?.numFmt, cell('应答速度')?.numFmt, cell('总联络数')?.numFmt]).toEqual([
    '0.0%',
    '#,##0.0',
    '#,##0',
  ]);
  expect(header[column('应答速度')]).toBe('应答速度 (秒)');
  expect(steps?.getRow(2).getCell(1).value).toEqual(new Date('2026-11-01T00:00:00Z'));
  expect(steps?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 1 });
});

test('text stays text, also what begins like a formula', async () => {
  const book = await open(workbookOf(reportDocument(sampleReport(), sampleFrame())));
  const found: unknown[] = [];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.formula).toBeUndefined();
        if (cell.text.startsWith('=')) found.push(cell.text);
      }),
    ),
  );
  expect(new Set(found)).toEqual(new Set(['=HYPERLINK("http://x")']));
  const styles = strFromU8(
    unzipSync(workbookOf(reportDocument(sampleReport(), sampleFrame())))['xl/styles.xml'] ??
      new Uint8Array(),
  );
  expect(styles).toContain('quotePrefix="1"');
});

test('every part is well-formed, every relation leads to a part, every chart refers to cells that hold its values', () => {
  for (const document of [
    reportDocument(sampleReport(), sampleFrame('en')),
    standardsDocument(sampleStandards(), sampleFrame()),
  ]) {
    const files = unzipSync(workbookOf(document));
    for (const [name, bytes] of Object.entries(files)) {
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      parser.write(strFromU8(bytes)).close();
    }
    for (const [name, bytes] of Object.entries(files).filter(([path]) => path.endsWith('.rels'))) {
      const base = name.replace(/_rels\/[^/]+$/, '');
      for (const [, target = ''] of strFromU8(bytes).matchAll(/Target="([^"]+)"/g)) {
        expect(Object.keys(files)).toContain(new URL(target, `file:///${base}`).pathname.slice(1));
      }
    }
    const types = strFromU8(files['[Content_Types].xml'] ?? new Uint8Array());
    for (const [, part = ''] of types.matchAll(/PartName="\/([^"]+)"/g))
      expect(Object.keys(files)).toContain(part);
    const charts = Object.keys(files).filter((name) => name.startsWith('xl/charts/'));
    expect(charts).toHaveLength(document.charts.length);
  }
});

type Parts = Map<string, string>;

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);
const areUnique = (names: string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;
/** The sentences of what is not met. */
const unmet = (demands: [boolean, string][]): string[] =>
  demands.flatMap(([isMet, fault]) => (isMet ? [] : [fault]));

function faultsOfParts(files: Parts): string[] {
  const types = all(files.get('[Content_Types].xml') ?? '', /PartName="([^"]+)"/g);
  return unmet([
    [areUnique(types), 'a part has two content types'],
    ...[...files].flatMap(([name, text]): [boolean, string][] => [
      [
        types.includes(`/${name}`) || name.endsWith('.rels') || name.startsWith('['),
        `${name} has no content type`,
      ],
      [!/NaN|Infinity|undefined|\[object/.test(text), `${name} holds what is no value`],
      [!name.endsWith('.rels') || areUnique(all(text, / Id="([^"]+)"/g)), `${name}: ids twice`],
    ]),
  ]);
}

function faultsOfNames(files: Parts): string[] {
  const book = files.get('xl/workbook.xml') ?? '';
  const known = all(files.get('xl/_rels/workbook.xml.rels') ?? '', / Id="([^"]+)"/g);
  const names = all(book, /<sheet name="([^"]+)"/g);
  const isName = (name: string): boolean =>
    name.length <= 31 && !/[\\/?*[\]:]|^'|'$/.test(name) && !/^history$/i.test(name);
  const related = all(book, /r:id="([^"]+)"/g).every((id) => known.includes(id));
  return unmet([
    [related, 'a sheet without a relation'],
    [areUnique(names), 'two sheets of one name'],
    ...names.map((name): [boolean, string] => [isName(name), `no sheet's name: ${name}`]),
  ]);
}

const heldIn = (styles: string, tag: string, item: string): number => {
  const inner = new RegExp(`<${tag} count="\\d+">(.*?)</${tag}>`).exec(styles)?.[1] ?? '';
  return all(inner, new RegExp(`<(${item})[ >]`, 'g')).length;
};

function faultsOfStyles(styles: string): string[] {
  const lists = {
    numFmts: 'numFmt',
    fonts: 'font',
    fills: 'fill',
    borders: 'border',
    cellXfs: 'xf',
  };
  return unmet(
    Object.entries(lists).map(([tag, item]) => {
      const said = Number(new RegExp(`<${tag} count="(\\d+)"`).exec(styles)?.[1] ?? 0);
      const held = heldIn(styles, tag, item);
      return [said === held, `${tag}: ${said} said, ${held} held`];
    }),
  );
}

const partsOfASheet =
  'sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells printOptions pageMargins pageSetup headerFooter drawing';

function faultsOfSheet([name, text]: [string, string], looks: number): string[] {
  const places = partsOfASheet
    .split(' ')
    .map((tag) => text.search(new RegExp(`<${tag}[ >/]`)))
    .filter((at) => at >= 0);
  const rows = all(text, /<row r="(\d+)"/g).map(Number);
  const styled = all(text, / s="(\d+)"/g).every((style) => Number(style) < looks);
  const texts = all(text, /<t [^>]*>([^<]*)</g);
  return unmet([
    [places.join() === places.toSorted((a, b) => a - b).join(), `${name}: order of its parts`],
    [styled, `${name}: a style that is not there`],
    [rows.every((row, i) => row > (rows[i - 1] ?? 0)), `${name}: rows out of order`],
    [areUnique(all(text, /<c r="([A-Z]+\d+)"/g)), `${name}: a cell twice`],
    [texts.every((value) => value.length <= 32_767), `${name}: a text that is too long`],
  ]);
}

/** What Excel repairs or refuses, by ECMA-376 and its own limits; read without any code that writes it. */
function faultsOf(bytes: Uint8Array): string[] {
  const files: Parts = new Map(
    Object.entries(unzipSync(bytes)).map(([name, one]) => [name, strFromU8(one)]),
  );
  const styles = files.get('xl/styles.xml') ?? '';
  const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
  return [
    ...faultsOfParts(files),
    ...faultsOfNames(files),
    ...faultsOfStyles(styles),
    ...sheets.flatMap((sheet) => faultsOfSheet(sheet, heldIn(styles, 'cellXfs', 'xf'))),
  ];
}

test('a workbook opens without repair, whatever its names and however empty', () => {
  const hostile = ['History', 'x'.repeat(300), 'a/b:[c]?*', "'quoted'", '\u0007\ud800<&>"'];
  const empty = sampleReport({ days: 1, groups: [] });
  for (const document of [
    reportDocument(sampleReport({ groups: hostile }), sampleFrame('en')),
    reportDocument({ ...empty, steps: [], whole: { ...empty.whole, points: [] } }, sampleFrame()),
    standardsDocument(sampleStandards(), sampleFrame()),
  ]) {
    expect(faultsOf(workbookOf(document))).toEqual([]);
  }
});

test('charts take their values from the table by step', async () => {
  const document = reportDocument(sampleReport(), sampleFrame());
  const bytes = workbookOf(document);
  const book = await open(bytes);
  const files = unzipSync(bytes);
  document.charts.forEach((chart, i) => {
    const xml = strFromU8(files[`xl/charts/chart${i + 1}.xml`] ?? new Uint8Array());
    const line = xml.slice(xml.indexOf('<c:lineChart>'));
    const [, sheet = '', column = '', from = ''] =
      /<c:val><c:numRef><c:f>'(.+?)'!\$([A-Z]+)\$(\d+)/.exec(line) ?? [];
    const values = chart.values.map(
      (_, row) => book.getWorksheet(sheet)?.getCell(`${column}${Number(from) + row}`).value ?? null,
    );
    const stored = chart.values.map((value) =>
      value !== null && chart.kind === 'percent' ? value / 100 : value,
    );
    expect(values).toEqual(stored);
  });
});

test('names of sheets are those Excel takes', () => {
  expect(sheetName('a/b\\c?d*e[f]g:h', [])).toBe('a b c d e f g h');
  expect(sheetName('x'.repeat(40), [])).toHaveLength(31);
  expect(sheetName('Totals', ['totals'])).toBe('Totals 2');
  // Excel keeps this name for itself.
  expect(sheetName('History', [])).toBe('History 2');
  expect(xmlText('\u0000\u001f\ud800<&>"')).toBe('\ufffd&lt;&amp;&gt;&quot;');
});

test('pages hold the Chinese text as text, with numbers of pages, in a font that goes with them', async () => {
  const bytes = Buffer.from(await render('pdf', reportDocument(sampleReport(), sampleFrame())));
  const text = bytes.toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
  expect(text).toMatch(/\/FontFile[23]? /);
  expect(text).toContain('/ToUnicode');
  expect(bytes.length).toBeLessThan(600_000);
});

test('five thousand cells are drawn while the process goes on', async () => {
  const document = reportDocument(
    sampleReport({ days: 60, groups: ['A', 'B', 'C'] }),
    sampleFrame(),
  );
  expect(document.data.rows.flat().length).toBeGreaterThan(5_000);
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  await Promise.all([render('pdf', document), render('xlsx', document)]);
  clearInterval(ticking);
  // Had it been drawn here, no turn of the loop would have come between.
  expect(turns).toBeGreaterThan(10);
});
