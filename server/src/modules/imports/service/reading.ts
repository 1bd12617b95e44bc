import type { ImportKind, ImportMapping, ImportSentence, TextEncoding } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { linesOf, recordsOf } from '../adapters/delimited.ts';
import type { LineFault } from '../adapters/delimited.ts';
import { jsonObjects } from '../adapters/json-objects.ts';
import { xlsxRows } from '../adapters/xlsx.ts';
import { containerOf, decoded, encodingOf, sampleOf, unpacked } from '../adapters/text.ts';
import { cdrAssembler } from '../domain/asterisk-cdr.ts';
import { celAssembler } from '../domain/asterisk-cel.ts';
import { switchCsvAssembler, switchJsonAssembler } from '../domain/freeswitch.ts';
import type { Assembler, Row, Sink } from '../domain/model.ts';
import { queueLogAssembler } from '../domain/queue-log.ts';
import { readQueueLine } from '../domain/queue-log-line.ts';
import { surveyor } from '../domain/queue-log-survey.ts';
import { tableAssembler, tableRecords } from '../domain/table.ts';
import type { Tally } from '../domain/tally.ts';
import { toUtcOf } from '../domain/zone.ts';
import { isWorkbook, localCopy } from './sources.ts';
import type { Source } from './sources.ts';

export type Plan = {
  kind: ImportKind;
  zone: string;
  mapping: ImportMapping | null;
  sources: Source[];
};
/** Rows of one piece of a file. */
export type Piece = { rows: Row[]; faults: { code: LineFault; row: Row }[] };
/** Hears how far reading is: bytes as the file has them, and NULs that were dropped. */
export type Heard = { bytes?(count: number): void; nuls?(count: number, file: string): void };
export type Opened = {
  records: string[];
  understood: ImportSentence[];
  pieces(heard: Heard): AsyncGenerator<Piece>;
  assembler(
    sink: Sink,
    tally: Tally,
  ): Assembler & { totals?: ReturnType<typeof queueLogAssembler>['totals'] };
};

const sentence = (code: string, params: ImportSentence['params'] = {}): ImportSentence => ({
  code,
  params,
});

export type TextSource = Source & { encoding: TextEncoding; encodingCode: string };

/** The sources with the encoding of each. Problems: `import.empty`. */
export async function withEncodings(
  plan: Pick<Plan, 'sources' | 'mapping'>,
): Promise<TextSource[]> {
  const found: TextSource[] = [];
  for (const source of plan.sources) {
    const sample = await sampleOf(await source.open());
    if (sample.length === 0) continue;
    if (containerOf(sample) === 'zip') throw new Problem('import.wrong_kind');
    const guess = encodingOf(sample);
    found.push({
      ...source,
      encoding: plan.mapping?.encoding ?? guess.encoding,
      encodingCode: guess.code,
    });
  }
  if (found.length === 0) throw new Problem('import.empty');
  return found;
}

async function* textOf(source: TextSource, heard: Heard): AsyncGenerator<string> {
  const bytes = unpacked(await source.open(), heard.bytes);
  yield* decoded(bytes, source.encoding, (count) => heard.nuls?.(count, source.name));
}

const encodingSentences = (sources: TextSource[]): ImportSentence[] => [
  ...new Map(
    sources.map(({ encoding, encodingCode }) => [
      `${encoding}${encodingCode}`,
      sentence(`encoding_${encodingCode}`, { encoding }),
    ]),
  ).values(),
];

/** Each line as a row of one field. */
async function* lineRows(source: TextSource, heard: Heard): AsyncGenerator<Piece> {
  const file = source.name;
  for await (const { lines, numbers, faults } of linesOf(textOf(source, heard))) {
    yield {
      rows: lines.map((text, index) => ({ fields: [text], line: numbers[index] ?? 0, file })),
      faults: faults.map(({ code, line, text }) => ({ code, row: { fields: [text], line, file } })),
    };
  }
}

async function* recordRows(
  source: TextSource,
  delimiter: ImportMapping['delimiter'],
  heard: Heard,
): AsyncGenerator<Piece> {
  const file = source.name;
  for await (const { rows, faults } of recordsOf(textOf(source, heard), delimiter ?? ',')) {
    yield {
      rows: rows.map(({ fields, line }) => ({ fields, line, file })),
      faults: faults.map(({ code, line, text }) => ({ code, row: { fields: [text], line, file } })),
    };
  }
}

const HOPELESS_LINES = 1_000;

