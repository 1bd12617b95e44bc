import type { InputOf, StandardKey, TargetBand, TargetView, createTarget } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit, namesOf } from '../../identity/index.ts';
import { isUsableDay } from '../domain/days.ts';
import { standards } from '../domain/definitions.ts';
import { kpiChanged } from '../events.ts';
import { presentTarget } from '../present.ts';
import { insertTarget, removeTarget, selectTargets } from '../store/targets.ts';
import type { TargetRow } from '../store/targets.ts';
import { requireMembers } from './member-list.ts';
import { maySeeMember, scopeOf } from './scope.ts';

const defaults = Object.fromEntries(standards.map(({ key, band }) => [key, band])) as Record<
  StandardKey,
  TargetBand
>;

/** Every target the actor may see, the newest first, and what holds where there is none. */
export async function listTargets(
  ctx: Ctx,
): Promise<{ items: TargetView[]; defaults: Record<StandardKey, TargetBand> }> {
  const scope = await scopeOf(ctx);
  const rows = (await selectTargets(ctx)).filter(({ queueId }) => {
    const queue = queueId === null ? undefined : scope.members.get(queueId);
    return queue === undefined || maySeeMember(scope, queue);
  });
  const names = await namesOf(
    ctx,
    rows.flatMap(({ createdBy }) => createdBy ?? []),
  );
  return { items: rows.map((row) => presentTarget(row, names)), defaults };
}

async function note(tx: Tx, action: string, target: TargetRow): Promise<void> {
  const { id, standard, queueId, typeId, norm, low, high, seconds, validFrom } = target;
  await audit(tx, {
    action,
    subjectKind: 'kpi_target',
    subjectId: id,
    subjectName: standard,
    details: { queueId, typeId, norm, low, high, seconds, validFrom },
  });
  tx.emit(kpiChanged, { noun: 'targets' });
}

/** Sets a target from a date on. Throws `kpi.member_not_found`, `kpi.target_seconds`, `kpi.period_invalid`. */
export async function addTarget(
  ctx: Ctx,
  input: InputOf<typeof createTarget, 'body'>,
): Promise<TargetView> {
  requireRight(ctx.actor, 'kpi.manage');
  const { standard, queueId, typeId, seconds, validFrom } = input;
  if (seconds !== null && standard !== 'service_level') throw new Problem('kpi.target_seconds');
  if (!isUsableDay(validFrom)) throw new Problem('kpi.period_invalid');
  await requireMembers(ctx, 'queue', queueId === null ? [] : [queueId]);
  await requireMembers(ctx, 'type', typeId === null ? [] : [typeId]);
  const createdBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  return transact(ctx, async (tx) => {
    const row = await insertTarget(tx, { ...input, id: newId(), createdBy });
    await note(tx, 'kpi_target.created', row);
    return presentTarget(row, await namesOf(tx, createdBy === null ? [] : [createdBy]));
  });
}

/** Throws `kpi.target_not_found`. */
export async function deleteTarget(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'kpi.manage');
  await transact(ctx, async (tx) => {
    await note(
      tx,
      'kpi_target.deleted',
      orProblem(await removeTarget(tx, id), 'kpi.target_not_found'),
    );
  });
}
