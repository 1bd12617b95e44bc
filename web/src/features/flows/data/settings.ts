import { getOrderSettings, setOrderSettings } from '@yingda/contract';
import type { OrderSettings } from '@yingda/contract';
import { call } from '../../../lib/api.ts';
import { keyOf, queryClient } from '../../../lib/query.ts';

/** Changes some of the settings of orders; the others are read anew, as a colleague may have changed them. */
export async function changeOrderSettings(change: Partial<OrderSettings>): Promise<void> {
  const now = await call(getOrderSettings);
  const saved = await call(setOrderSettings, { body: { ...now, ...change } });
  queryClient.setQueryData(keyOf(getOrderSettings), saved);
}
