import type { OrderSummary } from '@yingda/contract';
import { listOrders } from '@yingda/contract';
import { usePages } from '../../../lib/query.ts';
import type { Pages } from '../../../lib/query.ts';
import type { FilterQuery } from '../model/search.ts';

const pageSize = 60;

/** Orders of a filter page after page; list and order page share them, so that J and K go the way the list goes. */
export function useOrderPages(
  filter: FilterQuery,
  sort: 'newest' | undefined,
): Pages<OrderSummary> {
  const isOver = filter.scope === 'closed';
  return usePages(listOrders, {
    ...filter,
    sort: isOver ? 'newest' : (sort ?? 'due'),
    limit: pageSize,
  });
}
