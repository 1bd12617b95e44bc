import type { Ctx } from '../../../platform/ctx.ts';
import type { Sight } from '../store/lists.ts';
import { readerOf } from './reader.ts';

/** Whose orders the actor sees in lists: for other modules that read them. */
export async function orderSight(ctx: Ctx): Promise<Sight> {
  const { party, teams, departments } = await readerOf(ctx);
  return { userId: party.kind === 'person' ? party.userId : null, teams, departments };
}
