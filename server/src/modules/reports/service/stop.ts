import type { StopReason } from '@yingda/contract';
import type { Tx } from '../../../platform/ctx.ts';
import { cancelTimer } from '../../clocks/index.ts';
import { stopSchedule } from '../store/schedules.ts';

export const DUE_TIMER = 'report.due';
export const RETRY_TIMER = 'report.retry';

/** Ends a schedule that cannot go on; its page tells why. */
export async function stop(tx: Tx, id: string, reason: StopReason): Promise<void> {
  await stopSchedule(tx, id, reason);
  await cancelTimer(tx, DUE_TIMER, id);
}
