import type {
  CannedView,
  InputOf,
  createCanned as createRoute,
  updateCanned as updateRoute,
} from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { cannedChanged } from '../events.ts';
import { readableTeams } from '../policy.ts';
import {
  deleteCannedRow,
  findCanned,
  insertCanned,
  listCannedRows,
  updateCannedRow,
} from '../store/canned.ts';
import type { CannedRow } from '../store/canned.ts';

const present = (row: CannedRow): CannedView => ({
  id: row.id,
  shortcut: row.shortcut,
  title: row.title,
  text: row.text,
  teamId: row.team_id,
  uses: row.uses,
});

function refuseTaken(error: unknown): never {
  if (errorCode(error) === '23505') throw new Problem('canned.shortcut_taken', { cause: error });
  if (errorCode(error) === '23503') throw new Problem('team.not_found', { cause: error });
  throw error;
}

/** Texts for everyone need the right for all teams: `may` without a team would be satisfied by any one. */
function requireManage(ctx: Ctx, teamId: string | null): void {
  if (teamId !== null) return requireRight(ctx.actor, 'canned.manage', teamId);
  const { actor } = ctx;
  if (
    actor.kind !== 'system' &&
    !(actor.kind === 'user' && actor.rights['canned.manage'] === 'all')
  ) {
    throw new Problem('auth.forbidden');
  }
}

/** Canned replies of everyone and of the teams the person reads. */
export async function listCanned(ctx: Ctx): Promise<CannedView[]> {
  const readable = readableTeams(ctx.actor);
  return (await listCannedRows(ctx.db, readable === 'all' ? null : readable)).map(present);
}

export async function createCanned(
  ctx: Ctx,
  given: InputOf<typeof createRoute, 'body'>,
): Promise<CannedView> {
  requireManage(ctx, given.teamId);
  return transact(ctx, async (tx) => {
    const { teamId, ...rest } = given;
    const row = await insertCanned(tx.db, { id: newId(), ...rest, team_id: teamId }).catch(
      refuseTaken,
    );
    await audit(tx, {
      action: 'canned.created',
      subjectKind: 'canned',
      subjectId: row.id,
      subjectName: row.title,
    });
    tx.emit(cannedChanged, {});
    return present(row);
  });
}

export async function updateCanned(
  ctx: Ctx,
  { id, changes }: { id: string; changes: InputOf<typeof updateRoute, 'body'> },
): Promise<CannedView> {
  return transact(ctx, async (tx) => {
    const before = orProblem(await findCanned(tx.db, id), 'canned.not_found');
    requireManage(ctx, before.team_id);
    const { teamId, ...rest } = changes;
    if (teamId !== undefined) requireManage(ctx, teamId);
    const values = { ...rest, ...(teamId !== undefined && { team_id: teamId }) };
    const changed = await updateCannedRow(tx.db, id, values).catch(refuseTaken);
    const row = orProblem(changed, 'canned.not_found');
    await audit(tx, {
      action: 'canned.changed',
      subjectKind: 'canned',
      subjectId: id,
      subjectName: row.title,
    });
    tx.emit(cannedChanged, {});
    return present(row);
  });
}

export async function deleteCanned(ctx: Ctx, { id }: { id: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const before = orProblem(await findCanned(tx.db, id), 'canned.not_found');
    requireManage(ctx, before.team_id);
    await deleteCannedRow(tx.db, id);
    await audit(tx, {
      action: 'canned.deleted',
      subjectKind: 'canned',
      subjectId: id,
      subjectName: before.title,
    });
    tx.emit(cannedChanged, {});
  });
}
