import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { monthOf } from '../domain/months.ts';
import { addDays } from '../domain/days.ts';
import { dayOf } from '../domain/steps.ts';
import { sumMonth } from '../store/months.ts';
import type { Counting } from './zone.ts';

/** Makes the sums of months of a batch that was loaded whole, one month at a time; again makes the same. */
export async function countMonths(
  ctx: Ctx,
  { batchId, zone }: Counting,
  { firstAt, lastAt }: { firstAt: Date; lastAt: Date },
): Promise<void> {
  const last = monthOf(dayOf(zone, lastAt.getTime()));
  let month = monthOf(dayOf(zone, firstAt.getTime()));
  while (month <= last) {
    const next = monthOf(addDays(month, 31));
    await transact(ctx, (tx) => sumMonth(tx, batchId, { month, next }));
    month = next;
  }
}
