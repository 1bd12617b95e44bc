import type { KpiSettingsView, ReportPeriod } from '@yingda/contract';
import { getKpiSettings } from '@yingda/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCall } from '../../../lib/query.ts';
import { useNow } from '../../../ui/time.tsx';
import { periodOf } from './search.ts';
import type { PeriodSearch } from './search.ts';

/** Zones differ from each other by quarters of an hour, so a day begins somewhere this often and never in between. */
const quarterMs = 900_000;

/** The dates an address means, by the clock of the centre; null until its zone is known. */
export function usePeriod(search: PeriodSearch): {
  period: ReportPeriod | null;
  settings: UseQueryResult<KpiSettingsView>;
} {
  const settings = useCall(getKpiSettings, undefined, { staleTime: 5 * 60_000 });
  const now = useNow(quarterMs);
  const zone = settings.data?.timeZone;
  return { period: zone === undefined ? null : periodOf(search, zone, now), settings };
}
