import { z } from 'zod';
import { Tier } from '../customers.ts';
import { IdParams, Instant, PageQuery, Uuid, line, pageOf, route } from '../route.ts';
import { ImportKind, ImportMapping, ImportSentence, ImportZone } from './mapping.ts';

export const ImportInput = z.object({
  /** Several files of one log (rotated ones) are read as one, in the order of their first line. */
  fileIds: z.array(Uuid).min(1).max(200),
  kind: ImportKind,
  /** The system the files come from: the same contact of the same log is never counted twice. */
  log: line(80),
  /** Shown in lists; the first file's name when left out. */
  name: line(200).optional(),
  zone: ImportZone.optional(),
  /** Tables only; what inspection guessed when left out, refused when that leaves questions. */
  mapping: ImportMapping.optional(),
});
export type ImportInput = z.output<typeof ImportInput>;

/** What a log tells at all; a figure it never tells is missing, not 0. */
export const recordNames = [
  'presence',
  'hold',
  'wrap_up',
  'rings',
  'transfers',
  'blocked',
  'customers',
  /** Without it an answered contact that ended counts as solved. */
  'solved',
] as const;

/** Something met while reading: how often, and where first. `says.<code>` tells what it is and what was done. */
export const ImportNotice = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  count: z.int(),
  /** The first places. Lines count from 1. */
  places: z.array(z.object({ file: z.string(), line: z.int(), text: z.string() })),
});
export type ImportNotice = z.output<typeof ImportNotice>;
/** A queue's figures as the log has them, beside Asterisk's own way to count (`queue show`). */
export const ImportQueueTotals = z.object({
  queue: z.string(),
  entered: z.int(),
  answered: z.int(),
  completed: z.int(),
  transferred: z.int(),
  abandoned: z.int(),
  timedOut: z.int(),
  leftByKey: z.int(),
  leftEmpty: z.int(),
  refused: z.int(),
  /** C and A of `queue show`: Asterisk counts a time-out as abandoned and a leave by key as neither. */
  asteriskCompleted: z.int(),
  asteriskAbandoned: z.int(),
});
export type ImportQueueTotals = z.output<typeof ImportQueueTotals>;
export const ImportReport = z.object({
  bytes: z.int(),
  /** Rows of data, headers not among them: of a table, contacts + duplicates + those left out + those with errors. */
  rows: z.int(),
  contacts: z.int(),
  /** Known from an earlier import of this log. */
  duplicates: z.int(),
  outcomes: z.object({
    answered: z.int(),
    abandoned: z.int(),
    blocked: z.int(),
    selfServed: z.int(),
    open: z.int(),
  }),
  from: Instant.nullable(),
  to: Instant.nullable(),
  seconds: z.number(),
  /** What the log tells at all; what it does not tell is missing in the reports, not 0. */
  records: z.array(z.string()),
  leftOut: z.array(ImportNotice),
  errors: z.array(ImportNotice),
  /** Oddities of the file that were handled. */
  traps: z.array(ImportNotice),
  /** How the file was understood: encoding, zone, formats. */
  understood: z.array(ImportSentence),
  queues: z.array(ImportQueueTotals),
});
export type ImportReport = z.output<typeof ImportReport>;

