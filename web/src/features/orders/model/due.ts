import type { OrderSummary } from '@yingda/contract';

export type DueLevel = 'none' | 'fresh' | 'due' | 'late' | 'paused' | 'met' | 'missed';

const minute = 60_000;
/** From here on a deadline is near, even when the flow has no warning for it. */
const nearMs = 30 * minute;

type Clocked = Pick<OrderSummary, 'clock' | 'dueAt'>;

/** How urgent a deadline is at `now` (ms since 1970): a clock that passed its time counts as late before the server says so. */
export function dueLevel({ clock, dueAt }: Clocked, now: number): DueLevel {
  if (clock === 'paused' || clock === 'met' || clock === 'missed') return clock;
  if (clock === 'none' || dueAt === null) return 'none';
  const left = Date.parse(dueAt) - now;
  if (clock === 'late' || left < 0) return 'late';
  return clock === 'warned' || left < nearMs ? 'due' : 'fresh';
}

/** Time to or since the deadline in ms, in steps that do not flicker: whole minutes, whole hours beyond a day. */
export function dueDistance(dueAt: string, now: number): number {
  const ms = Math.abs(Date.parse(dueAt) - now);
  if (ms < minute) return Math.floor(ms / 1000) * 1000;
  const step = ms < 24 * 60 * minute ? minute : 60 * minute;
  return Math.floor(ms / step) * step;
}
