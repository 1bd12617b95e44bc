import { ViewQuery } from '@yingda/contract';
import type { createSavedView, InputOf, ReportPage, updateSavedView } from '@yingda/contract';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { maySeeView, requireChange } from '../policy.ts';
import * as store from '../store/views.ts';
import type { ViewRow } from '../store/views.ts';

export type View = Omit<ViewRow, 'query'> & { query: ViewQuery };

const read = (row: ViewRow): View => ({ ...row, query: ViewQuery.parse(row.query) });

/** Own and shared views, by name. */
export async function listViews(ctx: Ctx, page: ReportPage | undefined): Promise<View[]> {
  const { userId } = requireUser(ctx.actor);
  return (await store.selectViews(ctx, { ownerId: userId, page: page ?? null })).map(read);
}

/** A view that the actor may see; `view.not_found` else. */
export async function getView(ctx: Ctx, id: string): Promise<View> {
  const row = await store.selectView(ctx, id);
  if (!row || !maySeeView(ctx.actor, row)) throw new Problem('view.not_found');
  return read(row);
}

export async function createView(
  ctx: Ctx,
  input: InputOf<typeof createSavedView, 'body'>,
): Promise<View> {
  const { userId } = requireUser(ctx.actor);
  if (input.isShared) requireRight(ctx.actor, 'report.manage');
  const { name, page, query, isShared } = input;
  const id = newId();
  await transact(ctx, async (tx) => {
    await store.insertView(tx, { id, name, page, query, owner_id: userId, is_shared: isShared });
    if (isShared)
      await audit(tx, {
        action: 'report_view.shared',
        subjectKind: 'report_view',
        subjectId: id,
        subjectName: name,
      });
  });
  return getView(ctx, id);
}

type Change = InputOf<typeof updateSavedView, 'body'>;

/** Changes what is given. Problems: `view.not_found`, `view.not_yours`, `auth.forbidden` for sharing. */
export async function changeView(ctx: Ctx, id: string, change: Change): Promise<View> {
  return transact(ctx, async (tx) => {
    const view = await getView(tx, id);
    requireChange(tx.actor, view);
    if (change.isShared) requireRight(tx.actor, 'report.manage');
    const { name = view.name, query = view.query, isShared = view.is_shared } = change;
    await store.updateView(tx, { id, name, query, is_shared: isShared });
    if (isShared !== view.is_shared) {
      const action = isShared ? 'report_view.shared' : 'report_view.unshared';
      await audit(tx, { action, subjectKind: 'report_view', subjectId: id, subjectName: name });
    }
    return getView(tx, id);
  });
}

/** Removes a view; `view.in_use` while a schedule sends it. */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const view = await getView(tx, id);
    requireChange(tx.actor, view);
    if (!(await store.deleteView(tx, id))) throw new Problem('view.in_use');
    if (view.is_shared)
      await audit(tx, {
        action: 'report_view.deleted',
        subjectKind: 'report_view',
        subjectId: id,
        subjectName: view.name,
      });
  });
}
