import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { orderChanged } from '../events.ts';
import { insertLines } from '../store/line.ts';
import { lockOrders } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { releaseOwned, releaseTasks, selectOwned } from '../store/leavers.ts';
import { returnCalls } from './callbacks/happen.ts';
import { eventOf } from './scene.ts';

const PAGE = 500;
const system = { kind: 'system', id: null } as const;

/** Gives the orders of somebody who left back to the inbox of their team, else of the recorder's, with a line each. */
export async function returnOrders(tx: Tx, person: { id: string; name: string }): Promise<void> {
  await releaseTasks(tx.db, person.id);
  await returnCalls(tx, person.id);
  for (;;) {
    const ids = await selectOwned(tx.db, person.id, PAGE);
    if (ids.length === 0) return;
    const orders = (await lockOrders(tx.db, ids)).filter((order) => order.owner_id === person.id);
    const returned = orders.map(({ now, ...before }) => {
      const owner_team_id = before.owner_team_id ?? before.recorder_team_id;
      const order: OrderRow = { ...before, owner_id: null, owner_team_id };
      return { now, before, order };
    });
    await releaseOwned(
      tx.db,
      returned.map(({ order }) => ({ id: order.id, owner_team_id: order.owner_team_id })),
    );
    await insertLines(
      tx.db,
      returned.map(({ now, order }) => ({
        id: newId(now.getTime()),
        order_id: order.id,
        at: now,
        by_kind: 'system',
        by_id: null,
        kind: 'taken',
        text: '',
        data: { name: null, left: person.name },
        file_ids: [],
        is_public: false,
      })),
    );
    for (const { now, before, order } of returned) {
      tx.emit(orderChanged, eventOf(order, before, { change: 'taken', at: now, author: system }));
    }
  }
}
