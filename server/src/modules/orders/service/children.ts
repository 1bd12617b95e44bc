import type { FlowMove } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { stepOf } from '../domain/flow.ts';
import { selectOpenChildren } from '../store/extras.ts';
import type { Scene } from './scene.ts';

const MOST_NAMED = 5;

/**
 * A customer is asked whether all is well, and an order closed, only when the orders under it are done; calling it off is
 * not held up. Throws `order.children_open`. Whether sub-tasks are waited for is said by each step (`doneFirst`).
 */
export async function requireChildrenDone(
  { tx, order, flow }: Scene,
  move: FlowMove,
): Promise<void> {
  const { kind } = stepOf(flow.definition, move.to);
  if ((kind !== 'end' && kind !== 'callback') || move.effect === 'cancelled') return;
  const open = await selectOpenChildren(tx.db, order.id);
  if (open.length === 0) return;
  const numbers = open.slice(0, MOST_NAMED).join(', ') + (open.length > MOST_NAMED ? ' …' : '');
  throw new Problem('order.children_open', { params: { count: open.length, numbers } });
}
