import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyBox } from '../../ui/copy.tsx';

/** Shows a secret this once. */
export function SecretDialog({
  secret,
  onClose,
}: {
  secret: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('webhooks');
  return (
    <Modal
      open
      title={t('secret.title')}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('secret.kept')}
        </Button>
      }
    >
      <p style={{ marginBottom: 12 }}>{t('secret.once')}</p>
      <CopyBox text={secret} label={t('secret.title')} />
    </Modal>
  );
}
