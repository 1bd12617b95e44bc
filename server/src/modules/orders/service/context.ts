import type { Ctx, Services } from '../../../platform/ctx.ts';
import { selectContext } from '../store/order.ts';
import type { ContextOf, ContextRow } from '../store/order.ts';

/**
 * What hundreds of orders a second would ask again and again. Forgotten as soon as a process hears that something of it
 * changed, and after a moment in any case: until then an order may begin on what was published a second ago.
 */
const LIFE_MS = 1_000;
const MOST = 5_000;
type Remembered = Map<string, { until: number; context: Promise<ContextRow> }>;
const remembered = new WeakMap<Services, Remembered>();

export function contextFor(ctx: Ctx, given: ContextOf): Promise<ContextRow> {
  const all: Remembered = remembered.get(ctx.services) ?? new Map();
  remembered.set(ctx.services, all);
  const key = JSON.stringify(given);
  const known = all.get(key);
  const now = performance.now();
  if (known && known.until > now) return known.context;
  if (all.size > MOST) all.clear();
  const context = selectContext(ctx.db, given);
  all.set(key, { until: now + LIFE_MS, context });
  // A failure is nothing to be remembered.
  context.catch(() => all.delete(key));
  return context;
}

export function forgetContexts(services: Services): void {
  remembered.delete(services);
}