/** Looks through one log; the time of its first line, or nothing when it has none. */
async function surveyLog(
  source: TextSource,
  toUtc: ReturnType<typeof toUtcOf>,
  survey: ReturnType<typeof surveyor>,
): Promise<number | undefined> {
  let first: number | undefined;
  let bad = 0;
  for await (const { rows } of lineRows(source, {})) {
    for (const { fields } of rows) {
      const line = readQueueLine(fields[0] ?? '', toUtc);
      if (line) survey.add(line);
      else bad += 1;
      first ??= line?.at;
    }
    if (first === undefined && bad > HOPELESS_LINES) break;
  }
  return first;
}

async function openQueueLog(plan: Plan): Promise<Opened> {
  const toUtc = toUtcOf(plan.zone);
  const survey = surveyor();
  const sources: (TextSource & { first: number })[] = [];
  for (const source of await withEncodings(plan)) {
    const first = await surveyLog(source, toUtc, survey);
    if (first !== undefined) sources.push({ ...source, first });
  }
  if (sources.length === 0) throw new Problem('import.wrong_kind');
  // Rotated files come in any order; what counts is when each begins.
  sources.sort((a, b) => a.first - b.first);
  const { records, withPresence, unsigned } = survey.result();
  const understood = encodingSentences(sources);
  const files = sources.map(({ name }) => name).join(', ');
  if (sources.length > 1) understood.push(sentence('files_in_order', { files }));
  if (unsigned.length > 0) {
    const params = { count: unsigned.length, agents: unsigned.slice(0, 5).join(', ') };
    understood.push(sentence('sign_in_incomplete', params));
  }
  if (records.includes('customers')) understood.push(sentence('solved_assumed'));
  return {
    records,
    understood,
    async *pieces(heard) {
      for (const source of sources) yield* lineRows(source, heard);
    },
    assembler: (sink, tally) =>
      queueLogAssembler(
        {
          toUtc,
          channel: plan.mapping?.channel ?? 'voice',
          withPresence,
          hasMoreFiles: sources.length > 1,
        },
        sink,
        tally,
      ),
  };
}

/** Columns where this file has them, should their order not be the mapping's. Problems: `import.wrong_kind`. */
export function placedMapping(mapping: ImportMapping, header: string[]): ImportMapping {
  const plain = (name: string) => name.trim().toLowerCase();
  const places = header.map(plain);
  const columns = mapping.columns.map((column) => {
    if (column.header === null || places[column.column] === plain(column.header)) return column;
    const place = places.indexOf(plain(column.header));
    if (place < 0 && column.role !== 'ignore') throw new Problem('import.wrong_kind');
    return { ...column, column: Math.max(0, place) };
  });
  return { ...mapping, columns };
}

/** Length of one ring for logs that count rings: China's cadence, 1 s tone and 4 s silence. */
const RING_MS = 5_000;

/** The rows of workbooks; as much of a book's bytes counts as read as of its texts and the sheet is. */
async function* bookRows(
  sources: Source[],
  sheet: string | null,
  heard: Heard,
): AsyncGenerator<Piece> {
  for (const source of sources) {
    // A generator cannot be handed through: the local copy must live as long as it is read.
    const copy = await localCopy(source);
    let told = 0;
    const onShare = (share: number): void => {
      const bytes = Math.floor(source.size * share);
      heard.bytes?.(bytes - told);
      told = bytes;
    };
    try {
      for await (const rows of xlsxRows(copy.path, sheet, onShare)) {
        yield { rows: rows.map((row) => ({ ...row, file: source.name })), faults: [] };
      }
    } finally {
      await copy.remove();
    }
    onShare(1);
  }
}

async function openTable(plan: Plan): Promise<Opened> {
  const { mapping, zone } = plan;
  if (!mapping) throw new Problem('import.undecided');
  const isBook = await isWorkbook(plan.sources[0]);
  const sources = isBook ? [] : await withEncodings(plan);
  const understood = [
    ...encodingSentences(sources),
    sentence('zone', { zone }),
    ...mapping.columns.flatMap(({ header, column, format, role }) =>
      format
        ? [sentence('format_used', { column: header ?? String(column + 1), role, format })]
        : [],
    ),
  ];
  if (!mapping.columns.some(({ role }) => role === 'key'))
    understood.push(sentence('whole_row_is_key'));
  const records = tableRecords(mapping);
  if (records.includes('customers') && !mapping.columns.some(({ role }) => role === 'solved')) {
    understood.push(sentence('solved_assumed'));
  }
  return {
    records,
    understood,
    async *pieces(heard) {
      if (isBook) yield* bookRows(plan.sources, mapping.sheet, heard);
      for (const source of sources) yield* recordRows(source, mapping.delimiter, heard);
    },
    assembler: (sink, tally) => tableReader({ mapping, zone }, sink, tally),
  };
}

