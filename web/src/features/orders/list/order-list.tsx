import { FileDoneOutlined } from '@ant-design/icons';
import type { OrderSummary } from '@yingda/contract';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '../../../lib/use-media.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { useOrderPages } from '../data/use-order-pages.ts';
import { isNarrowed } from '../model/search.ts';
import type { FilterQuery, OrdersSearch } from '../model/search.ts';
import { OrderRow } from './order-row.tsx';

export interface ViewProps {
  search: OrdersSearch;
  filter: FilterQuery;
  onOpen: (id: string) => void;
  onChange: (next: Partial<OrdersSearch>) => void;
}

/** Nothing to show: what this list holds, and the next step. */
export function NoOrders({ search, filter, onChange }: Omit<ViewProps, 'onOpen'>): ReactNode {
  const { t } = useTranslation('orders');
  const narrowed = isNarrowed(search);
  const { scope } = filter;
  return (
    <EmptyState
      icon={<FileDoneOutlined />}
      title={narrowed ? t('empty.narrowed') : t(`empty.${scope}`)}
      hint={narrowed ? t('empty.narrowedHint') : t(`empty.${scope}Hint`)}
    >
      {!narrowed && scope !== 'open' && scope !== 'all' && (
        <Button onClick={() => onChange({ scope: 'open' })}>{t('empty.toOpen')}</Button>
      )}
    </EmptyState>
  );
}

/** J and K walk the rows, Enter opens the one walked to. */
function useWalk(rows: readonly OrderSummary[], onOpen: (id: string) => void) {
  const [at, setAt] = useState<string | null>(null);
  const index = rows.findIndex(({ id }) => id === at);
  const step = (by: 1 | -1): void => {
    const next = rows[Math.min(Math.max(0, index + by), rows.length - 1)];
    if (next) setAt(next.id);
  };
  const group = 'orders:title';
  useShortcuts(
    [
      { keys: 'j', label: 'orders:keys.next', group, run: () => step(1) },
      { keys: 'k', label: 'orders:keys.previous', group, run: () => step(-1) },
      {
        keys: 'enter',
        label: 'orders:keys.open',
        group,
        run: () => {
          if (at !== null && index >= 0) onOpen(at);
        },
      },
    ],
    rows.length > 0,
  );
  return at;
}

/** The orders of a scope, what is due first on top. */
export function OrderList(props: ViewProps): ReactNode {
  const { filter, search, onOpen } = props;
  const { t } = useTranslation('orders');
  const { items, error, hasMore, loadingMore, more, retry } = useOrderPages(filter, search.sort);
  const isNarrow = useMedia('(max-width: 900px)');
  const rows = items ?? [];
  // Nobody holds what is closed.
  const isEnded = filter.scope === 'closed';
  const at = useWalk(rows, onOpen);
  const loadMore = useCallback(() => {
    if (hasMore && !loadingMore) more();
  }, [hasMore, loadingMore, more]);
  if (error != null && !items) return <ErrorState error={error} retry={retry} />;
  if (!items) return <Bones rows={10} />;
  if (rows.length === 0) return <NoOrders {...props} />;
  return (
    <div className={`yd-order-list ${isEnded ? 'is-ended' : ''}`}>
      <div className="yd-order-cols" aria-hidden>
        <span>{t('column.order')}</span>
        <span>{t('column.customer')}</span>
        <span>{t('column.step')}</span>
        {!isEnded && <span>{t('column.owner')}</span>}
        <span>{t(isEnded ? 'column.closed' : 'column.due')}</span>
      </div>
      <VirtualList
        label={t('title')}
        rows={rows}
        rowHeight={isNarrow ? 96 : 54}
        hasMore={hasMore}
        moreText={t('loadingMore')}
        onMore={loadMore}
        currentId={at}
        draw={(row) => <OrderRow order={row} isAt={row.id === at} onOpen={onOpen} />}
      />
    </div>
  );
}
