import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/states.tsx';

export function CustomersPage(): ReactNode {
  const { t } = useTranslation();
  return <EmptyState title={t('places.customers')} />;
}
