import { CloseOutlined, UserOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import { listCustomers } from '@yingda/contract';
import { useDeferredValue, useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { TierBadge } from '../../../ui/marks.tsx';
import './customer-field.css';

export interface ChosenCustomer {
  id: string;
  name: string;
  phones?: string[];
}

const chosenOf = ({ id, name, identities }: CustomerView): ChosenCustomer => ({
  id,
  name,
  phones: identities.filter(({ kind }) => kind === 'phone').map(({ value }) => value),
});

function useFound(words: string): CustomerView[] {
  const q = useDeferredValue(words.trim());
  const { data } = useCall(
    listCustomers,
    { query: { limit: 8, q } },
    { enabled: q !== '', staleTime: 10_000 },
  );
  return q === '' ? [] : (data?.items ?? []);
}

function Found({
  id,
  customers,
  at,
  onPick,
}: {
  id: string;
  customers: readonly CustomerView[];
  at: number;
  onPick: (customer: CustomerView) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  if (customers.length === 0) return null;
  return (
    <div id={id} role="listbox" className="yd-customer-found" aria-label={t('customer.found')}>
      {customers.map((customer, index) => (
        // The field keeps the focus: arrows and Enter choose.
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
        <div
          key={customer.id}
          role="option"
          aria-selected={index === at}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(customer);
          }}
        >
          <span className="yd-ellipsis">{customer.name}</span>
          <TierBadge tier={customer.tier} />
          <span className="yd-soft yd-ellipsis">
            {customer.identities.find(({ kind }) => kind === 'phone')?.value ?? customer.company}
          </span>
        </div>
      ))}
    </div>
  );
}

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
  const listId = useId();
  const [own, setOwn] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const words = typed ?? own;
  const found = useFound(isOpen ? words : '');
  const pick = (customer: CustomerView | undefined): void => {
    if (!customer) return;
    setOpen(false);
    onChange(chosenOf(customer));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || found.length === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + found.length) % found.length);
    else if (event.key === 'Enter') pick(found[at]);
    else return;
    event.preventDefault();
  };
  if (value) {
    return (
      <div className="yd-order-field">
        <span>{t('field.customer')}</span>
        <span className="yd-chosen-customer">
          <UserOutlined aria-hidden />
          <span className="yd-ellipsis">{value.name}</span>
          <button type="button" aria-label={t('customer.other')} onClick={() => onChange(null)}>
            <CloseOutlined />
          </button>
        </span>
      </div>
    );
  }
  return (
    <div className={`yd-order-field yd-customer-field ${isMissing ? 'is-missing' : ''}`}>
      <label htmlFor={`${listId}-in`}>{t('field.customer')}</label>
      <input
        id={`${listId}-in`}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-invalid={isMissing}
        autoComplete="off"
        maxLength={100}
        placeholder={t('customer.search')}
        value={words}
        onChange={(event) => {
          (onTyped ?? setOwn)(event.target.value);
          setOpen(true);
          setAt(0);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <Found id={listId} customers={found} at={at} onPick={pick} />
    </div>
  );
}
