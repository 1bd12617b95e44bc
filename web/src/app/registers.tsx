import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { getOrganisation } from '@yingda/contract';
import type { ReactNode } from 'react';
import { PeriodPicker } from '../features/kpi/parts/period-picker.tsx';
import { periodOf } from '../features/kpi/model/search.ts';
import type { PeriodSearch } from '../features/kpi/model/search.ts';
import { ComplaintsPage as Complaints } from '../features/registers/complaints/page.tsx';
import { registerOf } from '../features/registers/model/search.ts';
import type { ComplaintSearch, Dates, RegisterSearch } from '../features/registers/model/search.ts';
import { RegisterPage as Register } from '../features/registers/register/page.tsx';
import '../features/kpi/parts/parts.css';
import { useCall } from '../lib/query.ts';
import { Bones } from '../ui/states.tsx';
import { useNow } from '../ui/time.tsx';

/** Zones differ by quarters of an hour, so a day begins somewhere this often and never in between. */
const quarterMs = 900_000;

/** The dates of an address by the centre's clock, and the control to choose others. Null until its zone is known. */
function useDates(search: PeriodSearch, onChoose: (period: PeriodSearch) => void): Dates | null {
  const { data } = useCall(getOrganisation, undefined, { staleTime: 300_000 });
  const now = useNow(quarterMs);
  if (!data) return null;
  const zone = data.timeZone;
  const period = periodOf(search, zone, now);
  return {
    zone,
    period,
    picker: <PeriodPicker search={search} period={period} onChoose={onChoose} />,
  };
}

/** One register over a period. */
export function RegisterPage(): ReactNode {
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/registers/$register' });
  const register = registerOf(useParams({ from: '/frame/registers/$register' }).register);
  const change = (next: PeriodSearch & RegisterSearch): void =>
    void navigate({
      to: '/registers/$register',
      params: { register },
      search: { ...search, ...next },
      replace: true,
    });
  const dates = useDates(search, change);
  if (!dates) return <Bones rows={8} />;
  return (
    <Register key={register} register={register} search={search} dates={dates} onSearch={change} />
  );
}

/** What complaints come from, and what is done about it. */
export function ComplaintsPage(): ReactNode {
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/registers/complaints' });
  const change = (next: PeriodSearch & ComplaintSearch): void =>
    void navigate({
      to: '/registers/complaints',
      search: { ...search, ...next },
      replace: !('bar' in next),
    });
  const dates = useDates(search, change);
  if (!dates) return <Bones rows={8} />;
  return <Complaints search={search} dates={dates} onSearch={change} />;
}
