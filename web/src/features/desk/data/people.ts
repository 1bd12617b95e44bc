import type { ColleagueView } from '@yingda/contract';
import { listColleagues, listQueues, listTeams } from '@yingda/contract';
import { useMemo } from 'react';
import { useCall } from '../../../lib/query.ts';

const rarely = { staleTime: 5 * 60_000 };
const noColleagues: ColleagueView[] = [];

/** Everybody one may mention or give work to. */
export function useColleagues(): ColleagueView[] {
  return useCall(listColleagues, undefined, rarely).data?.items ?? noColleagues;
}

/** Names of people, queues and teams by id; a dash while unknown. */
export function useNames(): {
  person: (id: string) => string;
  queue: (id: string) => string;
  team: (id: string) => string;
} {
  const people = useColleagues();
  const queues = useCall(listQueues, undefined, { staleTime: 60_000 }).data;
  const teams = useCall(listTeams, undefined, rarely).data;
  return useMemo(() => {
    const by = (items: readonly { id: string; name: string }[] | undefined) => {
      const names = new Map(items?.map(({ id, name }) => [id, name]));
      return (id: string): string => names.get(id) ?? '—';
    };
    return { person: by(people), queue: by(queues?.items), team: by(teams?.items) };
  }, [people, queues, teams]);
}
