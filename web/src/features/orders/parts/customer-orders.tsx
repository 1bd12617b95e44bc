import { Link } from '@tanstack/react-router';
import type { OrderSummary } from '@yingda/contract';
import { listOrders } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { useLiveEvent, useRooms } from '../../../lib/use-live.ts';
import { Fold } from '../../../ui/fold.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { refreshLists, say } from '../data/orders.ts';
import { Due } from './due.tsx';
import { OwnerName } from './owner.tsx';
import './customer-orders.css';

function Row({ order }: { order: OrderSummary }): ReactNode {
  return (
    <li>
      <Link
        className="yd-customer-order"
        to="/orders/$orderId"
        params={{ orderId: order.id }}
        search={{}}
      >
        <span className="yd-customer-order-subject">{order.subject}</span>
        <span className="yd-customer-order-line">
          <span className={`yd-step-mark is-${order.status}`}>{say(order.stepName)}</span>
          <Due order={order} />
        </span>
        <span className="yd-customer-order-line yd-soft">
          <span className="yd-figures">{order.number}</span>
          <span className="yd-ellipsis">
            <OwnerName order={order} />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The open orders of a customer, beside the conversation. */
export function CustomerOrders({ customerId }: { customerId: string }): ReactNode {
  const { t } = useTranslation('orders');
  const me = useMe();
  const query = useCall(
    listOrders,
    { query: { customerId, scope: 'open', limit: 10 } },
    { staleTime: 15_000 },
  );
  useRooms(me.teams.map(({ id }) => `orders:${id}`));
  useLiveEvent('order.changed', ({ order }) => {
    if (order.customerId === customerId) void refreshLists();
  });
  const count = query.data?.items.length ?? 0;
  const title = count > 0 ? t('ofCustomer.count', { count }) : t('ofCustomer.title');
  return (
    <Fold name="customer.orders" title={title}>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="yd-soft">{t('ofCustomer.none')}</p>
          ) : (
            <ul className="yd-customer-orders">
              {items.map((order) => (
                <Row key={order.id} order={order} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Fold>
  );
}
