import { TeamOutlined } from '@ant-design/icons';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStored } from '../../lib/use-stored.ts';
import { Resizer } from '../../ui/resizer.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { CustomerDetail } from './customer-detail.tsx';
import { CustomerList } from './customer-list.tsx';
import './customers.css';
import './customers-page.css';

const CreateDialog = lazy(() =>
  import('./create-dialog.tsx').then((module) => ({ default: module.CreateDialog })),
);

const widths = { min: 300, max: 560 };
const initialWidth = 380;
const readWidth = (value: unknown): number | null =>
  typeof value === 'number' && value >= widths.min && value <= widths.max ? value : null;

/** Everybody who has contacted the company: list on the left, the whole customer on the right. */
export function CustomersPage(): ReactNode {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  useTitle(t('title'));
  const { q } = useSearch({ from: '/frame/customers' });
  const { customerId } = useParams({ strict: false });
  const [width, setWidth] = useStored('customers.width', initialWidth, readWidth);
  const [isCreating, setCreating] = useState(false);
  const open = useCallback(
    (id: string) =>
      void navigate({ to: '/customers/$customerId', params: { customerId: id }, search: { q } }),
    [navigate, q],
  );
  const search = useCallback(
    (words: string) =>
      void navigate({ to: '.', search: { q: words === '' ? undefined : words }, replace: true }),
    [navigate],
  );
  return (
    <div
      className={`yd-customers ${customerId ? 'has-open' : ''}`}
      style={{ '--yd-customers-width': `${width}px` } as CSSProperties}
    >
      <h1 className="yd-hidden">{t('title')}</h1>
      <CustomerList
        openId={customerId ?? null}
        q={q ?? ''}
        onSearch={search}
        onOpen={open}
        onCreate={() => setCreating(true)}
      />
      <Resizer label={t('list')} width={width} side={1} {...widths} onChange={setWidth} />
      {customerId ? (
        <CustomerDetail
          key={customerId}
          customerId={customerId}
          onBack={() => void navigate({ to: '/customers', search: { q } })}
          onOpen={open}
        />
      ) : (
        <div className="yd-customers-none">
          <EmptyState icon={<TeamOutlined />} title={t('choose.title')} hint={t('choose.hint')} />
        </div>
      )}
      {isCreating && (
        <Suspense fallback={null}>
          <CreateDialog onClose={() => setCreating(false)} onCreated={({ id }) => open(id)} />
        </Suspense>
      )}
    </div>
  );
}
