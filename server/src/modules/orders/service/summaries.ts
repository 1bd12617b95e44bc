import type { OrderSummary } from '@yingda/contract';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { summariesByIds } from './lists.ts';

type Summaries = Promise<Map<string, OrderSummary>>;
const gathering = new WeakMap<Services, { ids: Set<string>; found: Summaries }>();

/**
 * An order as live events show it, unless it is gone; the sender has checked who hears it. What is asked for in one turn
 * is read by one statement: alarms are given by the hundred, and each for itself would take all connections.
 */
export async function summarySoon(ctx: Ctx, id: string): Promise<OrderSummary | undefined> {
  let gathered = gathering.get(ctx.services);
  if (!gathered) {
    const ids = new Set<string>();
    const { promise: turn, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    const found = turn.then(() => {
      gathering.delete(ctx.services);
      return summariesByIds(ctx, [...ids]);
    });
    gathered = { ids, found };
    gathering.set(ctx.services, gathered);
  }
  gathered.ids.add(id);
  return (await gathered.found).get(id);
}
