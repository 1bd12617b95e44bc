import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import type { ConfirmButtonProps } from '../../../ui/confirm-button.tsx';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';

/** The button at the foot of an editor that deletes what is edited, after a question. */
export function DeleteButton(props: Omit<ConfirmButtonProps, 'deed' | 'children'>): ReactNode {
  const { t } = useTranslation();
  return (
    <ConfirmButton danger type="text" deed={t('delete')} {...props}>
      {t('delete')}
    </ConfirmButton>
  );
}
