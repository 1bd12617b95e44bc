import type { ReactNode } from 'react';

export function FieldsPage(): ReactNode {
  return null;
}
