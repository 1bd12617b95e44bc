import type { CallbackDetail, CallbackView, RouteSpec } from '@yingda/contract';
import { countCallbacks, getCallback, getOrder, listCallbacks } from '@yingda/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMe } from '../../lib/me.ts';
import { keyOf, queryClient, refresh, useAct, useCall, usePages } from '../../lib/query.ts';
import type { Pages } from '../../lib/query.ts';
import { useLiveEvent, useLiveGap, useRooms } from '../../lib/use-live.ts';
import type { Scope } from './model/search.ts';

/** Lists are read anew at most this often, however much happens. */
const pauseMs = 1000;
const everyMs = 60_000;

export const useCallbackPages = (scope: Scope, q: string | undefined): Pages<CallbackView> =>
  usePages(listCallbacks, { scope, q, limit: 60 });

export const useOneCallback = (id: string): UseQueryResult<CallbackDetail> =>
  useCall(getCallback, { params: { id } }, { staleTime: 5_000 });

export const refreshCallbacks = (): Promise<void> => refresh(listCallbacks, countCallbacks);

/** A change of a callback: what it answers is shown at once, the lists and its order follow. */
export function useCallbackAct<R extends RouteSpec>(
  route: R,
  onDone: (answer: CallbackDetail) => void,
) {
  return useAct(route, {
    onDone: (answer) => {
      const detail = answer as CallbackDetail;
      queryClient.setQueryData(keyOf(getCallback, { params: { id: detail.id } }), detail);
      void refreshCallbacks();
      void refresh(getOrder);
      onDone(detail);
    },
  });
}

/** Keeps list and open callback up to date while mounted. */
export function useCallbacksLive(): void {
  const me = useMe();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useRooms(me.teams.map(({ id }) => `orders:${id}`));
  useLiveEvent('callback.changed', () => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void refresh(listCallbacks, countCallbacks, getCallback);
    }, pauseMs);
  });
  useLiveGap(() => void refresh(listCallbacks, countCallbacks, getCallback));
  useEffect(() => {
    // A callback becomes due by the clock alone.
    const clock = setInterval(() => void refreshCallbacks(), everyMs);
    return () => {
      clearInterval(clock);
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, []);
}
