import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChosenBox, FoundCustomers, useCustomerFinder } from '../../../ui/customer-finder.tsx';
import type { ChosenCustomer } from '../../../ui/customer-finder.tsx';
import './customer-field.css';

export type { ChosenCustomer };

/** Finds the customer by name, phone or company. */
export function CustomerField({
  value,
  isMissing = false,
  typed,
  onTyped,
  onChange,
}: {
  value: ChosenCustomer | null;
  isMissing?: boolean;
  /** The name of somebody who is no customer yet; without it one must be chosen. */
  typed?: string;
  onTyped?: (name: string) => void;
  onChange: (customer: ChosenCustomer | null) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const finder = useCustomerFinder({ typed, onTyped, onChange });
  if (value) {
    return (
      <div className="yd-order-field">
        <span>{t('field.customer')}</span>
        <ChosenBox name={value.name} onOther={() => onChange(null)} />
      </div>
    );
  }
  return (
    <div className={`yd-order-field yd-customer-field ${isMissing ? 'is-missing' : ''}`}>
      <label htmlFor={finder.field.id}>{t('field.customer')}</label>
      <input
        {...finder.field}
        aria-invalid={isMissing}
        placeholder={t('common:customerFinder.search')}
      />
      <FoundCustomers {...finder.list} />
    </div>
  );
}
