import type {
  Delimiter,
  ImportKind,
  ImportMapping,
  ImportSentence,
  InspectedColumn,
  InspectionView,
  TextEncoding,
} from '@yingda/contract';
import { MappedOutcome } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { recordsOf } from '../adapters/delimited.ts';
import { containerOf, decoded, encodingOf, SAMPLE_BYTES, sampleOf } from '../adapters/text.ts';
import { xlsxSample } from '../adapters/xlsx.ts';
import { isHeaderRow } from '../domain/fields.ts';
import { guessColumns, inspected, outcomeGuess } from '../domain/guess.ts';
import { delimiterOf, hasHeaderRow, kindOf } from '../domain/kinds.ts';
import type { KindGuess } from '../domain/kinds.ts';
import { knownTable } from '../domain/known-tables.ts';
import { allMappings } from '../store/mapping.ts';
import { presentFile, uploads } from './files.ts';
import { placedMapping } from './reading.ts';
import type { Source } from './sources.ts';
import { firstBytes, isWorkbook, localCopy, sourcesOf } from './sources.ts';

export type Hints = {
  kind?: ImportKind;
  encoding?: TextEncoding;
  delimiter?: Delimiter;
  hasHeader?: boolean;
  sheet?: string;
};
type Sampled = {
  rows: string[][];
  lines: string[];
  encoding: TextEncoding;
  encodingReason: ImportSentence;
  isGzip: boolean;
  delimiter: Delimiter | null;
  sheets: string[];
  sheet: string | null;
};

const SHOWN = 20;
const LINES = 2_000;

async function rowsOf(text: string, delimiter: Delimiter): Promise<string[][]> {
  const rows: string[][] = [];
  const pieces = async function* () {
    yield text;
  };
  for await (const part of recordsOf(pieces(), delimiter)) {
    for (const { fields } of part.rows) rows.push(fields);
  }
  return rows;
}

async function sampled(source: Source, hints: Hints): Promise<Sampled> {
  const packed = await firstBytes(source);
  if (await isWorkbook(source)) {
    const copy = await localCopy(source);
    const book = await xlsxSample(copy.path, hints.sheet ?? null).finally(copy.remove);
    const encodingReason = { code: 'encoding_workbook', params: {} };
    return {
      ...book,
      lines: [],
      encoding: 'utf-8',
      encodingReason,
      isGzip: false,
      delimiter: null,
    };
  }
  const bytes = await sampleOf(await source.open());
  if (bytes.length === 0) throw new Problem('import.empty');
  const guess = encodingOf(bytes);
  const encoding = hints.encoding ?? guess.encoding;
  const texts: string[] = [];
  for await (const text of decoded(one(bytes), encoding)) texts.push(text);
  const whole = texts.join('');
  const end = whole.lastIndexOf('\n');
  // Where the file goes on, the last line of the sample is most often cut; a short file may end without a line end.
  const isCut = bytes.length >= SAMPLE_BYTES;
  const text = isCut && end > 0 ? whole.slice(0, end + 1) : whole;
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, LINES);
  const delimiter = hints.delimiter ?? delimiterOf(lines.slice(0, 50));
  return {
    rows: await rowsOf(text, delimiter),
    lines,
    encoding,
    encodingReason: {
      code: hints.encoding ? 'encoding_chosen' : `encoding_${guess.code}`,
      params: { encoding },
    },
    isGzip: containerOf(packed) === 'gzip',
    delimiter,
    sheets: [],
    sheet: null,
  };
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const ownWords: readonly string[] = MappedOutcome.options.filter((word) => word !== 'leave_out');

/** What the values of an outcome column mean, as far as it can be told. */
function outcomesOf(values: string[]): ImportMapping['outcomes'] {
  // A column in our own words may use any of them further down, rare ones beyond the rows that were read.
  const isOurs = values.length > 0 && values.every((value) => ownWords.includes(value));
  const told = (isOurs ? ownWords : values).map((value) => [value, outcomeGuess(value)] as const);
  return Object.fromEntries(
    told.filter(([, meant]) => meant !== undefined),
  ) as ImportMapping['outcomes'];
}

