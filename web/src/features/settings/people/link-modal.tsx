import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyBox } from '../../../ui/copy.tsx';

/** A link to hand over, shown this once. */
export function LinkModal({
  title,
  hint,
  url,
  onClose,
}: {
  title: string;
  hint: ReactNode;
  url: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('people.linkDone')}
        </Button>
      }
    >
      <p style={{ marginBottom: 12 }}>{hint}</p>
      <CopyBox text={url} label={title} />
    </Modal>
  );
}
