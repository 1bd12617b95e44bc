import { z } from 'zod';
import { Channel } from '../contacts.ts';
import { Tier } from '../customers.ts';
import { IdParams, Instant, Uuid, line, listOf, route } from '../route.ts';

/** What a file is. `table`: any CSV, TSV or XLSX whose columns are told by a mapping. */
export const ImportKind = z.enum([
  'queue_log',
  'asterisk_cdr',
  'asterisk_cel',
  'freeswitch_csv',
  'freeswitch_json',
  'table',
]);
export type ImportKind = z.output<typeof ImportKind>;

/**
 * A sentence as a code and its values: `says.<code>` in `@yingda/contract/import-texts/<language>` with `{{param}}`
 * placeholders.
 */
export const ImportSentence = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportSentence = z.output<typeof ImportSentence>;

export const ImportFileView = z.object({
  id: Uuid,
  name: z.string(),
  size: z.int(),
  uploadedAt: Instant,
});
export type ImportFileView = z.output<typeof ImportFileView>;
export const uploadImportFile = route({
  method: 'POST',
  path: '/api/imports/files',
  summary:
    'Upload a log or table of several GB at most (multipart field `file`); gzip is fine. It is kept for a week, or as long as an import of it',
  access: 'import.manage',
  upload: true,
  response: ImportFileView,
  status: 201,
});

export const TextEncoding = z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252']);
export type TextEncoding = z.output<typeof TextEncoding>;
export const Delimiter = z.enum([',', '\t', ';', '|']);
export type Delimiter = z.output<typeof Delimiter>;

/** What a column of a table tells. Several columns of role `key` make one key together. */
export const ColumnRole = z.enum([
  'ignore',
  'key',
  /** The day, for columns that hold only a time of the day. */
  'date',
  'arrived_at',
  'menu_start',
  'menu_end',
  'menu_time',
  'queued_at',
  'left_queue_at',
  'wait',
  'answered_at',
  'ended_at',
  'ring',
  'rings',
  'talk',
  'hold',
  'wrap_up',
  'channel',
  'queue',
  'agent',
  'topic',
  'type',
  'tier',
  'customer',
  'outcome',
  'transferred',
  'solved',
]);
export type ColumnRole = z.output<typeof ColumnRole>;

/** How a column writes instants, days or times of the day. `…_time` parts: `h:mm[:ss[.fff]]`, also `am`/`pm`. */
export const timeFormats = [
  /** 2026-11-23 14:05:06, with or without T, fraction, zone. */
  'iso',
  /** 2026/11/23 14:05:06, also 2026.11.23 and 2026年11月23日 */
  'ymd',
  /** 23/11/2026 14:05, also with - and . */
  'dmy',
  /** 11/23/2026 14:05 */
  'mdy',
  /** 23 Nov 2026 14:05 */
  'd_mon_y',
  /** Nov 23, 2026 14:05 */
  'mon_d_y',
  /** 20261123 or 20261123140506 */
  'yyyymmdd',
  /** 261123 or 261123140506 */
  'yymmdd',
  /** 231126 */
  'ddmmyy',
  /** Seconds since 1970, with or without a fraction. */
  'epoch_s',
  'epoch_ms',
  'epoch_us',
  /** Days since 1899-12-30, as spreadsheets count. */
  'excel',
  /** 14:05:06, 7:02:47 or 2:05 pm; needs a column of role `date`. */
  'time',
] as const;
export const TimeFormat = z.enum(timeFormats);
export type TimeFormat = z.output<typeof TimeFormat>;
/** `clock`: h:mm:ss or m:ss; `excel`: parts of a day. */
export const DurationUnit = z.enum(['s', 'ms', 'min', 'clock', 'excel']);
export type DurationUnit = z.output<typeof DurationUnit>;

