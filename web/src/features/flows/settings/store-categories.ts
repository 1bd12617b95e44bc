import { listCategories, saveCategories } from '@yingda/contract';
import type { CategoryView } from '@yingda/contract';
import { call } from '../../../lib/api.ts';
import { keyOf, queryClient } from '../../../lib/query.ts';

type Item = Pick<CategoryView, 'name' | 'flowKey' | 'departmentId' | 'isComplaint'> & {
  id?: string;
};

/** Sets all categories; what is left out is retired. `seen`: the list from which one began, see `saveCategories`. */
export async function storeCategories(items: readonly Item[], seen?: string): Promise<void> {
  const body = {
    seen,
    items: items.map(({ id, name, flowKey, departmentId, isComplaint }) => ({
      ...(id === undefined ? {} : { id }),
      name,
      flowKey,
      departmentId,
      isComplaint,
    })),
  };
  const saved = await call(saveCategories, { body });
  queryClient.setQueryData(keyOf(listCategories), saved);
}
