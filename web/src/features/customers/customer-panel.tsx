import { ExportOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Fields } from './fields.tsx';
import { Identities } from './identities.tsx';
import { Notes } from './notes.tsx';
import { Profile } from './profile.tsx';
import { Tags } from './tags.tsx';
import { CustomerTimeline } from './timeline.tsx';
import { useCustomer } from './use-customer.ts';
import './customers.css';

/** The customer beside a conversation: everything known, changed where it stands. */
export function CustomerPanel({
  customerId,
  conversationId,
}: {
  customerId: string;
  conversationId: string;
}): ReactNode {
  const { t } = useTranslation('customers');
  const { query, mayChange, change } = useCustomer(customerId);
  return (
    <Loaded query={query} rows={5}>
      {(customer) => {
        const shared = { customer, mayChange, change };
        return (
          <div className="yd-customer-panel">
            <div className="yd-customer-top">
              <Profile {...shared} />
              <Link
                className="yd-customer-open"
                to="/customers/$customerId"
                params={{ customerId: customer.id }}
                search={{}}
                title={t('card.open')}
                aria-label={t('card.open')}
              >
                <ExportOutlined />
              </Link>
              <Identities {...shared} />
              <Tags {...shared} />
            </div>
            <Fold name="customer.fields" title={t('fields.title')}>
              <Fields {...shared} />
            </Fold>
            <Fold name="customer.notes" title={t('notes.title')}>
              <Notes customerId={customer.id} mayChange={mayChange} />
            </Fold>
            <Fold name="customer.timeline" title={t('timeline.other')}>
              <CustomerTimeline customerId={customer.id} exceptId={conversationId} />
            </Fold>
          </div>
        );
      }}
    </Loaded>
  );
}
