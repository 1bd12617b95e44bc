import { CloseOutlined, UserOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import { listCustomers } from '@yingda/contract';
import { useDeferredValue, useId, useState } from 'react';
import type { ChangeEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../lib/query.ts';
import { TierBadge } from './marks.tsx';
import './customer-finder.css';

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

interface FoundProps {
  id: string;
  customers: readonly CustomerView[];
  at: number;
  onPick: (customer: CustomerView) => void;
}

/** Customers to pick from, under the field that looks for them. */
export function FoundCustomers({ id, customers, at, onPick }: FoundProps): ReactNode {
  const { t } = useTranslation();
  if (customers.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      className="yd-customer-found"
      aria-label={t('customerFinder.found')}
    >
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

interface Finding {
  /** The name of somebody who is no customer yet; without it one must be chosen. */
  typed?: string | undefined;
  onTyped?: ((name: string) => void) | undefined;
  onChange: (customer: ChosenCustomer) => void;
}

/** What a field that finds customers by name, phone or company needs: its own properties and those of the list. */
export function useCustomerFinder({ typed, onTyped, onChange }: Finding) {
  const listId = useId();
  const [own, setOwn] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const words = typed ?? own;
  const customers = useFound(isOpen ? words : '');
  const pick = (customer: CustomerView | undefined): void => {
    if (!customer) return;
    setOpen(false);
    onChange(chosenOf(customer));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || customers.length === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % customers.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + customers.length) % customers.length);
    else if (event.key === 'Enter') pick(customers[at]);
    else return;
    event.preventDefault();
  };
  return {
    field: {
      id: `${listId}-in`,
      role: 'combobox',
      'aria-expanded': customers.length > 0,
      'aria-controls': listId,
      autoComplete: 'off',
      maxLength: 100,
      value: words,
      onChange: (event: ChangeEvent<HTMLInputElement>): void => {
        (onTyped ?? setOwn)(event.target.value);
        setOpen(true);
        setAt(0);
      },
      onBlur: () => setOpen(false),
      onKeyDown: press,
    },
    list: { id: listId, customers, at, onPick: pick },
  };
}

/** The customer who was chosen, and the way to choose another one. */
export function ChosenBox({ name, onOther }: { name: string; onOther: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="yd-finder-chosen">
      <UserOutlined aria-hidden />
      <span className="yd-ellipsis">{name}</span>
      <button type="button" aria-label={t('customerFinder.other')} onClick={onOther}>
        <CloseOutlined />
      </button>
    </span>
  );
}

/** A field of a dialog: a customer who is known is picked, for anybody else the name is typed. */
export function CustomerFinder({
  label,
  chosen,
  name,
  onName,
  onChange,
}: {
  label: string;
  chosen: ChosenCustomer | null;
  name: string;
  onName: (name: string) => void;
  onChange: (customer: ChosenCustomer | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  const finder = useCustomerFinder({ typed: name, onTyped: onName, onChange });
  if (chosen) {
    return (
      <div className="yd-field">
        <span>{label}</span>
        <ChosenBox name={chosen.name} onOther={() => onChange(null)} />
      </div>
    );
  }
  return (
    <div className="yd-field yd-finder">
      <label htmlFor={finder.field.id}>
        {label} <em aria-hidden>*</em>
      </label>
      <input
        // The dialog is opened to fill it in.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        required
        {...finder.field}
        placeholder={t('customerFinder.search')}
      />
      {name.trim() !== '' && <span className="yd-finder-new">{t('customerFinder.fresh')}</span>}
      <FoundCustomers {...finder.list} />
    </div>
  );
}
