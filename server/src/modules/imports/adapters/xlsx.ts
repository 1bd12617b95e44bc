import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { Problem } from '../../../kernel/problem.ts';
import { cellText, columnOf, styleOf } from './xlsx-cells.ts';
import type { CellStyle } from './xlsx-cells.ts';
import { openArchive } from './zip.ts';
import type { Archive } from './zip.ts';

const MAX_STRING_CHARS = 200_000_000;
const MAX_COLUMNS = 1_000;
const MAX_CELL = 32_767;

type Handlers = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
  /** Hears of the bytes of each piece. */
  bytes?: (count: number) => void;
};

/** Reads XML piece by piece; stops after each piece, so that what the handlers gathered can be taken. */
async function* parsed(
  stream: Readable,
  { open, close, text, bytes }: Handlers,
): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false });
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  const faults: Error[] = [];
  parser.on('opentag', (tag: SaxesTagPlain) => open?.(local(tag.name), tag.attributes));
  parser.on('closetag', (tag: SaxesTagPlain) => close?.(local(tag.name)));
  if (text) parser.on('text', text);
  parser.on('error', (error) => faults.push(error));
  // Entities could multiply themselves; no spreadsheet declares any.
  parser.on('doctype', () => faults.push(new Error('doctype')));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      bytes?.((chunk as Buffer).length);
      if (faults[0]) throw faults[0];
      yield faults.length;
    }
    parser.close();
    if (faults[0]) throw faults[0];
    yield faults.length;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('import.unreadable', { cause: error });
  }
}

async function readXml(archive: Archive, name: string, handlers: Handlers): Promise<boolean> {
  const stream = await archive.read(name);
  if (!stream) return false;
  const pieces = parsed(stream, handlers);
  while (!(await pieces.next()).done);
  return true;
}

type Workbook = { sheets: { name: string; path: string }[]; is1904: boolean };

async function workbookOf(archive: Archive): Promise<Workbook> {
  const targets = new Map<string, string>();
  await readXml(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.replace(/^\/?(xl\/)?/, 'xl/'));
    },
  });
  const sheets: Workbook['sheets'] = [];
  let is1904 = false;
  const isBook = await readXml(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      const path = targets.get(attributes['r:id'] ?? '');
      if (name === 'sheet' && path) sheets.push({ name: attributes['name'] ?? '', path });
    },
  });
  if (!isBook || sheets.length === 0) throw new Problem('import.unreadable');
  return { sheets, is1904 };
}

