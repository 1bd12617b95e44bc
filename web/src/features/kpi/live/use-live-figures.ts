import type { LiveQueue, ResponseOf } from '@yingda/contract';
import { getLiveFigures } from '@yingda/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { keyOf, queryClient, useCall } from '../../../lib/query.ts';
import { useEffect, useRef } from 'react';
import { useLiveEvent, useLiveGap, useRooms } from '../../../lib/use-live.ts';
import { useNow } from '../../../ui/time.tsx';
import { withQueue } from './figures.ts';

type Figures = ResponseOf<typeof getLiveFigures>;
const noQueues: LiveQueue[] = [];
/** Half hours and days end without anything happening: what is shown is read anew when one may have. */
const rereadMs = 5 * 60_000;

/** Figures of now for the queues I may see, kept up as they change; read anew when changes may have been missed. */
export function useLiveFigures(): UseQueryResult<Figures> {
  const query = useCall(getLiveFigures, undefined, { staleTime: 10_000 });
  const queues = query.data?.queues ?? noQueues;
  useRooms([...new Set(queues.map(({ teamId }) => `figures:${teamId}`))].toSorted());
  useLiveEvent('kpi.live', ({ queue }) => {
    queryClient.setQueryData<Figures>(keyOf(getLiveFigures), (before) =>
      before ? withQueue(before, queue, new Date()) : before,
    );
  });
  const { refetch } = query;
  useLiveGap(() => void refetch());
  const turn = useNow(rereadMs);
  const before = useRef(turn);
  useEffect(() => {
    if (before.current === turn) return;
    before.current = turn;
    void refetch();
  }, [turn, refetch]);
  return query;
}
