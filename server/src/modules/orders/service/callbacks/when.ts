import { Problem } from '../../../../kernel/problem.ts';
import type { Ctx } from '../../../../platform/ctx.ts';
import { hoursFor } from '../calendars.ts';
import { orderSettings } from '../settings-read.ts';

const MINUTE_MS = 60_000;
const FURTHEST_MS = 90 * 86_400_000;

/** The time at which to call, as somebody named it. Throws `callback.time_past` unless it is in the next 90 days. */
export function requireSoon(at: string, now: Date): Date {
  const time = new Date(at);
  const ahead = time.getTime() - now.getTime();
  if (!(ahead > 0 && ahead <= FURTHEST_MS)) throw new Problem('callback.time_past');
  return time;
}

/** When to try again after a call that reached nobody: after the set working time by the hours of the team. */
export async function retryAt(ctx: Ctx, teamId: string, now: Date): Promise<Date> {
  const { callbackRetryMinutes: minutes } = await orderSettings(ctx);
  const { calendar } = await hoursFor(ctx, { rule: 'owner', teamId });
  // Hours that are never open leave nothing but the clock on the wall.
  const at =
    calendar.add(now.getTime(), minutes * MINUTE_MS) ?? now.getTime() + minutes * MINUTE_MS;
  return new Date(at);
}
