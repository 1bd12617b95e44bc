import type { ReactNode } from 'react';

/** Logs and tables that became contacts of the reports. */
export function ImportsPage(): ReactNode {
  return null;
}
