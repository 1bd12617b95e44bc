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

/** What Excel repairs or refuses, by ECMA-376 and its own limits; read without any code that writes it. */
function faultsOf(bytes: Uint8Array): string[] {
  const files = new Map(
    Object.entries(unzipSync(bytes)).map(([name, one]) => [name, strFromU8(one)]),
  );
  const faults: string[] = [];
  const demand = (isMet: boolean, fault: string): void => {
    if (!isMet) faults.push(fault);
  };
  const all = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(([, found = '']) => found);
  const areUnique = (names: string[]): boolean =>
    new Set(names.map((name) => name.toLowerCase())).size === names.length;
  const part = (name: string): string => files.get(name) ?? '';
  const types = all(part('[Content_Types].xml'), /PartName="([^"]+)"/g);
  demand(areUnique(types), 'a part has two content types');
  for (const [name, text] of files) {
    const isTyped = types.includes(`/${name}`) || name.endsWith('.rels') || name.startsWith('[');
    demand(isTyped, `${name} has no content type`);
    demand(!/NaN|Infinity|undefined|\[object/.test(text), `${name} holds what is no value`);
    if (name.endsWith('.rels'))
      demand(areUnique(all(text, / Id="([^"]+)"/g)), `${name}: ids twice`);
  }
  const used = all(part('xl/workbook.xml'), /r:id="([^"]+)"/g);
  const known = all(part('xl/_rels/workbook.xml.rels'), / Id="([^"]+)"/g);
  demand(
    used.every((id) => known.includes(id)),
    'a sheet without a relation',
  );
  const names = all(part('xl/workbook.xml'), /<sheet name="([^"]+)"/g);
  demand(areUnique(names), 'two sheets of one name');
  for (const name of names) {
    const isName = name.length <= 31 && !/[\\/?*[\]:]|^'|'$/.test(name) && !/^history$/i.test(name);
    demand(isName, `no sheet's name: ${name}`);
  }
  const styles = part('xl/styles.xml');
  const inner = (tag: string): string =>
    new RegExp(`<${tag} count="\\d+">(.*?)</${tag}>`).exec(styles)?.[1] ?? '';
  for (const [tag, item] of [
    ['numFmts', 'numFmt'],
    ['fonts', 'font'],
    ['fills', 'fill'],
    ['borders', 'border'],
    ['cellXfs', 'xf'],
  ] as const) {
    const said = Number(new RegExp(`<${tag} count="(\\d+)"`).exec(styles)?.[1] ?? 0);
    const held = all(inner(tag), new RegExp(`<(${item})[ >]`, 'g')).length;
    demand(said === held, `${tag}: ${said} said, ${held} held`);
  }
  const looks = all(inner('cellXfs'), /<(xf)[ >]/g).length;
  const order =
    'sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells printOptions pageMargins pageSetup headerFooter drawing'.split(
      ' ',
    );
  for (const [name, text] of files) {
    if (!name.startsWith('xl/worksheets/sheet')) continue;
    const places = order
      .map((tag) => text.search(new RegExp(`<${tag}[ >/]`)))
      .filter((at) => at >= 0);
    demand(
      places.join() === places.toSorted((a, b) => a - b).join(),
      `${name}: order of its parts`,
    );
    demand(
      all(text, / s="(\d+)"/g).every((style) => Number(style) < looks),
      `${name}: a style that is not there`,
    );
    const rows = all(text, /<row r="(\d+)"/g).map(Number);
    demand(
      rows.every((row, i) => row > (rows[i - 1] ?? 0)),
      `${name}: rows out of order`,
    );
    const cells = all(text, /<c r="([A-Z]+\d+)"/g);
    demand(areUnique(cells), `${name}: a cell twice`);
    demand(
      all(text, /<t [^>]*>([^<]*)</g).every((value) => value.length <= 32_767),
      `${name}: a text that is too long`,
    );
  }
  return faults;
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