async function stylesOf(archive: Archive): Promise<CellStyle[]> {
  const codes = new Map<number, string>();
  const styles: CellStyle[] = [];
  let isInCells = false;
  await readXml(archive, 'xl/styles.xml', {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) {
        styles.push(styleOf(Number(numFmtId), codes.get(Number(numFmtId))));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

const STRINGS = 'xl/sharedStrings.xml';

/** Gathers the texts that cells refer to by number; stops after each piece. */
async function* gatherStrings(
  archive: Archive,
  strings: string[],
  bytes: Handlers['bytes'],
): AsyncGenerator<number> {
  let [current, size] = ['', 0];
  let [isText, isPhonetic] = [false, false];
  const stream = await archive.read(STRINGS);
  if (!stream) return;
  yield* parsed(stream, {
    bytes,
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    text: (text) => {
      if (!isText) return;
      current += text;
      size += text.length;
      if (size > MAX_STRING_CHARS) throw new Problem('import.zip_bomb');
    },
    close: (name) => {
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') strings.push(current);
      isText = false;
    },
  });
}

export type SheetRow = { fields: string[]; line: number };
type Look = Pick<Handlers, 'bytes'> & {
  strings: string[];
  styles: CellStyle[];
  is1904: boolean;
};

async function* rowsOf(
  stream: Readable,
  { strings, styles, is1904, bytes }: Look,
): AsyncGenerator<SheetRow[]> {
  let rows: SheetRow[] = [];
  let row: SheetRow | null = null;
  let [line, column, value] = [0, 0, ''];
  let [type, style] = ['', 0];
  let isValue = false;
  const cell = (): string => {
    if (type === 's') return strings[Number(value)] ?? '';
    if (type === 'b') return value === '1' ? 'true' : 'false';
    if (type === 'e') return '';
    if (type === 'str' || type === 'inlineStr' || type === 'd') return value;
    return cellText(value, styles[style] ?? 'plain', is1904);
  };
  const steps = parsed(stream, {
    bytes,
    open(name, attributes) {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1) || line + 1;
        row = { fields: [], line };
        column = -1;
      } else if (name === 'c') {
        column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
        type = attributes['t'] ?? '';
        style = Number(attributes['s'] ?? 0);
        value = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text(text) {
      if (isValue && value.length < MAX_CELL) value += text;
    },
    close(name) {
      isValue = false;
      if (name === 'c' && row && column >= 0 && column < MAX_COLUMNS) {
        while (row.fields.length < column) row.fields.push('');
        row.fields[column] = cell();
      }
      if (name !== 'row' || !row) return;
      if (row.fields.some((field) => field !== '')) rows.push(row);
      row = null;
    },
  });
  while (!(await steps.next()).done) {
    if (rows.length > 0) yield rows;
    rows = [];
  }
}

async function open(path: string, sheet: string | null) {
  const archive = await openArchive(path);
  try {
    const book = await workbookOf(archive);
    const chosen = sheet === null ? book.sheets[0] : book.sheets.find(({ name }) => name === sheet);
    if (!chosen) throw new Problem('import.sheet_not_found');
    return { archive, book, chosen };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/**
 * Rows of a sheet (the first one unless named), piece by piece, dates and times as text by the cells' formats.
 * `onShare` hears how much of it (0 to 1) was read. A piece may be empty: texts come before the first row.
 * Problems: `import.unreadable`, `import.zip_bomb`, `import.sheet_not_found`.
 */
export async function* xlsxRows(
  path: string,
  sheet: string | null,
  onShare: (share: number) => void = () => {},
): AsyncGenerator<SheetRow[]> {
  const { archive, book, chosen } = await open(path, sheet);
  const size = archive.sizeOf(STRINGS) + archive.sizeOf(chosen.path);
  let done = 0;
  const bytes = (count: number): void => onShare((done += count) / size);
  try {
    const strings: string[] = [];
    const texts = gatherStrings(archive, strings, bytes);
    while (!(await texts.next()).done) yield [];
    const look = { strings, styles: await stylesOf(archive), is1904: book.is1904, bytes };
    const stream = await archive.read(chosen.path);
    if (!stream) throw new Problem('import.unreadable');
    let width = 0;
    for await (const rows of rowsOf(stream, look)) {
      width = Math.max(width, rows[0]?.fields.length ?? 0);
      yield padded(rows, width);
    }
  } finally {
    archive.close();
  }
}

/** Spreadsheets leave out empty cells at the end of a row. */
function padded(rows: SheetRow[], least: number): SheetRow[] {
  let widest = least;
  for (const { fields } of rows) widest = Math.max(widest, fields.length);
  for (const { fields } of rows) while (fields.length < widest) fields.push('');
  return rows;
}

const SAMPLE_ROWS = 2_000;

/** The names of the sheets, and the first rows of one. Problems: as `xlsxRows`. */
export async function xlsxSample(path: string, sheet: string | null) {
  const { archive, book, chosen } = await open(path, sheet);
  archive.close();
  const rows: string[][] = [];
  for await (const some of xlsxRows(path, chosen.name)) {
    rows.push(...some.map(({ fields }) => fields));
    if (rows.length >= SAMPLE_ROWS) break;
  }
  return {
    rows: rows.slice(0, SAMPLE_ROWS),
    sheets: book.sheets.map(({ name }) => name),
    sheet: chosen.name,
  };
}
