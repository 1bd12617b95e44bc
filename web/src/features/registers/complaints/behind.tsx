import { Link } from '@tanstack/react-router';
import type { ComplaintAnalysis } from '@yingda/contract';
import { listComplaints } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../lib/format.ts';
import { usePages } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { behindBar } from './data.ts';
import type { filterOf } from './data.ts';

const tones = { open: 'amber', closed: 'green', cancelled: 'grey' } as const;

/** The orders behind a bar. */
export function Behind({
  by,
  bar,
  name,
  filter,
  onClose,
}: {
  by: ComplaintAnalysis['by'];
  bar: string;
  name: string;
  filter: ReturnType<typeof filterOf>;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('registers');
  const pages = usePages(listComplaints, { ...filter, ...behindBar(by, bar), limit: 50 });
  const { items, error, retry, hasMore, more, loadingMore } = pages;
  return (
    <Drawer
      open
      title={t('complaints.behind', { name: name || t('complaints.unknown') })}
      size="min(560px, 100vw)"
      onClose={onClose}
    >
      {!items && (error ? <ErrorState error={error} retry={retry} /> : <Bones rows={6} />)}
      {items?.length === 0 && <EmptyState title={t('complaints.empty')} />}
      <ul className="yd-behind">
        {items?.map(
          ({ id, number, subject, customerName, createdAt, status, compensation, product }) => (
            <li key={id}>
              <Link to="/orders/$orderId" params={{ orderId: id }} search={{}}>
                {subject}
              </Link>
              <p className="yd-soft">
                <span className="yd-figures">{number}</span>
                <span>{customerName}</span>
                {product !== '' && <span>{product}</span>}
                <span className="yd-figures">{formatDate(createdAt)}</span>
                <Tag tone={tones[status]}>{t(`complaints.status.${status}`)}</Tag>
              </p>
              {compensation !== '' && <p>{t('complaints.compensation', { what: compensation })}</p>}
            </li>
          ),
        )}
      </ul>
      {hasMore && (
        <div className="yd-more">
          <Button loading={loadingMore} onClick={more}>
            {t('common:more')}
          </Button>
        </div>
      )}
    </Drawer>
  );
}
