import type { ReactNode } from 'react';

export function KeysPage(): ReactNode {
  return null;
}
