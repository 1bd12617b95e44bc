import { listMembers, listTeams } from '@yingda/contract';
import type { EntryMeasure } from '@yingda/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { useCentre } from '../targets/use-measures.ts';
import { agentsByName, nameKey } from './entry.ts';
import type { Known } from './entry.ts';

export interface Names {
  known: Known;
  agents: string[];
  teams: string[];
}

/** The names people may type, and what they stand for. */
export function useNames(measures: readonly EntryMeasure[]): Names {
  const { t } = useTranslation('measures');
  const { currency, zone } = useCentre();
  const agents = useCall(listMembers, { query: { kind: 'agent' } }).data?.items;
  const teams = useCall(listTeams).data?.items;
  return useMemo(
    () => ({
      agents: [...new Set((agents ?? []).map(({ name }) => name))],
      teams: (teams ?? []).map(({ name }) => name),
      known: {
        // The name shown, and the one the interface has: a table may come from either.
        measures: new Map(
          measures.flatMap((measure) => [
            [nameKey(t(`figures.measures.${measure}`)), measure],
            [measure, measure],
          ]),
        ),
        agents: agentsByName(agents ?? []),
        teams: new Map((teams ?? []).map(({ id, name }) => [nameKey(name), id])),
        currency,
        zone,
      },
    }),
    [agents, teams, measures, currency, zone, t],
  );
}
