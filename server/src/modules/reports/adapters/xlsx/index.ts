import { strToU8, zipSync } from 'fflate';
import { bandOf } from '../../domain/chart.ts';
import type { Cell, ReportDocument, Table } from '../../domain/document.ts';
import { chartXml } from './chart.ts';
import { cellXml, rowXml, sheetXml, tableSheet } from './sheet.ts';
import { styleBook } from './styles.ts';
import type { Style } from './styles.ts';
import { columnName, sheetName, xmlHead, xmlText } from './xml.ts';

type Styles = ReturnType<typeof styleBook>;
type Sheet = { name: string; xml: string; drawing?: boolean };

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The first sheet: what the figures are of, how they were counted, what is missing. */
function coverSheet(
  { title, subtitle, organisation, facts, notes }: ReportDocument,
  styles: Styles,
): string {
  const rows: string[] = [];
  const add = (texts: string[], looks: Style['look'][], height?: number) => {
    const number = rows.length + 1;
    const cells = texts.map((value, i) => {
      const look = looks[i];
      return cellXml(
        `${columnName(i)}${number}`,
        { kind: 'text', value },
        look === undefined ? { styles } : { styles, look },
      );
    });
    rows.push(rowXml(number, cells.join(''), height));
  };
  add([title], ['title'], 30);
  add([subtitle], ['plain']);
  add([organisation], ['soft']);
  add([], []);
  for (const { label, value } of facts) add([label, value], ['label', 'plain']);
  add([], []);
  // Long sentences stand in the wide column, where they wrap.
  for (const note of notes) add(['', note], ['plain', 'soft']);
  return sheetXml({ rows, widths: [30, 90] });
}

/** Labels and levels that the charts refer to: four columns for each chart behind one for the labels. */
function levelsTable({ charts, words }: ReportDocument): Table {
  const text = (title: string) => ({ title, kind: 'text' as const, unit: '', width: 16 });
  const rows = (charts[0]?.labels ?? []).map((label, i): Cell[] => [
    { kind: 'text', value: label },
    ...charts.flatMap((chart): Cell[] => {
      const band = bandOf(chart)?.[i];
      const { kind } = chart;
      return [
        { kind, value: chart.values[i] ?? null },
        { kind, value: chart.norm[i] ?? null },
        { kind, value: band?.low ?? null },
        { kind, value: band ? band.high - band.low : null },
      ];
    }),
  ]);
  const columns = charts.flatMap(({ title }) =>
    [words.value, words.norm, words.low, words.range].map((name) => text(`${title} · ${name}`)),
  );
  return {
    id: 'levels',
    name: words.chartData,
    title: words.chartData,
    fixed: 1,
    columns: [text(words.step), ...columns],
    rows,
  };
}

const CHART_COLUMNS = 8;
const CHART_ROWS = 17;

/** Charts side by side, two in a row. */
function drawingXml(count: number): string {
  const anchors = Array.from({ length: count }, (_, i) => {
    const [column, row] = [(i % 2) * (CHART_COLUMNS + 1), Math.floor(i / 2) * (CHART_ROWS + 1)];
    const place = (c: number, r: number) =>
      `<xdr:col>${c}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${r}</xdr:row><xdr:rowOff>0</xdr:rowOff>`;
    return (
      `<xdr:twoCellAnchor><xdr:from>${place(column, row)}</xdr:from><xdr:to>${place(column + CHART_COLUMNS, row + CHART_ROWS)}</xdr:to>` +
      `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${i + 2}" name="Chart ${i + 1}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
      `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId${i + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
    );
  });
  return `${xmlHead}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}">${anchors.join('')}</xdr:wsDr>`;
}

const relations = (targets: [type: string, target: string][]): string =>
  `${xmlHead}<Relationships xmlns="${PACKAGE}">${targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`;

function contentTypes(sheets: number, charts: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`;
  const numbered = (count: number, name: string, type: string) =>
    Array.from({ length: count }, (_, i) => part(name.replace('#', String(i + 1)), type)).join('');
  return (
    `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
    part('/xl/workbook.xml', 'spreadsheetml.sheet.main') +
    part('/xl/styles.xml', 'spreadsheetml.styles') +
    numbered(sheets, '/xl/worksheets/sheet#.xml', 'spreadsheetml.worksheet') +
    (charts > 0 ? part('/xl/drawings/drawing1.xml', 'drawing') : '') +
    numbered(charts, '/xl/charts/chart#.xml', 'drawingml.chart') +
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
  );
}