export const ColumnMapping = z.object({
  /** From 0. */
  column: z.int().min(0).max(999),
  /** As the file names it; a mapping finds its columns by it when their order changed. */
  header: z.string().max(300).nullable().default(null),
  role: ColumnRole,
  format: TimeFormat.nullable().default(null),
  unit: DurationUnit.nullable().default(null),
  /** Time zone of this column alone, for example `Asia/Shanghai`. */
  zone: z.string().max(60).nullable().default(null),
});
export type ColumnMapping = z.output<typeof ColumnMapping>;
/** What a value of the outcome column means. */
export const MappedOutcome = z.enum([
  'answered',
  'abandoned',
  'blocked',
  'self_served',
  'leave_out',
]);
export type MappedOutcome = z.output<typeof MappedOutcome>;
const valueKey = z.string().max(120);
export const ImportMapping = z.object({
  encoding: TextEncoding.nullable().default(null),
  delimiter: Delimiter.nullable().default(null),
  hasHeader: z.boolean().default(true),
  /** Sheet of an XLSX; its first one when null. */
  sheet: z.string().max(120).nullable().default(null),
  columns: z.array(ColumnMapping).max(300).default([]),
  /** Value of the outcome column → what it means; a value that is not here is a row error. */
  outcomes: z.record(valueKey, MappedOutcome).default({}),
  tiers: z.record(valueKey, Tier.nullable()).default({}),
  channels: z.record(valueKey, Channel).default({}),
  /** Where no column tells. */
  channel: Channel.default('voice'),
  queue: z.string().max(120).nullable().default(null),
  /** Written for "none": an agent nobody knows, a customer not identified, a time that was not. */
  noAgent: z.array(valueKey).max(20).default([]),
  noCustomer: z.array(valueKey).max(20).default([]),
  noTime: z.array(valueKey).max(20).default([]),
});
export type ImportMapping = z.output<typeof ImportMapping>;
export type ImportMappingSent = z.input<typeof ImportMapping>;

export const InspectedColumn = z.object({
  column: z.int(),
  header: z.string(),
  role: ColumnRole,
  /** Why this role was guessed. */
  reason: ImportSentence,
  format: TimeFormat.nullable(),
  /** More than one fits every value that was read (23/11 or 11/23 …): somebody must choose. */
  possibleFormats: z.array(TimeFormat),
  formatReason: ImportSentence.nullable(),
  unit: DurationUnit.nullable(),
  unitReason: ImportSentence.nullable(),
  /** Different values with how each is understood (null: not at all). */
  examples: z.array(z.object({ value: z.string(), understood: z.string().nullable() })),
  /** How many different values were seen, up to 50; for those of outcome, tier and channel all of them are below. */
  distinct: z.int(),
  values: z.array(z.object({ value: z.string(), count: z.int() })),
});
export type InspectedColumn = z.output<typeof InspectedColumn>;
export const InspectionView = z.object({
  file: ImportFileView,
  kind: ImportKind,
  kindReason: ImportSentence,
  encoding: TextEncoding,
  encodingReason: ImportSentence,
  isGzip: z.boolean(),
  /** Tables only; null for others and for XLSX. */
  delimiter: Delimiter.nullable(),
  hasHeader: z.boolean(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  header: z.array(z.string()),
  /** The first 20 rows as they are. */
  rows: z.array(z.array(z.string())),
  columns: z.array(InspectedColumn),
  /** A full mapping to start from; `questions` empty: it can be used as it is. */
  mapping: ImportMapping,
  /** A kind of file the product knows (`anonymous_bank`) or the saved mapping that fits. */
  matched: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What somebody must decide before the import can begin. */
  questions: z.array(ImportSentence),
  suggestedLog: z.string(),
});
export type InspectionView = z.output<typeof InspectionView>;
export const inspectImport = route({
  method: 'POST',
  path: '/api/imports/inspect',
  summary: 'Guess what a file is and what its columns mean, with the reasons',
  access: 'import.manage',
  body: z.object({
    fileId: Uuid,
    /** What is known already and not to be guessed. */
    kind: ImportKind.optional(),
    encoding: TextEncoding.optional(),
    delimiter: Delimiter.optional(),
    hasHeader: z.boolean().optional(),
    sheet: z.string().max(120).optional(),
  }),
  response: InspectionView,
});

export const SavedMappingView = z.object({
  id: Uuid,
  name: z.string(),
  mapping: ImportMapping,
  updatedAt: Instant,
});
export type SavedMappingView = z.output<typeof SavedMappingView>;
export const SavedMappingInput = z.object({ name: line(80), mapping: ImportMapping });
export const listImportMappings = route({
  method: 'GET',
  path: '/api/imports/mappings',
  summary: 'Saved column mappings',
  access: 'import.manage',
  response: listOf(SavedMappingView),
});
export const createImportMapping = route({
  method: 'POST',
  path: '/api/imports/mappings',
  summary: 'Save a column mapping',
  access: 'import.manage',
  body: SavedMappingInput,
  response: SavedMappingView,
  status: 201,
});
export const updateImportMapping = route({
  method: 'PUT',
  path: '/api/imports/mappings/:id',
  summary: 'Change a saved column mapping',
  access: 'import.manage',
  params: IdParams,
  body: SavedMappingInput,
  response: SavedMappingView,
});
export const deleteImportMapping = route({
  method: 'DELETE',
  path: '/api/imports/mappings/:id',
  summary: 'Delete a saved column mapping',
  access: 'import.manage',
  params: IdParams,
});

/** An IANA zone, for example `Asia/Shanghai`; the centre's own when left out. */
export const ImportZone = z.string().min(1).max(60);