export const ImportState = z.enum([
  'waiting',
  'running',
  'done',
  'cancelled',
  'failed',
  'removing',
  'removed',
]);
export type ImportState = z.output<typeof ImportState>;
export const ImportPhase = z.enum(['waiting', 'reading', 'counting', 'clearing', 'ended']);
export const ImportView = z.object({
  id: Uuid,
  kind: ImportKind,
  log: z.string(),
  name: z.string(),
  zone: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.int() })),
  state: ImportState,
  phase: ImportPhase,
  bytesRead: z.int(),
  bytesTotal: z.int(),
  rows: z.int(),
  contacts: z.int(),
  /** Rows of all kinds of errors. */
  errors: z.int(),
  /** Why it failed: a problem code with its values, translated under `problems`. */
  problem: ImportSentence.nullable(),
  /** The source in reports (`sources` of their filter, the id of the batch); null while there is none. */
  sourceId: z.int().nullable(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type ImportView = z.output<typeof ImportView>;
export const ImportDetail = ImportView.extend({
  mapping: ImportMapping.nullable(),
  report: ImportReport.nullable(),
});
export type ImportDetail = z.output<typeof ImportDetail>;

export const startImport = route({
  method: 'POST',
  path: '/api/imports',
  summary: 'Import uploaded files; nothing of it is in reports until all of it is',
  access: 'import.manage',
  body: ImportInput,
  response: ImportView,
  status: 201,
});
export const listImports = route({
  method: 'GET',
  path: '/api/imports',
  summary: 'Imports, newest first',
  access: 'import.manage',
  query: PageQuery,
  response: pageOf(ImportView),
});
export const getImport = route({
  method: 'GET',
  path: '/api/imports/:id',
  summary: 'One import with its progress and its report',
  access: 'import.manage',
  params: IdParams,
  response: ImportDetail,
});
export const cancelImport = route({
  method: 'POST',
  path: '/api/imports/:id/cancel',
  summary: 'Stop an import that is under way; nothing of it stays',
  access: 'import.manage',
  params: IdParams,
  response: ImportView,
});
export const removeImport = route({
  method: 'DELETE',
  path: '/api/imports/:id',
  summary: 'Take the contacts of an import out of all reports again',
  access: 'import.manage',
  params: IdParams,
  response: ImportView,
});

/** One contact as it would be counted. */
export const PreviewContact = z.object({
  line: z.int(),
  key: z.string(),
  arrivedAt: Instant,
  outcome: z.enum(['answered', 'abandoned', 'blocked', 'self_served', 'open']),
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  type: z.string().nullable(),
  tier: Tier.nullable(),
  waitSeconds: z.number(),
  talkSeconds: z.number(),
  holdSeconds: z.number(),
  wrapUpSeconds: z.number(),
});
export type PreviewContact = z.output<typeof PreviewContact>;
export const PreviewView = z.object({
  contacts: z.array(PreviewContact),
  /** Over the rows that were read, the first 5,000 at most. */
  report: ImportReport,
  questions: z.array(ImportSentence),
});
export type PreviewView = z.output<typeof PreviewView>;
export const previewImport = route({
  method: 'POST',
  path: '/api/imports/preview',
  summary: 'The first contacts as an import would understand them; nothing is stored',
  access: 'import.manage',
  body: ImportInput.omit({ name: true }),
  response: PreviewView,
});

export const FollowedLogView = z.object({
  id: Uuid,
  path: z.string(),
  kind: ImportKind,
  log: z.string(),
  zone: z.string(),
  state: z.enum(['following', 'missing', 'unreadable', 'stopped']),
  position: z.int(),
  lines: z.int(),
  contacts: z.int(),
  lastLineAt: Instant.nullable(),
  /** The source in reports; null while there is none. */
  sourceId: z.int().nullable(),
  createdAt: Instant,
});
export type FollowedLogView = z.output<typeof FollowedLogView>;
export const listFollowedLogs = route({
  method: 'GET',
  path: '/api/imports/followed',
  summary: 'Logs on the server that are read as they grow, and the folders they may be in',
  access: 'import.manage',
  response: z.object({
    items: z.array(FollowedLogView),
    /** From IMPORT_DIRS; empty: nothing may be followed. */
    directories: z.array(z.string()),
    /** Files in these folders that could be followed. */
    files: z.array(z.object({ path: z.string(), size: z.int(), changedAt: Instant })),
  }),
});
export const followLog = route({
  method: 'POST',
  path: '/api/imports/followed',
  summary: 'Read a queue log as it grows, from its beginning on',
  access: 'import.manage',
  body: z.object({
    path: z.string().min(1).max(1000),
    log: line(80),
    zone: ImportZone.optional(),
  }),
  response: FollowedLogView,
  status: 201,
});
export const stopFollowing = route({
  method: 'POST',
  path: '/api/imports/followed/:id/stop',
  summary: 'Read a log no further; what was counted stays',
  access: 'import.manage',
  params: IdParams,
  response: FollowedLogView,
});
export const removeFollowedLog = route({
  method: 'DELETE',
  path: '/api/imports/followed/:id',
  summary: 'Forget a followed log and everything counted from it',
  access: 'import.manage',
  params: IdParams,
});
