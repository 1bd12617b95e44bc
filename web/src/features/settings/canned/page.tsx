import type { ReactNode } from 'react';

export function CannedPage(): ReactNode {
  return null;
}
