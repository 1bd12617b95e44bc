import type { ReactNode } from 'react';
import { ReportPage as Report } from '../features/kpi/report/report-page.tsx';
import { ExportMenu } from '../features/reports/export-menu.tsx';
import { SavedViews } from '../features/reports/saved-views.tsx';

/** The standards over time, with views to keep and files to take away. */
export function ReportPage(): ReactNode {
  return (
    <Report
      actions={(query, search) => (
        <>
          <SavedViews page="report" query={query} search={search} />
          <ExportMenu page="report" query={query} />
        </>
      )}
    />
  );
}
