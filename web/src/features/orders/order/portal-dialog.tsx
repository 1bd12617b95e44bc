import type { OrderView } from '@yingda/contract';
import { linkOrderPortal } from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { CopyBox } from '../../../ui/copy.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { Bones } from '../../../ui/states.tsx';
import './dialogs.css';

/** The address of the customer's page. */
export function PortalDialog({
  order,
  onClose,
}: {
  order: OrderView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const [url, setUrl] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    call(linkOrderPortal, { params: { id: order.id } }).then(
      (answer) => setUrl(answer.url),
      setError,
    );
  }, [order.id]);
  return (
    <Dialog label={t('portalLink.title')} className="yd-asked" onClose={onClose}>
      <div className="yd-asked-body">
        <h2>{t('portalLink.title')}</h2>
        <p className="yd-soft">{t('portalLink.hint')}</p>
        {url === null ? (
          error === null && <Bones rows={1} />
        ) : (
          <CopyBox text={url} label={t('portalLink.title')} />
        )}
        <FormProblem error={error} />
        <div className="yd-asked-foot">
          {url !== null && (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {t('portalLink.open')}
            </a>
          )}
          <span className="yd-row-gap" />
          <Button onClick={onClose}>{t('common:close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
