import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { FollowedLogView, ImportDetail, ImportView } from '@yingda/contract';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { findRun, pageRuns, updateRun } from '../store/run.ts';
import { viewsOf } from '../present.ts';
import { followFile } from './followed.ts';
import { inspectSource } from './inspect.ts';
import type { Inspected } from './inspect.ts';
import { carryOut } from './run.ts';
import { getImport, writeDown } from './runs.ts';
import type { Wanted } from './runs.ts';
import { sourcesOf } from './sources.ts';

async function refOf(file: string) {
  const path = resolve(file);
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw new Problem('import.follow_unreadable');
  return { name: basename(path), size: info.size, path };
}

/** Guesses what a file of this machine is. Problems: as an upload's. */
export async function inspectPath(ctx: Ctx, file: string): Promise<Inspected> {
  const [source] = await sourcesOf(ctx, [await refOf(file)]);
  return inspectSource(ctx, orProblem(source, 'import.file_not_found'), {});
}

const LOOK_MS = 1_000;

/** Imports files of this machine in this process, telling how far it is. Problems: as an import's, `import.still_running`. */
export async function importPaths(
  ctx: Ctx,
  files: string[],
  wanted: Wanted & { onProgress?: (view: ImportView) => void },
): Promise<ImportDetail> {
  const refs = await Promise.all(files.map(refOf));
  const id = await writeDown(ctx, wanted, { sources: refs, origin: 'command' });
  const timer = setInterval(() => {
    void (async () => {
      const run = await findRun(ctx, id);
      const [view] = run ? await viewsOf(ctx, [run]) : [];
      if (view) wanted.onProgress?.(view);
    })().catch(() => {});
  }, LOOK_MS);
  try {
    if (!(await carryOut(ctx, id))) {
      await updateRun(ctx, id, { state: 'cancelled', phase: 'ended', ended_at: new Date() });
      throw new Problem('import.still_running');
    }
  } finally {
    clearInterval(timer);
  }
  return getImport(ctx, id);
}

/** The last hundred imports, newest first. */
export async function listRecent(ctx: Ctx): Promise<ImportView[]> {
  return viewsOf(ctx, await pageRuns(ctx, null, 100));
}

/** Removes an import's contacts at once. Problems: `import.not_found`, `import.still_running`. */
export async function removeByCommand(ctx: Ctx, id: string): Promise<void> {
  const run = orProblem(await findRun(ctx, id), 'import.not_found');
  if (run.state === 'waiting' || run.state === 'running') throw new Problem('import.still_running');
  if (run.state === 'removed') return;
  await updateRun(ctx, id, { state: 'removing', phase: 'clearing' });
  await carryOut(ctx, id);
}

/** Follows a queue log of this machine; working processes of the product read it. Problems: as `followFile`. */
export async function followPath(
  ctx: Ctx,
  file: string,
  wanted: { log?: string; zone?: string },
): Promise<FollowedLogView> {
  const { path, name } = await refOf(file);
  return followFile(ctx, { path, log: wanted.log ?? name, zone: wanted.zone });
}