/** The mapping that guesses make, with what somebody must decide before it can be used. */
export function mappingOf(
  columns: InspectedColumn[],
  from: Pick<ImportMapping, 'encoding' | 'delimiter' | 'hasHeader' | 'sheet'>,
): ImportMapping {
  const outcome = columns.find(({ role }) => role === 'outcome');
  const outcomes = outcomesOf(outcome?.values.map(({ value }) => value.trim()) ?? []);
  return {
    ...from,
    columns: columns.map(({ column, header, role, format, unit }) => ({
      column,
      header: from.hasHeader ? header : null,
      role,
      format,
      unit,
      zone: null,
    })),
    outcomes,
    tiers: {},
    channels: {},
    channel: 'voice',
    queue: null,
    noAgent: [],
    noCustomer: [],
    noTime: ['0:00:00', '00:00:00'].filter(() => columns.some(({ format }) => format === 'time')),
  };
}

const ask = (code: string, params: ImportSentence['params'] = {}): ImportSentence => ({
  code,
  params,
});

/** What is open about one column that is to be read. */
function openAbout(
  { format, unit }: Pick<ImportMapping['columns'][number], 'format' | 'unit'>,
  seen: InspectedColumn,
  hasDate: boolean,
): ImportSentence[] {
  const { header: column, possibleFormats, examples } = seen;
  if (format === null && possibleFormats.length > 1) {
    const example = examples[0]?.value ?? '';
    return [ask('ask_format', { column, formats: possibleFormats.join(', '), example })];
  }
  if (format === 'time' && !hasDate) return [ask('ask_date', { column })];
  const isTold = unit !== null || format !== null;
  const isNeeded = seen.formatReason !== null || seen.unitReason !== null;
  return isNeeded && !isTold ? [ask('ask_unreadable', { column })] : [];
}

/** What must be decided: formats with more than one reading, outcomes of unknown meaning, no arrival. */
export function questionsOf(mapping: ImportMapping, columns: InspectedColumn[]): ImportSentence[] {
  const roles = new Set<string>(mapping.columns.map(({ role }) => role));
  const hasArrival = ['arrived_at', 'menu_start', 'queued_at'].some((role) => roles.has(role));
  const known = new Set(Object.keys(mapping.outcomes));
  const about = mapping.columns
    .filter(({ role }) => role !== 'ignore')
    .flatMap((settled) => {
      const seen = columns.find(({ column }) => column === settled.column);
      if (!seen) return [];
      const unknown = seen.values.filter(
        ({ value }) => settled.role === 'outcome' && !known.has(value.trim()),
      );
      return [
        ...openAbout(settled, seen, roles.has('date')),
        ...unknown.map(({ value, count }) => ask('ask_outcome', { value, count })),
      ];
    });
  return hasArrival ? about : [ask('ask_arrival'), ...about];
}

const isFitting = (mapping: ImportMapping, header: string[]): ImportMapping | null => {
  if (!mapping.hasHeader || mapping.columns.every((column) => column.header === null)) return null;
  try {
    return placedMapping(mapping, header);
  } catch {
    return null;
  }
};

type Match = { id: string; name: string; mapping: ImportMapping };

async function matchOf(ctx: Ctx, header: string[]): Promise<Match | null> {
  const known = knownTable(header);
  if (known) return known;
  for (const saved of await allMappings(ctx)) {
    const mapping = isFitting(saved.mapping, header);
    if (mapping) return { id: saved.id, name: saved.name, mapping };
  }
  return null;
}

export type Inspected = Omit<InspectionView, 'file'>;
type Table = Pick<
  Inspected,
  'hasHeader' | 'header' | 'columns' | 'mapping' | 'matched' | 'questions'
> & { rows: string[][] };

const MAX_COLUMNS = 300;

/** The names of the columns; the number of one that has none. */
function headerOf(rows: string[][], hasHeader: boolean): string[] {
  const width = rows.slice(0, 200).reduce((most, { length }) => Math.max(most, length), 0);
  const first = hasHeader ? (rows[0] ?? []) : [];
  return Array.from(
    { length: Math.min(width, MAX_COLUMNS) },
    (_, index) => first[index]?.trim() || `${index + 1}`,
  );
}

