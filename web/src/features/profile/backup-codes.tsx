import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy.tsx';

/** The backup codes, shown this once. */
export function BackupCodes({ codes, onDone }: { codes: string[]; onDone: () => void }): ReactNode {
  const { t } = useTranslation('profile');
  return (
    <div role="status">
      <p>
        <strong>{t('codes.title')}</strong>
      </p>
      <p className="yd-soft">{t('codes.hint')}</p>
      <ul className="yd-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="yd-row-actions">
        <Button type="primary" onClick={onDone}>
          {t('codes.done')}
        </Button>
        <CopyButton text={codes.join('\n')} />
      </div>
    </div>
  );
}
