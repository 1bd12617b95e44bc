import { meQuery } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';

/** Goes into the product after signing in. A fresh load, so that nothing of the page before is left in memory. */
export async function enter(then = '/'): Promise<void> {
  await queryClient.cancelQueries();
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  location.assign(then);
}