async function tableOf(ctx: Ctx, sample: Sampled, given: boolean | undefined): Promise<Table> {
  const hasHeader = given ?? hasHeaderRow(sample.rows.slice(0, 20));
  const header = headerOf(sample.rows, hasHeader);
  const [first = []] = hasHeader ? sample.rows : [];
  // Programs that write a header with each part of a file do so in the middle of it too.
  const rows = sample.rows.filter((row) => !(hasHeader && isHeaderRow(first, row)));
  const match = hasHeader ? await matchOf(ctx, first) : null;
  const samples = header.map((name, index) => ({
    header: name,
    values: rows.map((row) => row[index] ?? ''),
  }));
  const columns = match ? seenThrough(match.mapping, samples) : guessColumns(samples);
  const { encoding, delimiter, sheet } = sample;
  const from = { encoding, delimiter, hasHeader, sheet };
  const mapping = match ? { ...match.mapping, ...from } : mappingOf(columns, from);
  const matched = match ? { id: match.id, name: match.name } : null;
  const questions = questionsOf(mapping, columns);
  return { hasHeader, header, columns, mapping, matched, questions, rows };
}

function noTable({ encoding, delimiter, sheet, lines }: Sampled): Table {
  const mapping = mappingOf([], { encoding, delimiter, hasHeader: false, sheet });
  const rows = lines.map((line) => [line]);
  return {
    hasHeader: false,
    header: [],
    columns: [],
    mapping,
    matched: null,
    questions: [],
    rows,
  };
}

function kindFor({ delimiter, lines }: Sampled, given: ImportKind | undefined): KindGuess {
  if (given) return { kind: given, kindReason: { code: 'kind_chosen', params: {} } };
  if (delimiter !== null) return kindOf(lines);
  return { kind: 'table', kindReason: { code: 'kind_workbook', params: {} } };
}

const logName = (file: string): string =>
  file.replace(/(\.(csv|tsv|txt|xlsx|log|gz|json|\d+))+$/i, '').slice(0, 80) || 'log';

/** Guesses what a source is. Problems: `import.empty`, `import.unreadable`, `import.zip_bomb`, `import.sheet_not_found`. */
export async function inspectSource(ctx: Ctx, source: Source, hints: Hints): Promise<Inspected> {
  const sample = await sampled(source, hints);
  const { encoding, encodingReason, isGzip, sheets, sheet } = sample;
  const guessed = kindFor(sample, hints.kind);
  const isTable = guessed.kind === 'table';
  const { rows, ...table } = isTable
    ? await tableOf(ctx, sample, hints.hasHeader)
    : noTable(sample);
  return {
    ...guessed,
    ...table,
    encoding,
    encodingReason,
    isGzip,
    delimiter: isTable ? sample.delimiter : null,
    sheets,
    sheet,
    rows: rows.slice(0, SHOWN).map((row) => row.map((cell) => cell.slice(0, 500))),
    suggestedLog: logName(source.name),
  };
}

/** The columns as a mapping has settled them, with what the file holds. */
function seenThrough(
  mapping: ImportMapping,
  samples: { header: string; values: string[] }[],
): InspectedColumn[] {
  return samples.map(({ header, values }, column) => {
    const settled = mapping.columns.find((one) => one.column === column);
    const role = settled?.role ?? 'ignore';
    const reason = { code: 'role_by_mapping', params: { header } };
    const seen = inspected({
      column,
      header,
      values: values.filter((value) => value.trim() !== ''),
      role,
      reason,
    });
    return settled
      ? {
          ...seen,
          format: settled.format,
          unit: settled.unit,
          possibleFormats: settled.format ? [settled.format] : [],
        }
      : seen;
  });
}

/** Guesses what an upload is and what its columns mean. Problems: as `inspectSource`, `import.file_not_found`. */
export async function inspectUpload(
  ctx: Ctx,
  { fileId, ...hints }: Hints & { fileId: string },
): Promise<InspectionView> {
  const [file] = await uploads(ctx, [fileId]);
  if (!file) throw new Problem('import.file_not_found');
  const [source] = await sourcesOf(ctx, [{ name: file.name, size: Number(file.size), fileId }]);
  if (!source) throw new Problem('import.file_not_found');
  return { file: presentFile(file), ...(await inspectSource(ctx, source, hints)) };
}
