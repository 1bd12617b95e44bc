import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';

/**
 * Lets time pass for one order: all that was noted of it, its clock and its timers move into the past. Under hours that
 * know no night and no weekend this is what waiting would have done.
 */
export async function passTime(ctx: Ctx, orderId: string, minutes: number): Promise<void> {
  const by = sql`make_interval(secs => ${minutes * 60})`;
  await transact(ctx, async ({ db }) => {
    await sql`
      update work_order set step_since = step_since - ${by}, due_at = due_at - ${by}, created_at = created_at - ${by},
        closed_at = closed_at - ${by} where id = ${orderId}
    `.execute(db);
    await sql`
      update order_visit set entered_at = entered_at - ${by}, left_at = left_at - ${by},
        running_since = running_since - ${by}, due_at = due_at - ${by} where order_id = ${orderId}
    `.execute(db);
    await sql`update order_line set at = at - ${by} where order_id = ${orderId}`.execute(db);
    await sql`
      update timer set due_at = due_at - ${by}, run_at = run_at - ${by}
      where kind = 'order.alarm' and payload ->> 'orderId' = ${orderId}
    `.execute(db);
  });
}

/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(25);
}
