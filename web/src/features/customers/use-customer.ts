import type { CustomerView, SentOf } from '@yingda/contract';
import { getCustomer, listCustomers, updateCustomer } from '@yingda/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, isProblem } from '../../lib/api.ts';
import { useRights } from '../../lib/me.ts';
import { keyOf, queryClient, refresh, useCall } from '../../lib/query.ts';
import { useLiveEvent } from '../../lib/use-live.ts';
import { toast } from '../../ui/toast.tsx';

export type CustomerChange = Omit<SentOf<typeof updateCustomer, 'body'>, 'version'>;

const keyFor = (id: string) => keyOf(getCustomer, { params: { id } });

/** Puts a customer as the server answered it where it is shown. */
export function keepCustomer(customer: CustomerView): void {
  queryClient.setQueryData(keyFor(customer.id), customer);
  void refresh(listCustomers);
}

export interface CustomerInHand {
  query: UseQueryResult<CustomerView>;
  mayChange: boolean;
  /** Changes at once on the screen; set back, and said so, when the server refuses. */
  change: (change: CustomerChange) => void;
}

/** One customer, live, with the way to change it. */
export function useCustomer(id: string): CustomerInHand {
  const { t } = useTranslation('customers');
  const query = useCall(getCustomer, { params: { id } }, { staleTime: 15_000 });
  const mayChange = useRights().may('customer.write');
  useLiveEvent('customer.changed', ({ customerId }) => {
    if (customerId === id) void queryClient.invalidateQueries({ queryKey: keyFor(id) });
  });
  const change = async (body: CustomerChange): Promise<void> => {
    const before = queryClient.getQueryData<CustomerView>(keyFor(id));
    if (!before) return;
    const { identities: _added, ...shown } = body;
    queryClient.setQueryData(keyFor(id), {
      ...before,
      ...shown,
      fields: { ...before.fields, ...body.fields },
    });
    try {
      const { version } = before;
      keepCustomer(await call(updateCustomer, { params: { id }, body: { ...body, version } }));
    } catch (error) {
      queryClient.setQueryData(keyFor(id), before);
      if (isProblem(error, 'customer.changed_meanwhile')) toast.error(t('card.conflict'));
      else toast.problem(error);
      void queryClient.invalidateQueries({ queryKey: keyFor(id) });
    }
  };
  return { query, mayChange, change: (body) => void change(body) };
}
