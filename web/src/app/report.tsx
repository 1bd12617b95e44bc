import type { ReactNode } from 'react';
import { ReportPage as Report } from '../features/kpi/report/report-page.tsx';

/** The standards over time. */
export function ReportPage(): ReactNode {
  return <Report />;
}