/** The table's assembler, which needs the header of each file before its first row. */
function tableReader(
  { mapping, zone }: { mapping: ImportMapping; zone: string },
  sink: Sink,
  tally: Tally,
): Assembler {
  let file: string | null = null;
  let assembler: Assembler | null = null;
  return {
    add(row) {
      if (row.file !== file || !assembler) {
        file = row.file;
        const header = mapping.hasHeader ? row.fields : null;
        const placed = header ? placedMapping(mapping, header) : mapping;
        assembler = tableAssembler({ mapping: placed, zone, ringMs: RING_MS, header }, sink, tally);
        if (header) {
          tally.header(row);
          return;
        }
      }
      assembler.add(row);
    },
    end() {
      assembler?.end();
    },
  };
}

const SURVEY_ROWS = 50_000;

/** The header of a file of records, should it have one, and whether it tells of queues. */
async function surveyRecords(
  source: TextSource | undefined,
): Promise<{ header: string[] | null; hasQueues: boolean }> {
  let header: string[] | null = null;
  let [count, hasQueues] = [0, false];
  if (!source) return { header, hasQueues };
  for await (const { rows } of recordRows(source, ',', {})) {
    for (const { fields } of rows) {
      if (count === 0 && fields.some((name) => /^(uniqueid|uuid|eventtype)$/i.test(name.trim())))
        header = fields;
      count += 1;
      hasQueues ||= fields.includes('Queue');
    }
    if (count > SURVEY_ROWS) break;
  }
  return { header, hasQueues };
}

/** Call records and channel events of Asterisk and FreeSWITCH. */
async function openRecords(plan: Plan): Promise<Opened> {
  const sources = await withEncodings(plan);
  const toUtc = toUtcOf(plan.zone);
  const channel = plan.mapping?.channel ?? 'voice';
  const isJson = plan.kind === 'freeswitch_json';
  const { header, hasQueues } = isJson
    ? { header: null, hasQueues: false }
    : await surveyRecords(sources[0]);
  const options = { toUtc, channel, header, hasQueues };
  const tells: Record<string, string[]> = {
    asterisk_cdr: ['customers', 'transfers', 'blocked'],
    asterisk_cel: ['customers', 'transfers', 'rings'],
    freeswitch_csv: ['customers', 'blocked'],
    freeswitch_json: ['customers', 'blocked', 'hold'],
  };
  const understood = [
    ...encodingSentences(sources),
    sentence('zone', { zone: plan.zone }),
    sentence('solved_assumed'),
  ];
  if (hasQueues) understood.push(sentence('only_queue_calls'));
  return {
    records: tells[plan.kind] ?? [],
    understood,
    async *pieces(heard) {
      for (const source of sources) {
        if (isJson) yield* jsonRows(source, heard);
        else yield* recordRows(source, ',', heard);
      }
    },
    assembler(sink, tally) {
      if (plan.kind === 'asterisk_cdr') return cdrAssembler(options, sink, tally);
      if (plan.kind === 'asterisk_cel') return celAssembler(options, sink, tally);
      return isJson
        ? switchJsonAssembler(options, sink, tally)
        : switchCsvAssembler(options, sink, tally);
    },
  };
}

async function* jsonRows(source: TextSource, heard: Heard): AsyncGenerator<Piece> {
  const file = source.name;
  for await (const objects of jsonObjects(textOf(source, heard))) {
    const piece: Piece = { rows: [], faults: [] };
    for (const { text, line, isTooLong } of objects) {
      const row = { fields: [text], line, file };
      if (isTooLong) piece.faults.push({ code: 'line_too_long', row });
      else piece.rows.push(row);
    }
    yield piece;
  }
}

/** Looks at the files and gets ready to read them. Problems: `import.empty`, `import.wrong_kind`, `import.undecided`. */
export async function openPlan(plan: Plan): Promise<Opened> {
  if (plan.kind === 'queue_log') return openQueueLog(plan);
  return plan.kind === 'table' ? openTable(plan) : openRecords(plan);
}
