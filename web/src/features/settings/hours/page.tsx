import type { ReactNode } from 'react';

export function HoursPage(): ReactNode {
  return null;
}
