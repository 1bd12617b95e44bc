import type { Comparison, ReportStep, StandardKey } from '@yingda/contract';
import { getReport } from '@yingda/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { call } from '../../../lib/api.ts';
import { keyOf } from '../../../lib/query.ts';
import { maxSteps, stepsIn, usualStep } from '../model/period.ts';
import { filterQuery, keysOf } from '../model/search.ts';
import type { ReportSearch } from '../model/search.ts';
import type { ShownQuery } from '../model/shown-query.ts';
import { usePeriod } from '../model/use-period.ts';

export const maxStandards = 6;
const usualStandards: StandardKey[] = ['service_level'];

export const comparisonKinds = ['previous', 'last_year'] as const;
export const comparedIn = (search: ReportSearch): Comparison['kind'][] => {
  const asked = (search.compare ?? '').split(',');
  return comparisonKinds.filter((kind) => asked.includes(kind));
};

export const standardsIn = (search: ReportSearch): StandardKey[] => {
  const keys = keysOf(search.standards).slice(0, maxStandards);
  return keys.length > 0 ? keys : usualStandards;
};

/** The report that the address asks for, and how to ask for another one. */
export function useReport() {
  const search = useSearch({ from: '/frame/standards/report' });
  const navigate = useNavigate({ from: '/standards/report' });
  const { period, settings } = usePeriod(search);
  const asked: ReportStep | undefined = search.step;
  const isTooFine = period !== null && asked !== undefined && stepsIn(period, asked) > maxSteps;
  const step = period === null ? 'day' : !asked || isTooFine ? usualStep(period) : asked;
  const standards = standardsIn(search);
  const query: ShownQuery = {
    from: '',
    to: '',
    ...period,
    ...filterQuery(search),
    step,
    by: search.by ?? 'none',
    standards: standards.join(','),
  };
  const report = useQuery({
    queryKey: keyOf(getReport, { query }),
    queryFn: ({ signal }) => call(getReport, { query }, { signal }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  });
  const change = (next: Partial<ReportSearch>, options?: { replace?: boolean }): void =>
    void navigate({ search: { ...search, ...next }, ...options });
  return { search, period, settings, step, isTooFine, standards, query, report, change };
}
export type Report = ReturnType<typeof useReport>;
