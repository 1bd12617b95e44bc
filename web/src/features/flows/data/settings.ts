import { getOrderSettings, setOrderSettings } from '@yingda/contract';
import type { OrderFieldDefinition, OrderSettings } from '@yingda/contract';
import { call } from '../../../lib/api.ts';
import { keyOf, queryClient, useCall } from '../../../lib/query.ts';

/**
 * Changes some of the settings of orders; the others are read anew, as a colleague may have changed them. `seen`: the
 * settings from which one began, when what a colleague changed since is not to be overwritten.
 */
export async function changeOrderSettings(
  change: Partial<OrderSettings>,
  seen?: string,
): Promise<void> {
  const now = await call(getOrderSettings);
  const body = { ...now, ...change, seen: seen ?? now.revision };
  const saved = await call(setOrderSettings, { body });
  queryClient.setQueryData(keyOf(getOrderSettings), saved);
}

/** The fields that the form has beside the usual ones; undefined while they are being read. */
export const useFormFields = (): OrderFieldDefinition[] | undefined =>
  useCall(getOrderSettings, undefined, { staleTime: 5 * 60_000 }).data?.fields;
