import type { ReactNode } from 'react';
import { StandardsPage as Standards } from '../features/kpi/standards/standards-page.tsx';
import { ExportMenu } from '../features/reports/export-menu.tsx';
import { SavedViews } from '../features/reports/saved-views.tsx';

/** The standards of a period, with views to keep and files to take away. */
export function StandardsPage(): ReactNode {
  return (
    <Standards
      actions={(query, search) => (
        <>
          <SavedViews page="standards" query={query} search={search} />
          <ExportMenu page="standards" query={query} />
        </>
      )}
    />
  );
}
