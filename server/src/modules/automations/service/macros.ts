import type { ActionReport, AutomationSubject, MacroInput, MacroView } from '@yingda/contract';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { requireVisibleConversation } from '../../conversations/index.ts';
import { audit, teamsOf } from '../../identity/index.ts';
import { requireVisibleOrder } from '../../orders/index.ts';
import { automationChanged } from '../events.ts';
import { presentMacro } from '../present.ts';
import * as store from '../store/macros.ts';
import type { MacroRow } from '../store/macros.ts';
import { requireFit } from './automations.ts';
import { speaker } from './doing.ts';
import type { Doing } from './doing.ts';
import { performAll } from './perform.ts';
import { loadSubject } from './subjects.ts';

/** Of everybody, of one's own teams, or (for who manages them) all. */
async function usable(ctx: Ctx): Promise<(macro: MacroRow) => boolean> {
  const { userId, rights } = requireUser(ctx.actor);
  if (rights['automation.manage'] === 'all') return () => true;
  const teams = new Set((await teamsOf(ctx, userId)).map(({ id }) => id));
  return ({ team_id: teamId }) => teamId === null || teams.has(teamId);
}

export async function listMacros(ctx: Ctx, subject?: AutomationSubject): Promise<MacroView[]> {
  const isUsable = await usable(ctx);
  const all = await store.selectMacros(ctx.db);
  return all
    .filter((macro) => isUsable(macro) && (subject === undefined || macro.subject === subject))
    .map(presentMacro);
}

function refuse(error: unknown): never {
  if (errorCode(error) === '23505') throw new Problem('macro.name_taken', { cause: error });
  if (errorCode(error) === '23503') throw new Problem('team.not_found', { cause: error });
  throw error;
}

async function note(tx: Tx, { id, name }: { id: string; name: string }, action: string) {
  await audit(tx, { action, subjectKind: 'macro', subjectId: id, subjectName: name });
  tx.emit(automationChanged, { noun: 'macro', id });
}

async function save(tx: Tx, id: string, { teamId, ...input }: MacroInput): Promise<MacroRow> {
  const { userId: by } = requireUser(tx.actor);
  const saved = await store.saveMacro(tx.db, { ...input, id, team_id: teamId, by }).catch(refuse);
  if (!saved) throw new Problem('macro.name_taken');
  return orProblem(await store.selectMacro(tx.db, id), 'macro.not_found');
}

/** Problems: `request.invalid` for actions that do not fit, `macro.name_taken`, `team.not_found`. */
export async function createMacro(ctx: Ctx, input: MacroInput): Promise<MacroView> {
  requireRight(ctx.actor, 'automation.manage');
  requireFit(input);
  return transact(ctx, async (tx) => {
    const macro = await save(tx, newId(), input);
    await note(tx, macro, 'macro.created');
    return presentMacro(macro);
  });
}

/** Throws `macro.changed_meanwhile` when `version` is not the present one; else as making one. */
export async function changeMacro(
  ctx: Ctx,
  id: string,
  { version, ...input }: MacroInput & { version: number },
): Promise<MacroView> {
  requireRight(ctx.actor, 'automation.manage');
  requireFit(input);
  return transact(ctx, async (tx) => {
    const present = orProblem(await store.lockMacro(tx.db, id), 'macro.not_found');
    if (present !== version) throw new Problem('macro.changed_meanwhile');
    const macro = await save(tx, id, input);
    await note(tx, macro, 'macro.changed');
    return presentMacro(macro);
  });
}

export async function removeMacro(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'automation.manage');
  await transact(ctx, async (tx) => {
    const macro = orProblem(await store.selectMacro(tx.db, id), 'macro.not_found');
    await store.deleteMacro(tx.db, id);
    await note(tx, macro, 'macro.deleted');
  });
}

/** Throws what the first action that is refused says: then nothing of it was done. */
async function doAll(tx: Tx, macro: MacroRow, subjectId: string): Promise<ActionReport[]> {
  if (macro.subject === 'order') await requireVisibleOrder(tx, subjectId);
  else await requireVisibleConversation(tx, subjectId);
  const subject = await loadSubject(tx, { kind: macro.subject, id: subjectId });
  const origin = { id: macro.id, name: macro.name, kind: 'macro' } as const;
  const say = speaker(tx, subject, null);
  const doing: Doing = { tx, subject, cause: null, origin, chain: [], say };
  const { reports, failure } = await performAll(doing, macro.actions);
  if (failure) throw failure;
  await store.countUse(tx.db, macro.id);
  return reports;
}

/**
 * Does what a macro says with the rights of the person. Problems: `macro.not_found`, `order.not_found`,
 * `conversation.not_found`, and what its actions are refused for: then nothing was done.
 */
export async function runMacro(ctx: Ctx, id: string, subjectId: string): Promise<ActionReport[]> {
  const isUsable = await usable(ctx);
  const macro = orProblem(await store.selectMacro(ctx.db, id), 'macro.not_found');
  if (!isUsable(macro)) throw new Problem('macro.not_found');
  return transact(ctx, (tx) => doAll(tx, macro, subjectId));
}
