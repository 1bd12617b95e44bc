import { actingAs } from '../../../../platform/ctx.ts';
import type { Tx } from '../../../../platform/ctx.ts';
import { callbackChanged } from '../../events.ts';
import type { CallbackHappening } from '../../events.ts';
import { endCallbacks, insertCallbacks, releaseCallbacks } from '../../store/callback-rows.ts';
import type { CallbackRow, NewCallback } from '../../store/callback-rows.ts';
import { selectNow } from '../../store/callback-lists.ts';
import type { Author } from '../scene.ts';

const system: Author = { kind: 'system', id: null };

type Happened = {
  change: CallbackHappening;
  at: Date;
  author: Author;
  previousHolderId?: string | null;
};

/** Says what happened to a callback, as it is now. */
export function tellCall(
  tx: Tx,
  call: CallbackRow,
  { change, at, author, previousHolderId = null }: Happened,
): void {
  tx.emit(callbackChanged, {
    callbackId: call.id,
    orderId: call.order_id,
    customerId: call.customer_id,
    reason: call.reason,
    change,
    result: call.result,
    tries: call.tries,
    state: call.state,
    teamId: call.team_id,
    holderId: call.holder_id,
    previousHolderId: previousHolderId === call.holder_id ? null : previousHolderId,
    at: at.toISOString(),
    by: author.kind,
    byId: author.id,
  });
}

const fresh = {
  tries: 0,
  holder_id: null,
  state: 'open',
  result: null,
  note: '',
  satisfaction: null,
  done_at: null,
  done_by: null,
  version: 1,
} as const;

/** Puts calls on the lists of their teams. */
export async function openCalls(tx: Tx, calls: NewCallback[], author = system): Promise<void> {
  await insertCallbacks(tx.db, calls);
  for (const call of calls) {
    tellCall(tx, { ...fresh, ...call }, { change: 'opened', at: call.created_at, author });
  }
}

type Ending = { orderId: string; visitId: string | null; result: string | null; at: Date };

/** Ends calls that nobody need make any more: those of a visit that was left, or all of a closed order. */
export async function endCalls(tx: Tx, { orderId, visitId, result, at }: Ending): Promise<void> {
  for (const call of await endCallbacks(tx.db, { orderId, visitId, result, at })) {
    tellCall(tx, call, { change: 'ended', at, author: system });
  }
}

/** Gives the calls of somebody who left back to their teams. */
export async function returnCalls(tx: Tx, userId: string): Promise<void> {
  const at = await selectNow(tx.db);
  for (const call of await releaseCallbacks(tx.db, userId)) {
    tellCall(tx, call, { change: 'released', at, author: system, previousHolderId: userId });
  }
}

/** As the module itself: whoever makes a call need not see the order otherwise. */
export const asOrders = (tx: Tx): Tx => actingAs(tx, { kind: 'system', name: 'orders' });
