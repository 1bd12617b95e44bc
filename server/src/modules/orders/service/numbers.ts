import { numbering } from '@yingda/contract';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { isTx } from '../../../platform/ctx.ts';
import { localTime } from '../../../kernel/local-time.ts';
import { takeNumbers } from '../store/settings.ts';

type Waiter = { resolve: (count: number) => void; reject: (error: unknown) => void };
type Counter = { waiting: Waiter[]; busy: boolean };
const counters = new WeakMap<Services, Map<string, Counter>>();

/**
 * Serves all who wait for a number of a period with one statement, again and again until nobody waits. The counter is
 * one row: taken by each order in its own transaction, orders would be recorded one after the other.
 */
async function serve({ services }: Ctx, period: string, counter: Counter): Promise<void> {
  counter.busy = true;
  while (counter.waiting.length > 0) {
    const served = counter.waiting.splice(0);
    try {
      const last = await takeNumbers(services.database.kysely, period, served.length);
      served.forEach(({ resolve }, index) => resolve(last - served.length + 1 + index));
    } catch (error) {
      for (const { reject } of served) reject(error);
    }
  }
  counter.busy = false;
}

function nextCount(ctx: Ctx, period: string): Promise<number> {
  // Inside a transaction a second connection could be one too many: all could be waiting for one.
  if (isTx(ctx)) return takeNumbers(ctx.db, period, 1);
  const own = counters.get(ctx.services) ?? new Map<string, Counter>();
  counters.set(ctx.services, own);
  const counter = own.get(period) ?? { waiting: [], busy: false };
  own.set(period, counter);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  counter.waiting.push({ resolve, reject });
  if (!counter.busy) void serve(ctx, period, counter).then(() => own.delete(period));
  return promise;
}

/** A number that no other order has, by the pattern and the date on the centre's clock. May leave gaps. */
export async function nextNumber(
  ctx: Ctx,
  { pattern, now, timeZone }: { pattern: string; now: Date; timeZone: string },
): Promise<string> {
  const { day } = localTime(timeZone, now.getTime());
  const date = new Date(day * 86_400_000);
  const { period, number } = numbering(pattern, {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  });
  return number(await nextCount(ctx, period));
}
