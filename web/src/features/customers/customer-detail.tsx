import { ArrowLeftOutlined, MergeCellsOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../lib/format.ts';
import { ErrorState, Bones } from '../../ui/states.tsx';
import { Fields } from './fields.tsx';
import { Identities } from './identities.tsx';
import { Notes } from './notes.tsx';
import { Profile } from './profile.tsx';
import { Tags } from './tags.tsx';
import { CustomerTimeline } from './timeline.tsx';
import { useCustomer } from './use-customer.ts';

const MergeDialog = lazy(() =>
  import('./merge-dialog.tsx').then((module) => ({ default: module.MergeDialog })),
);

function Card({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="yd-customer-card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Shown({
  customer,
  mayChange,
  change,
  onGone,
}: {
  customer: CustomerView;
  mayChange: boolean;
  change: ReturnType<typeof useCustomer>['change'];
  /** This profile was merged into another one. */
  onGone: (into: string) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [isMerging, setMerging] = useState(false);
  const shared = { customer, mayChange, change };
  return (
    <>
      <div className="yd-customer-hero">
        <Profile {...shared} />
        {mayChange && (
          <Button icon={<MergeCellsOutlined />} onClick={() => setMerging(true)}>
            {t('merge.open')}
          </Button>
        )}
      </div>
      <div className="yd-customer-columns">
        <div>
          <Card title={t('identities.title')}>
            <Identities {...shared} />
          </Card>
          <Card title={t('tags.title')}>
            <Tags {...shared} />
          </Card>
          <Card title={t('fields.title')}>
            <Fields {...shared} />
          </Card>
          <Card title={t('notes.title')}>
            <Notes customerId={customer.id} mayChange={mayChange} />
          </Card>
          <p className="yd-customer-since">
            {t('since')} {formatDate(customer.createdAt)}
          </p>
        </div>
        <div>
          <Card title={t('timeline.title')}>
            <CustomerTimeline customerId={customer.id} />
          </Card>
        </div>
      </div>
      {isMerging && (
        <Suspense fallback={null}>
          <MergeDialog customer={customer} onClose={() => setMerging(false)} onMerged={onGone} />
        </Suspense>
      )}
    </>
  );
}

/** Everything about one customer. */
export function CustomerDetail({
  customerId,
  onBack,
  onOpen,
}: {
  customerId: string;
  onBack: () => void;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const { query, mayChange, change } = useCustomer(customerId);
  const { data } = query;
  return (
    <section className="yd-customer-detail" aria-label={data?.name ?? t('panel.loading')}>
      <Button
        className="yd-customer-back"
        type="text"
        icon={<ArrowLeftOutlined />}
        onClick={onBack}
      >
        {t('back')}
      </Button>
      {data ? (
        <Shown customer={data} mayChange={mayChange} change={change} onGone={onOpen} />
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Bones rows={8} />
      )}
    </section>
  );
}
