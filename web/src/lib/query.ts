import type { ResponseOf, RouteSpec } from '@yingda/contract';
import {
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { call, ProblemError } from './api.ts';
import type { CallArgument, CallInput } from './api.ts';

const signedOut = new Set<() => void>();
/** Hears that the session ended, whatever call found out. */
export function onSignedOut(hear: () => void): () => void {
  signedOut.add(hear);
  return () => signedOut.delete(hear);
}
/** Tells everybody that the session ended. */
export function tellSignedOut(): void {
  for (const hear of signedOut) hear();
}
function check(error: unknown): void {
  if (error instanceof ProblemError && error.code === 'auth.signed_out') tellSignedOut();
}

/** Only what may work a second later is tried again: a refusal stays a refusal. */
function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: check }),
  mutationCache: new MutationCache({ onError: check }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && isPassing(error),
      refetchOnWindowFocus: false,
    },
    // Without a network a deed fails at once and says so; what was typed stays where it is.
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Cache key of a call: its route, then its input. */
export function keyOf<R extends RouteSpec>(route: R, input?: CallInput<R>): readonly unknown[] {
  return input === undefined ? [route.path] : [route.path, input];
}

/** Reads a route and keeps the answer; refetched after `refresh(route)`. */
export function useCall<R extends RouteSpec>(
  route: R,
  ...[input, options]: object extends CallInput<R>
    ? [input?: CallInput<R>, options?: { enabled?: boolean; staleTime?: number }]
    : [input: CallInput<R>, options?: { enabled?: boolean; staleTime?: number }]
): UseQueryResult<ResponseOf<R>> {
  return useQuery({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) =>
      call(route, ...([input, { signal }] as unknown as CallArgument<R>)) as Promise<ResponseOf<R>>,
    ...options,
  });
}

/** Everything read through these routes is fetched again where it is shown. */
export async function refresh(...routes: RouteSpec[]): Promise<void> {
  await Promise.all(
    routes.map((route) => queryClient.invalidateQueries({ queryKey: [route.path] })),
  );
}

/** A change: runs the route, then refetches what `refreshes` names. Errors go to the caller. */
export function useAct<R extends RouteSpec>(
  route: R,
  options: { refreshes?: RouteSpec[]; onDone?: (answer: ResponseOf<R>) => void } = {},
): UseMutationResult<ResponseOf<R>, Error, CallInput<R>> {
  return useMutation({
    mutationFn: (input: CallInput<R>) => call(route, ...([input] as unknown as CallArgument<R>)),
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await refresh(...(options.refreshes ?? []));
    },
  });
}

interface Paged<T> {
  items: T[];
  nextCursor: string | null;
}
type ItemOf<R extends RouteSpec> = ResponseOf<R> extends Paged<infer T> ? T : never;
export interface Pages<T> {
  items: T[] | undefined;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  more: () => void;
  retry: () => void;
}

/** Reads a paged route page after page. */
export function usePages<R extends RouteSpec>(
  route: R,
  query: Record<string, string | number | undefined>,
): Pages<ItemOf<R>> {
  const pages = useInfiniteQuery({
    queryKey: [route.path, 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        route,
        ...([{ query: { ...query, cursor: pageParam } }, { signal }] as unknown as CallArgument<R>),
      ) as Promise<Paged<ItemOf<R>>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  return {
    items: pages.data?.pages.flatMap(({ items }) => items),
    error: pages.error,
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    more: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
}
