import { useEffect, useRef } from 'react';
import { useMe } from '../../../lib/me.ts';
import { useLiveEvent, useLiveGap, useRooms } from '../../../lib/use-live.ts';
import { knownOrder, patchLists, refreshLists, rereadOrder } from './orders.ts';

/** Lists are read anew at most this often, however much happens. */
const pauseMs = 1500;

/** Keeps lists, boards and the open order up to date while mounted. */
export function useOrdersLive(openId: string | null): void {
  const me = useMe();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useRooms([
    ...me.teams.map(({ id }) => `orders:${id}`),
    ...(openId === null ? [] : [`order:${openId}`]),
  ]);
  useLiveEvent('order.changed', ({ order }) => {
    patchLists(order);
    const known = knownOrder(order.id);
    // A remark leaves the version as it is, but is news all the same.
    if (known && known.version <= order.version) void rereadOrder(order.id);
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void refreshLists();
    }, pauseMs);
  });
  useLiveGap(() => {
    void refreshLists();
    if (openId !== null) void rereadOrder(openId);
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}
