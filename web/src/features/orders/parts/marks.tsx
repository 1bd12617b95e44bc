import { AlertOutlined, RetweetOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './marks.css';

/** Says that the order is a complaint. */
export function ComplaintMark(): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <span className="yd-order-mark is-complaint">
      <AlertOutlined aria-hidden /> {t('complaint')}
    </span>
  );
}

/** How often the customer said that it was not solved; nothing when never. */
export function ReopenedMark({ times }: { times: number }): ReactNode {
  const { t } = useTranslation('orders');
  if (times === 0) return null;
  return (
    <span className="yd-order-mark is-reopened">
      <RetweetOutlined aria-hidden /> {t('reopened', { count: times })}
    </span>
  );
}
