import type { Tx } from '../../../platform/ctx.ts';
import { selectAssignedTo } from '../store/work.ts';
import { changeState, lockPresence } from './presence.ts';
import { releaseWork } from './work.ts';

/** Somebody does not work here any more: offline, and what they had goes back to the heads of its queues. */
export async function retirePerson(tx: Tx, userId: string): Promise<void> {
  const before = await lockPresence(tx, userId);
  await changeState(tx, before, { state: 'offline' });
  for (const { id, queueId } of await selectAssignedTo(tx, userId)) {
    await releaseWork(tx, { id, to: { queueId }, reason: 'returned' });
  }
}
