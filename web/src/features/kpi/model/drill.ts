import type { ReportGroup } from '@yingda/contract';
import type { FilterSearch, ReportSearch } from './search.ts';

type Row = { by: ReportGroup; key: string };

const groupFilters: Partial<Record<ReportGroup, keyof FilterSearch>> = {
  team: 'teamId',
  queue: 'queues',
  agent: 'agents',
  channel: 'channel',
  topic: 'topics',
  type: 'types',
  tier: 'tier',
  source: 'sources',
};

/** The filters under which one row of a report stands: those of the report, narrowed to the row. */
export function rowFilter(filter: FilterSearch, { by, key }: Row): FilterSearch {
  const name = groupFilters[by];
  return name === undefined || key === '' ? filter : { ...filter, [name]: key };
}

/** Whether the contacts of a row can be asked for: those of no team cannot. */
export const canDrill = (by: ReportGroup, key: string | undefined): boolean =>
  !(by === 'team' && key !== undefined && key.length < 36);

/** Begin and end of a step, given the begins of all and the end of the period; undefined for no such step. */
export function stepSpan(
  { steps, end }: { steps: readonly string[]; end: string },
  index: number,
): { since: string; until: string } | undefined {
  const since = steps[index];
  return since === undefined ? undefined : { since, until: steps[index + 1] ?? end };
}

/** The address without what is drilled into. */
export function undrilled(search: ReportSearch): ReportSearch {
  return {
    ...search,
    drill: undefined,
    since: undefined,
    until: undefined,
    of: undefined,
    contact: undefined,
  };
}
