import { sql } from 'kysely';
import type {
  ImportKind,
  ImportMapping,
  ImportReport,
  ImportSentence,
  ImportState,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

/** What an import reads: an upload, or a path of the machine. */
export type SourceRef = { name: string; size: number; fileId?: string; path?: string };
export type RunRow = {
  id: string;
  kind: ImportKind;
  log: string;
  name: string;
  zone: string;
  mapping: ImportMapping | null;
  sources: SourceRef[];
  origin: 'upload' | 'command';
  state: ImportState;
  phase: 'waiting' | 'reading' | 'counting' | 'clearing' | 'ended';
  is_cancelled: boolean;
  attempts: number;
  batch_id: number | null;
  bytes_read: number;
  bytes_total: number;
  rows: number;
  contacts: number;
  errors: number;
  problem: ImportSentence | null;
  created_at: Date;
  created_by: string | null;
  started_at: Date | null;
  ended_at: Date | null;
};

const columns = sql`id, kind, log, name, zone, mapping, sources, origin, state, phase, is_cancelled, attempts, batch_id,
  bytes_read, bytes_total, rows, contacts, errors, problem, created_at, created_by, started_at, ended_at`;

export type NewRun = Pick<
  RunRow,
  'id' | 'kind' | 'log' | 'name' | 'zone' | 'mapping' | 'sources' | 'origin' | 'created_by'
>;

export async function insertRun(ctx: Ctx, run: NewRun): Promise<void> {
  const total = run.sources.reduce((sum, { size }) => sum + size, 0);
  await sql`
    insert into import_run (id, kind, log, name, zone, mapping, sources, origin, state, phase, bytes_total, created_by)
    values (${run.id}, ${run.kind}, ${run.log}, ${run.name}, ${run.zone}, ${run.mapping === null ? null : JSON.stringify(run.mapping)}::jsonb,
      ${JSON.stringify(run.sources)}::jsonb, ${run.origin}, 'waiting', 'waiting', ${total}, ${run.created_by})
  `.execute(ctx.db);
}

export async function findRun(ctx: Ctx, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`select ${columns} from import_run where id = ${id}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** The import for a change of its state. */
export async function lockRun(ctx: Ctx, id: string): Promise<RunRow | undefined> {
  const { rows } =
    await sql<RunRow>`select ${columns} from import_run where id = ${id} for update`.execute(
      ctx.db,
    );
  return rows[0];
}

export async function findReport(ctx: Ctx, id: string): Promise<ImportReport | null> {
  const { rows } = await sql<{
    report: ImportReport | null;
  }>`select report from import_run where id = ${id}`.execute(ctx.db);
  return rows[0]?.report ?? null;
}

export async function pageRuns(
  ctx: Ctx,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<RunRow[]> {
  const older = after
    ? sql`where (created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<RunRow>`
    select ${columns} from import_run ${older} order by created_at desc, id desc limit ${limit}
  `.execute(ctx.db);
  return rows;
}

/** Imports and removals that somebody must work on, oldest first. */
export async function openRuns(ctx: Ctx): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select ${columns} from import_run where state in ('waiting', 'running', 'removing') order by created_at limit 50
  `.execute(ctx.db);
  return rows;
}

type Changes = Partial<
  Pick<
    RunRow,
    | 'state'
    | 'phase'
    | 'is_cancelled'
    | 'attempts'
    | 'batch_id'
    | 'bytes_read'
    | 'rows'
    | 'contacts'
    | 'errors'
    | 'started_at'
    | 'ended_at'
  > & { problem: ImportSentence | null; report: ImportReport | null }
>;
const json = new Set(['problem', 'report']);

export async function updateRun(ctx: Ctx, id: string, changes: Changes): Promise<void> {
  const set = Object.entries(changes).map(([name, value]) =>
    json.has(name)
      ? sql`${sql.ref(name)} = ${value === null ? null : JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(name)} = ${value}`,
  );
  await sql`update import_run set ${sql.join(set)} where id = ${id}`.execute(ctx.db);
}

/** How far it is; tells whether somebody wants it to stop. */
export async function saveProgress(
  ctx: Ctx,
  id: string,
  progress: Pick<RunRow, 'phase' | 'bytes_read' | 'rows' | 'contacts' | 'errors'>,
): Promise<boolean> {
  const { phase, bytes_read: bytes, rows, contacts, errors } = progress;
  const { rows: found } = await sql<{ is_cancelled: boolean }>`
    update import_run set phase = ${phase}, bytes_read = ${bytes}, rows = ${rows}, contacts = ${contacts}, errors = ${errors}
    where id = ${id} returning is_cancelled
  `.execute(ctx.db);
  return found[0]?.is_cancelled ?? true;
}

/** Whether an import that is not over reads this upload. */
export async function isFileInUse(ctx: Ctx, fileId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_run where state in ('waiting', 'running') and sources @> ${JSON.stringify([{ fileId }])}::jsonb limit 1
  `.execute(ctx.db);
  return rows.length > 0;
}
