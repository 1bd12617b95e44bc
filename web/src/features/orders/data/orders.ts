import type {
  CategoryView,
  ColleagueView,
  DepartmentView,
  FlowView,
  OrderSummary,
  OrderView,
  RouteSpec,
  TeamView,
} from '@yingda/contract';
import {
  countOrders,
  getBoard,
  getDueCalendar,
  getOrder,
  listCategories,
  listColleagues,
  listDepartments,
  listFlows,
  listOrders,
  listTeams,
} from '@yingda/contract';
import type { InfiniteData, UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keyOf, queryClient, refresh, useAct, useCall } from '../../../lib/query.ts';

const rarely = { staleTime: 5 * 60_000 };
const none: never[] = [];

export { say } from '../../../lib/wording.ts';

export const useCategories = (): CategoryView[] =>
  useCall(listCategories, undefined, rarely).data?.items ?? none;
export const useDepartments = (): DepartmentView[] =>
  useCall(listDepartments, undefined, rarely).data?.items ?? none;
export const useTeams = (): TeamView[] => useCall(listTeams, undefined, rarely).data?.items ?? none;
export const useColleagues = (): ColleagueView[] =>
  useCall(listColleagues, undefined, rarely).data?.items ?? none;

/** The flows that new orders take, one version each. */
export function usePublishedFlows(): FlowView[] {
  const { data } = useCall(listFlows, undefined, rarely);
  return useMemo(() => data?.items.filter(({ state }) => state === 'published') ?? none, [data]);
}

/** The flow that is looked at first: where most is going on. */
export function usualFlow(flows: readonly FlowView[]): FlowView | undefined {
  return flows.toSorted((a, b) => b.openOrders - a.openOrders)[0];
}

/** One order with everything; a change by a colleague comes by itself. */
export function useOrder(id: string): UseQueryResult<OrderView> {
  return useCall(getOrder, { params: { id } }, { staleTime: 10_000 });
}

const orderKey = (id: string): readonly unknown[] => keyOf(getOrder, { params: { id } });

/** The order as this page knows it now. */
export const knownOrder = (id: string): OrderView | undefined =>
  queryClient.getQueryData<OrderView>(orderKey(id));

/** Keeps what a change answered, unless something newer is known. */
export function keepOrder(view: OrderView): void {
  queryClient.setQueryData<OrderView>(orderKey(view.id), (old) =>
    old && old.version > view.version ? old : view,
  );
}
/** Reads the order anew; the answer is the newest. */
export const rereadOrder = (id: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: orderKey(id) });

/** Everything that shows several orders. */
export const refreshLists = (): Promise<void> =>
  refresh(listOrders, countOrders, getBoard, getDueCalendar);

/** A change of an order: what it answers is shown at once, the lists follow. */
export function useOrderAct<R extends RouteSpec>(route: R) {
  return useAct(route, {
    onDone: (answer) => {
      keepOrder(answer as OrderView);
      void refreshLists();
    },
  });
}

type Pages = InfiniteData<{ items: OrderSummary[]; nextCursor: string | null }>;

/** Puts the news of an order into the lists that show it already; their order follows with the next reading. */
export function patchLists(order: OrderSummary): void {
  queryClient.setQueriesData<Pages>({ queryKey: [listOrders.path, 'pages'] }, (known) => {
    if (!known) return known;
    const isShown = known.pages.some(({ items }) =>
      items.some(({ id, version }) => id === order.id && version < order.version),
    );
    if (!isShown) return known;
    return {
      ...known,
      pages: known.pages.map((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === order.id ? order : item)),
      })),
    };
  });
}
