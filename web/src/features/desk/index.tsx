import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/states.tsx';

export function DeskPage(): ReactNode {
  const { t } = useTranslation();
  return <EmptyState title={t('places.desk')} />;
}
