import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { Bones } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { useOrdersLive } from './data/use-orders-live.ts';
import { OrdersHead } from './list/head.tsx';
import { OrderList } from './list/order-list.tsx';
import type { OrdersSearch } from './model/search.ts';
import { filterOf } from './model/search.ts';
import './orders.css';

const Board = lazy(() =>
  import('./board/board.tsx').then((module) => ({ default: module.OrderBoard })),
);
const Calendar = lazy(() =>
  import('./calendar/calendar.tsx').then((module) => ({ default: module.DueCalendar })),
);
const OrderPage = lazy(() =>
  import('./order/order-page.tsx').then((module) => ({ default: module.OrderPage })),
);
const NewOrder = lazy(() =>
  import('./create/new-order.tsx').then((module) => ({ default: module.NewOrder })),
);

interface OrdersPageProps {
  drawDeeds?: (orderId: string) => ReactNode;
}

/** The work orders: list, board or calendar, and the one that is open. `drawDeeds` adds to what one may do with it. */
export function OrdersPage({ drawDeeds }: OrdersPageProps): ReactNode {
  const { t } = useTranslation('orders');
  useTitle(t('title'));
  const navigate = useNavigate();
  const { may } = useRights();
  const search = useSearch({ from: '/frame/orders' });
  const { orderId = null } = useParams({ strict: false }) as { orderId?: string | null };
  const [isCreating, setCreating] = useState(false);
  useOrdersLive(orderId);
  const mayWrite = may('order.write');
  const usualScope = search.as === undefined ? (mayWrite ? 'mine' : 'inbox') : 'open';
  const filter = filterOf(search, usualScope);
  const change = useCallback(
    (next: Partial<OrdersSearch>) =>
      void navigate({ to: '/orders', search: { ...search, ...next }, replace: true }),
    [navigate, search],
  );
  const open = useCallback(
    (id: string, replace = false) =>
      void navigate({ to: '/orders/$orderId', params: { orderId: id }, search, replace }),
    [navigate, search],
  );
  const close = useCallback(() => void navigate({ to: '/orders', search }), [navigate, search]);
  useShortcuts(
    [
      {
        keys: 'c',
        label: 'orders:create.title',
        group: 'orders:title',
        run: () => setCreating(true),
      },
    ],
    mayWrite,
  );
  return (
    <div className="yd-orders">
      {orderId === null ? (
        <>
          <OrdersHead
            search={search}
            scope={filter.scope}
            onChange={change}
            onCreate={mayWrite ? () => setCreating(true) : null}
          />
          <Suspense fallback={<Bones rows={8} />}>
            {search.as === undefined && (
              <OrderList search={search} filter={filter} onOpen={open} onChange={change} />
            )}
            {search.as === 'board' && (
              <Board search={search} filter={filter} onOpen={open} onChange={change} />
            )}
            {search.as === 'calendar' && (
              <Calendar search={search} filter={filter} onOpen={open} onChange={change} />
            )}
          </Suspense>
        </>
      ) : (
        <Suspense fallback={<Bones rows={8} />}>
          <OrderPage
            key={orderId}
            id={orderId}
            filter={filter}
            sort={search.sort}
            deeds={drawDeeds?.(orderId)}
            onOpen={open}
            onClose={close}
          />
        </Suspense>
      )}
      {isCreating && (
        <Suspense fallback={null}>
          <NewOrder onClose={() => setCreating(false)} onCreated={({ id }) => open(id)} />
        </Suspense>
      )}
    </div>
  );
}
