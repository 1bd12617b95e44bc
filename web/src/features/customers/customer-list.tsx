import { PlusOutlined, SearchOutlined, UserAddOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import { listCustomers } from '@yingda/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { formatStamp } from '../../lib/format.ts';
import { useRights } from '../../lib/me.ts';
import { keyOf } from '../../lib/query.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { TierBadge, VerifiedMark } from '../../ui/marks.tsx';
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';

const rowHeight = 62;
const pageSize = 60;
const pauseMs = 200;

/** Customers whose name, phone, e-mail or company fits, page by page. */
function useCustomerPages(q: string) {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(listCustomers), 'pages', q],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        listCustomers,
        {
          query: {
            limit: pageSize,
            ...(q === '' ? {} : { q }),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
    staleTime: 15_000,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { query, rows, loadMore };
}

/** How to reach the customer; for one nobody knows more of, where they came from. */
function useContactOf(): (customer: CustomerView) => string {
  const { t } = useTranslation('customers');
  return ({ company, identities }) => {
    const known = identities.find(({ kind }) => kind === 'phone' || kind === 'email');
    const words = [company, known?.value].filter(Boolean).join(' · ');
    const [first] = identities;
    return words || (first ? t(`identities.${first.kind}`) : '—');
  };
}

function Row({
  customer,
  isOpen,
  onOpen,
}: {
  customer: CustomerView;
  isOpen: boolean;
  onOpen: (id: string) => void;
}): ReactNode {
  const contactOf = useContactOf();
  return (
    <button
      type="button"
      className="yd-customer-row"
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => onOpen(customer.id)}
    >
      <Avatar name={customer.name} px={34} />
      <span className="yd-customer-row-text">
        <span className="yd-customer-row-line">
          <span className="yd-customer-row-name yd-ellipsis">{customer.name}</span>
          {customer.verified && <VerifiedMark />}
          <TierBadge tier={customer.tier} />
          <span className="yd-customer-row-gap" />
          {customer.lastSeenAt && (
            <time className="yd-figures" dateTime={customer.lastSeenAt}>
              {formatStamp(customer.lastSeenAt)}
            </time>
          )}
        </span>
        <span className="yd-customer-row-line yd-soft">
          <span className="yd-ellipsis">{contactOf(customer)}</span>
          {customer.tags.length > 0 && (
            <span className="yd-customer-row-tags yd-ellipsis">{customer.tags.join(' ')}</span>
          )}
        </span>
      </span>
    </button>
  );
}

interface ListProps {
  openId: string | null;
  q: string;
  onSearch: (q: string) => void;
  onOpen: (id: string) => void;
  onCreate: () => void;
}

/** The words reach the address once somebody pauses, so that each letter is no step back in the browser. */
function SearchField({ q, onSearch }: Pick<ListProps, 'q' | 'onSearch'>): ReactNode {
  const { t } = useTranslation('customers');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const timer = setTimeout(() => onSearch(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, q, onSearch]);
  useShortcuts([
    {
      keys: '/',
      label: 'customers:search',
      group: 'customers:title',
      run: () => field.current?.focus(),
    },
  ]);
  return (
    <label className="yd-customer-search">
      <SearchOutlined aria-hidden />
      <input
        ref={field}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}

function NoCustomers({ q, onCreate }: Pick<ListProps, 'q' | 'onCreate'>): ReactNode {
  const { t } = useTranslation('customers');
  const mayWrite = useRights().may('customer.write');
  const isSearch = q !== '';
  return (
    <EmptyState
      icon={<UserAddOutlined />}
      title={isSearch ? t('empty.none', { q }) : t('empty.title')}
      hint={isSearch ? t('empty.noneHint') : t('empty.hint')}
    >
      {mayWrite && <Button onClick={onCreate}>{t('new')}</Button>}
    </EmptyState>
  );
}

function Rows({ openId, q, onOpen, onCreate }: Omit<ListProps, 'onSearch'>): ReactNode {
  const { t } = useTranslation('customers');
  const { query, rows, loadMore } = useCustomerPages(q);
  if (query.error && !query.data) {
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  if (!query.data) return <Bones rows={8} />;
  if (rows.length === 0) return <NoCustomers q={q} onCreate={onCreate} />;
  return (
    <VirtualList
      label={t('list')}
      rows={rows}
      rowHeight={rowHeight}
      hasMore={query.hasNextPage}
      moreText={t('loadingMore')}
      onMore={loadMore}
      currentId={openId}
      draw={(row) => <Row customer={row} isOpen={row.id === openId} onOpen={onOpen} />}
    />
  );
}

/** All customers, newest activity first, narrowed by search. */
export function CustomerList(props: ListProps): ReactNode {
  const { t } = useTranslation('customers');
  const mayWrite = useRights().may('customer.write');
  return (
    <section className="yd-customer-list" aria-label={t('list')}>
      <header>
        <h2>{t('title')}</h2>
        {mayWrite && (
          <Button size="small" type="text" icon={<PlusOutlined />} onClick={props.onCreate}>
            {t('new')}
          </Button>
        )}
      </header>
      <SearchField q={props.q} onSearch={props.onSearch} />
      <Rows {...props} />
    </section>
  );
}
