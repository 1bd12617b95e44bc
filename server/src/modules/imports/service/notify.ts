import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { importChanged } from '../events.ts';
import { viewsOf } from '../present.ts';
import { findRun } from '../store/run.ts';

/** Tells everybody who looks that an import is another; `isNews`: it began or ended. */
export async function tell(ctx: Ctx, id: string, isNews: boolean): Promise<void> {
  await transact(ctx, (tx: Tx) => tellIn(tx, id, isNews));
}

export async function tellIn(tx: Tx, id: string, isNews: boolean): Promise<void> {
  const run = await findRun(tx, id);
  if (!run) return;
  const [view] = await viewsOf(tx, [run]);
  if (view) tx.emit(importChanged, { import: view, by: run.created_by, isNews });
}
