import type { ReportView } from '@yingda/contract';
import { getReport } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../../lib/api.ts';
import { keyOf } from '../../../lib/query.ts';
import { canDrill, rowFilter } from '../model/drill.ts';
import { filterQuery } from '../model/search.ts';
import { shownRow } from './trend.ts';
import type { Report } from './use-report.ts';

/**
 * The report with the earlier periods of the group that is looked at instead of those of the whole. They are asked for
 * once a group is chosen: those of all groups would make every report three times the work.
 */
export function useComparedRow(view: ReportView, { query: asked, search }: Report): ReportView {
  const { key } = shownRow(view, search.row);
  const isWhole = key === view.whole.key;
  const query = {
    ...asked,
    ...rowFilter(filterQuery(search), { by: view.by, key }),
    by: 'none' as const,
  };
  const { data } = useQuery({
    queryKey: keyOf(getReport, { query }),
    queryFn: ({ signal }) => call(getReport, { query }, { signal }),
    enabled: !isWhole && canDrill(view.by, key),
  });
  return useMemo(
    () => (isWhole ? view : { ...view, comparisons: data?.comparisons ?? [] }),
    [view, isWhole, data],
  );
}
