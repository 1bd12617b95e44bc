import type { ReactNode } from 'react';

export function WidgetsPage(): ReactNode {
  return null;
}
