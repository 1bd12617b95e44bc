import type { ConversationSummary } from '@yingda/contract';
import { countConversations, listConversations } from '@yingda/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { call } from '../../../lib/api.ts';
import { useCall } from '../../../lib/query.ts';
import type { ListFilter } from '../model/list-filter.ts';
import { type ListData, rowsOf, toPage } from '../model/list-pages.ts';
import { deskKeys } from './keys.ts';

const pageSize = 50;

/** The list of a filter, page by page; live events keep it fresh, so it never goes stale by itself. */
export function listOptions(filter: ListFilter) {
  return infiniteQueryOptions({
    queryKey: deskKeys.list(filter),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      toPage(
        await call(
          listConversations,
          { query: { ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } },
          { signal },
        ),
        filter,
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 5 * 60_000,
  });
}

export interface ConversationList {
  rows: ConversationSummary[];
  isLoading: boolean;
  error: Error | null;
  hasMore: boolean;
  loadMore(): void;
  retry(): void;
}

/** The rows of a list, with loading on. */
export function useConversationList(filter: ListFilter): ConversationList {
  const query = useInfiniteQuery(listOptions(filter));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => rowsOf(data as ListData | undefined), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    isLoading: query.isPending,
    error: data ? null : query.error,
    hasMore: hasNextPage,
    loadMore,
    retry: () => void query.refetch(),
  };
}

/** How many conversations each view holds; renewed by events. */
export function useCounts() {
  return useCall(countConversations, undefined, { staleTime: 60_000 }).data;
}