function workbookXml(sheets: Pick<Sheet, 'name'>[], definedNames = ''): string {
  const list = sheets.map(
    ({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return `${xmlHead}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join('')}</sheets>${definedNames}</workbook>`;
}

const coreXml = ({ title, organisation }: Pick<ReportDocument, 'title' | 'organisation'>): string =>
  `${xmlHead}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title><dc:creator>${xmlText(organisation)}</dc:creator></cp:coreProperties>`;

function sheetsOf(document: ReportDocument, styles: Styles): Sheet[] {
  const { tables, charts, words } = document;
  const names: string[] = [];
  const named = (wanted: string, xml: string, drawing = false): Sheet => {
    const name = sheetName(wanted, names);
    names.push(name);
    return { name, xml, drawing };
  };
  return [
    named(words.cover, coverSheet(document, styles)),
    ...tables.map((table) => named(table.name, tableSheet(table, styles))),
    ...(charts.length > 0
      ? [
          named(
            words.charts,
            sheetXml({ rows: [], widths: [], drawing: 'rId1', wide: true }),
            true,
          ),
          named(words.chartData, tableSheet(levelsTable(document), styles)),
        ]
      : []),
  ];
}

/** The document as a workbook (ECMA-376): real numbers with their formats, charts that refer to the cells. */
export function workbookOf(document: ReportDocument): Uint8Array {
  const { charts, tables, words } = document;
  const styles = styleBook();
  const sheets = sheetsOf(document, styles);
  const files: Record<string, string> = {
    ...frame(document, [sheets.length, charts.length]),
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, i): [string, string] => [
        `${OFFICE}/worksheet`,
        `worksheets/sheet${i + 1}.xml`,
      ]),
      [`${OFFICE}/styles`, 'styles.xml'],
    ]),
    'xl/styles.xml': styles.xml(),
  };
  const levels = sheets.at(-1)?.name ?? words.chartData;
  sheets.forEach(({ xml, drawing }, i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] = xml;
    if (drawing)
      files[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = relations([
        [`${OFFICE}/drawing`, '../drawings/drawing1.xml'],
      ]);
  });
  charts.forEach((chart, i) => {
    const column = 1 + i * 4;
    const table = tables.findIndex(({ id }) => id === chart.source?.table);
    const values =
      chart.source && table >= 0
        ? {
            sheet: sheets[table + 1]?.name ?? levels,
            column: chart.source.column,
            row: chart.source.row + 2,
          }
        : { sheet: levels, column, row: 2 };
    files[`xl/charts/chart${i + 1}.xml`] = chartXml(
      chart,
      { levels, label: 0, norm: column + 1, low: column + 2, band: column + 3, values },
      words,
    );
  });
  if (charts.length > 0) {
    files['xl/drawings/drawing1.xml'] = drawingXml(charts.length);
    files['xl/drawings/_rels/drawing1.xml.rels'] = relations(
      charts.map((_, i) => [`${OFFICE}/chart`, `../charts/chart${i + 1}.xml`]),
    );
  }
  return zipped(files);
}

function zipped(files: Record<string, string>): Uint8Array {
  const bytes = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, strToU8(text)]),
  );
  return zipSync(bytes, { level: 6 });
}

/** What every workbook holds beside its sheets. */
const frame = (
  about: Pick<ReportDocument, 'title' | 'organisation'>,
  counts: [number, number],
) => ({
  '[Content_Types].xml': contentTypes(...counts),
  '_rels/.rels': relations([
    [`${OFFICE}/officeDocument`, 'xl/workbook.xml'],
    [
      'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
      'docProps/core.xml',
    ],
  ]),
  'docProps/core.xml': coreXml(about),
});

/** A workbook of one sheet that was drawn elsewhere, with the styles it uses and the names it defines. */
export function plainWorkbook(
  about: Pick<ReportDocument, 'title' | 'organisation'>,
  { name, sheet, styles, names }: Record<'name' | 'sheet' | 'styles' | 'names', string>,
): Uint8Array {
  return zipped({
    ...frame(about, [1, 0]),
    'xl/workbook.xml': workbookXml([{ name }], names),
    'xl/_rels/workbook.xml.rels': relations([
      [`${OFFICE}/worksheet`, 'worksheets/sheet1.xml'],
      [`${OFFICE}/styles`, 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': sheet,
  });
}
