import type { ImportDetail, ImportKind, ImportMapping, ImportView } from '@yingda/contract';
import { z } from 'zod';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit, organisation } from '../../identity/index.ts';
import { compileColumns } from '../domain/columns.ts';
import { isZone } from '../domain/zone.ts';
import { beginImports } from '../jobs.ts';
import { viewsOf } from '../present.ts';
import { findReport, findRun, insertRun, lockRun, pageRuns, updateRun } from '../store/run.ts';
import type { RunRow, SourceRef } from '../store/run.ts';
import { uploads } from './files.ts';
import { inspectSource } from './inspect.ts';
import { tellIn } from './notify.ts';
import { sourcesOf } from './sources.ts';

export type Wanted = {
  kind: ImportKind;
  log: string;
  name?: string;
  zone?: string;
  mapping?: ImportMapping;
};

/** The zone that is meant: the centre's own unless told. Problems: `import.zone_unknown`. */
export async function zoneOf(ctx: Ctx, zone: string | undefined): Promise<string> {
  if (zone === undefined) return (await organisation(ctx)).timeZone;
  if (!isZone(zone)) throw new Problem('import.zone_unknown', { params: { zone } });
  return zone;
}

/**
 * The mapping to read a table with: the one given, or what the file itself tells beyond doubt. Null for other kinds.
 * Problems: `import.undecided`, `import.no_arrival`.
 */
export async function settledMapping(
  ctx: Ctx,
  { kind, mapping }: Pick<Wanted, 'kind' | 'mapping'>,
  sources: SourceRef[],
): Promise<ImportMapping | null> {
  if (mapping) {
    if (kind === 'table') compileColumns(mapping, 'UTC');
    return mapping;
  }
  if (kind !== 'table') return null;
  const [first] = await sourcesOf(ctx, sources.slice(0, 1));
  if (!first) throw new Problem('import.file_not_found');
  const guessed = await inspectSource(ctx, first, { kind });
  if (guessed.questions.length > 0) throw new Problem('import.undecided');
  compileColumns(guessed.mapping, 'UTC');
  return guessed.mapping;
}

/** Writes an import down, to be carried out. Problems: as `zoneOf` and `settledMapping`. */
export async function writeDown(
  ctx: Ctx,
  wanted: Wanted,
  { sources, origin }: Pick<RunRow, 'sources' | 'origin'>,
): Promise<string> {
  const zone = await zoneOf(ctx, wanted.zone);
  const mapping = await settledMapping(ctx, wanted, sources);
  const id = newId();
  const { kind, log } = wanted;
  const name = wanted.name ?? sources[0]?.name ?? log;
  const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  await transact(ctx, async (tx) => {
    await insertRun(tx, { id, kind, log, name, zone, mapping, sources, origin, created_by: by });
    await audit(tx, {
      action: 'import.started',
      subjectKind: 'import',
      subjectId: id,
      subjectName: name,
    });
    await tellIn(tx, id, true);
    if (origin === 'upload') await ctx.services.jobs.send(tx, beginImports, {});
  });
  return id;
}

async function viewOf(ctx: Ctx, run: RunRow): Promise<ImportView> {
  const [view] = await viewsOf(ctx, [run]);
  return orProblem(view, 'import.not_found');
}

/** Imports uploads. Problems: `import.file_not_found` and those of `writeDown`. */
export async function startImport(
  ctx: Ctx,
  input: Wanted & { fileIds: string[] },
): Promise<ImportView> {
  const files = await uploads(ctx, input.fileIds);
  const sources = files.map(({ id, name, size }) => ({ name, size: Number(size), fileId: id }));
  const id = await writeDown(ctx, input, { sources, origin: 'upload' });
  return viewOf(ctx, orProblem(await findRun(ctx, id), 'import.not_found'));
}

const Place = z.tuple([z.string(), z.uuid()]);

function placeOf(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (Number.isNaN(Date.parse(at))) throw new Error('no time');
    return { at, id };
  } catch (cause) {
    throw new Problem('request.malformed', { cause });
  }
}

/** A page of imports, newest first. */
export async function listImports(ctx: Ctx, { cursor, limit }: { cursor?: string; limit: number }) {
  const rows = await pageRuns(ctx, placeOf(cursor), limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > limit && last
      ? Buffer.from(JSON.stringify([last.created_at.toISOString(), last.id])).toString('base64url')
      : null;
  return { items: await viewsOf(ctx, page), nextCursor };
}

/** One import with its report. Problems: `import.not_found`. */
export async function getImport(ctx: Ctx, id: string): Promise<ImportDetail> {
  const run = orProblem(await findRun(ctx, id), 'import.not_found');
  return { ...(await viewOf(ctx, run)), mapping: run.mapping, report: await findReport(ctx, id) };
}

async function change(
  ctx: Ctx,
  { id, action }: { id: string; action: string },
  work: (tx: Tx, run: RunRow) => Promise<void>,
) {
  return transact(ctx, async (tx) => {
    const run = orProblem(await lockRun(tx, id), 'import.not_found');
    await work(tx, run);
    await audit(tx, { action, subjectKind: 'import', subjectId: id, subjectName: run.name });
    await tellIn(tx, id, true);
    await tx.services.jobs.send(tx, beginImports, {});
    return viewOf(tx, orProblem(await findRun(tx, id), 'import.not_found'));
  });
}

/** Stops an import; whatever it has stored goes. Problems: `import.not_found`, `import.not_running`. */
export function cancelImport(ctx: Ctx, id: string): Promise<ImportView> {
  return change(ctx, { id, action: 'import.cancelled' }, async (tx, { state, attempts }) => {
    if (state !== 'waiting' && state !== 'running') throw new Problem('import.not_running');
    if (state === 'waiting' && attempts === 0) {
      await updateRun(tx, id, { state: 'cancelled', phase: 'ended', ended_at: new Date() });
    } else await updateRun(tx, id, { is_cancelled: true });
  });
}

/** Takes an import's contacts out of the reports. Problems: `import.not_found`, `import.still_running`. */
export function removeImport(ctx: Ctx, id: string): Promise<ImportView> {
  return change(ctx, { id, action: 'import.removed' }, async (tx, { state, batch_id: batch }) => {
    if (state === 'waiting' || state === 'running') throw new Problem('import.still_running');
    if (state === 'removed' || state === 'removing') return;
    await updateRun(
      tx,
      id,
      batch === null ? { state: 'removed' } : { state: 'removing', phase: 'clearing' },
    );
  });
}
