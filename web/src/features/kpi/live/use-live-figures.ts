import type { LiveQueue, ResponseOf } from '@yingda/contract';
import { getLiveFigures } from '@yingda/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { keyOf, queryClient, useCall } from '../../../lib/query.ts';
import { useLiveEvent, useLiveGap, useRooms } from '../../../lib/use-live.ts';
import { withQueue } from './figures.ts';

type Figures = ResponseOf<typeof getLiveFigures>;
const noQueues: LiveQueue[] = [];

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
  useLiveGap(() => void query.refetch());
  return query;
}
