import type { ReactNode } from 'react';
import { StandardsPage as Standards } from '../features/kpi/standards/standards-page.tsx';

/** The standards of a period. */
export function StandardsPage(): ReactNode {
  return <Standards />;
}
