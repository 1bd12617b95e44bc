import type {
  PeriodChoice,
  RelativePeriod,
  ReportQuery,
  SavedView,
  ViewQuery,
} from '@yingda/contract';
import type { z } from 'zod';

/** What a page shows, as a call asks for it. */
export type ShownQuery = z.input<typeof ReportQuery>;
/** What of the address a view keeps: the name of a moving period or two dates, and what is compared. */
export interface PeriodSearch {
  period?: RelativePeriod | undefined;
  from?: string | undefined;
  to?: string | undefined;
  compare?: string | undefined;
}

const usual: RelativePeriod = 'this_month';

function choiceOf({ period, from, to }: PeriodSearch): PeriodChoice {
  return from !== undefined && to !== undefined ? { from, to } : { relative: period ?? usual };
}

/** What is kept of a page: the period as it was chosen, so that "last week" goes on with the calendar. */
export function viewQueryOf(query: ShownQuery, search: PeriodSearch): z.input<typeof ViewQuery> {
  const { from: _, to: __, ...rest } = query;
  return { ...rest, compare: search.compare, period: choiceOf(search) };
}

const listText = (ids: readonly number[] | undefined): string | undefined =>
  ids === undefined || ids.length === 0 ? undefined : ids.join(',');

/** The address that shows a kept view. */
export function addressOfView({ page, query }: Pick<SavedView, 'page' | 'query'>) {
  const {
    period,
    queues,
    agents,
    topics,
    types,
    sources,
    channel,
    tier,
    teamId,
    step,
    by,
    standards,
    compare,
  } = query;
  const search = {
    ...('relative' in period
      ? { period: period.relative, from: undefined, to: undefined }
      : { ...period, period: undefined }),
    queues: listText(queues),
    agents: listText(agents),
    topics: listText(topics),
    types: listText(types),
    sources: listText(sources),
    channel,
    tier,
    teamId,
    ...(page === 'report' ? { step, by, standards, compare } : {}),
  };
  return page === 'report'
    ? ({ to: '/standards/report', search } as const)
    : ({ to: '/standards', search } as const);
}
