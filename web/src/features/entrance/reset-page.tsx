import type { ReactNode } from 'react';

export function ResetPage(): ReactNode {
  return null;
}
