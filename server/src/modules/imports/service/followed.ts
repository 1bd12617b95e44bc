import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { FollowedLogView } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { dropBatch, openBatch } from '../../kpi/index.ts';
import { lookAt, readPart } from '../adapters/growing.ts';
import { readQueueLine } from '../domain/queue-log-line.ts';
import { surveyor } from '../domain/queue-log-survey.ts';
import { toUtcOf } from '../domain/zone.ts';
import {
  allFollowed,
  deleteFollowed,
  findFollowed,
  insertFollowed,
  setFollowState,
} from '../store/followed.ts';
import type { FollowedRow } from '../store/followed.ts';
import { zoneOf } from './runs.ts';

const present = (row: FollowedRow): FollowedLogView => ({
  id: row.id,
  path: row.path,
  kind: row.kind,
  log: row.log,
  zone: row.zone,
  state: row.state,
  position: row.position,
  lines: row.lines,
  contacts: row.contacts,
  lastLineAt: row.last_line_at?.toISOString() ?? null,
  sourceId: row.batch_id,
  createdAt: row.created_at.toISOString(),
});

const MAX_FILES = 200;

async function filesIn(folder: string) {
  const names = await readdir(folder).catch(() => []);
  const found: { path: string; size: number; changedAt: string }[] = [];
  for (const name of names.toSorted((a, b) => a.localeCompare(b)).slice(0, MAX_FILES)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info?.isFile()) found.push({ path, size: info.size, changedAt: info.mtime.toISOString() });
  }
  return found;
}

/** The followed logs, and which could be. */
export async function listFollowed(ctx: Ctx) {
  const { importDirs: directories } = ctx.services.config;
  const files = (await Promise.all(directories.map(filesIn))).flat();
  return { items: (await allFollowed(ctx)).map(present), directories, files };
}

/** The path itself, links followed. Problems: `import.follow_not_allowed`, `import.follow_unreadable`. */
async function allowed(ctx: Ctx, given: string): Promise<string> {
  const { importDirs } = ctx.services.config;
  const inside = (path: string, folder: string) =>
    path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  const path = resolve(given);
  if (!importDirs.some((folder) => inside(path, folder)))
    throw new Problem('import.follow_not_allowed');
  const [real, ...folders] = await Promise.all([
    realpath(path).catch(() => null),
    ...importDirs.map((folder) => realpath(folder).catch(() => folder)),
  ]);
  if (real === null) throw new Problem('import.follow_unreadable');
  if (!folders.some((folder) => folder !== null && inside(real, folder))) {
    throw new Problem('import.follow_not_allowed');
  }
  return path;
}

const SURVEY_BYTES = 64 * 1024 * 1024;

async function surveyed(path: string, zone: string): Promise<string[]> {
  const survey = surveyor();
  const toUtc = toUtcOf(zone);
  const found = await lookAt(path);
  const size = Math.min(found?.size ?? 0, SURVEY_BYTES);
  const text = (await readPart(path, 0, size)).toString();
  for (const line of text.split('\n')) {
    const read = readQueueLine(line, toUtc);
    if (read) survey.add(read);
  }
  const { records } = survey.result();
  // A log that has only just begun tells these in its first calls.
  return [...new Set([...records, 'transfers', 'rings', 'customers'])];
}

type Wanted = { path: string; log: string; zone?: string };

/** Begins to follow any file of this machine. Problems: `import.follow_twice`, `import.follow_unreadable`, `import.zone_unknown`. */
export async function followFile(
  ctx: Ctx,
  { path, log, zone: given }: Wanted,
): Promise<FollowedLogView> {
  const zone = await zoneOf(ctx, given);
  const records = await surveyed(path, zone).catch((cause: unknown) => {
    throw new Problem('import.follow_unreadable', { cause });
  });
  const id = newId();
  const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  await transact(ctx, async (tx) => {
    const batchId = await openBatch(tx, { kind: 'follow', log, name: path, records });
    const isNew = await insertFollowed(tx, {
      id,
      path,
      kind: 'queue_log',
      log,
      zone,
      batch_id: batchId,
      memory: { withPresence: records.includes('presence') },
      created_by: by,
    });
    if (!isNew) throw new Problem('import.follow_twice');
    await audit(tx, {
      action: 'import.followed',
      subjectKind: 'import',
      subjectId: id,
      subjectName: path,
    });
  });
  return present(orProblem(await findFollowed(ctx, id), 'import.not_found'));
}

/** Follows a log in a folder that the operator allows. Problems: `import.follow_not_allowed` and those of `followFile`. */
export async function followLog(ctx: Ctx, wanted: Wanted): Promise<FollowedLogView> {
  return followFile(ctx, { ...wanted, path: await allowed(ctx, wanted.path) });
}

/** Problems: `import.not_found`. */
export async function stopFollowing(ctx: Ctx, id: string): Promise<FollowedLogView> {
  const row = orProblem(await findFollowed(ctx, id), 'import.not_found');
  await transact(ctx, async (tx) => {
    await setFollowState(tx, id, 'stopped');
    await audit(tx, {
      action: 'import.unfollowed',
      subjectKind: 'import',
      subjectId: id,
      subjectName: row.path,
    });
  });
  return present({ ...row, state: 'stopped' });
}

/** Forgets the log and what was counted from it. Problems: `import.not_found`. */
export async function removeFollowed(ctx: Ctx, id: string): Promise<void> {
  const row = orProblem(await findFollowed(ctx, id), 'import.not_found');
  await transact(ctx, async (tx) => {
    await setFollowState(tx, id, 'stopped');
    await audit(tx, {
      action: 'import.removed',
      subjectKind: 'import',
      subjectId: id,
      subjectName: row.path,
    });
  });
  if (row.batch_id !== null) await dropBatch(ctx, row.batch_id);
  await deleteFollowed(ctx, id);
}
