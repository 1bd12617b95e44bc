import type { CustomerView } from '@yingda/contract';
import { createCustomer, listCustomers, Tier } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../lib/api.ts';
import { faultText, problemText } from '../../lib/problems.ts';
import { useAct } from '../../lib/query.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import './create-dialog.css';

const inputs = [
  { name: 'phone', type: 'tel', maxLength: 200 },
  { name: 'email', type: 'email', maxLength: 200 },
  { name: 'company', type: 'text', maxLength: 120 },
] as const;
type Values = { name: string; phone: string; email: string; company: string; tier: string };

const nothing: Values = { name: '', phone: '', email: '', company: '', tier: 'standard' };

function bodyOf(values: Values) {
  const identities = (['phone', 'email'] as const)
    .map((kind) => ({ kind, value: values[kind].trim() }))
    .filter(({ value }) => value !== '');
  const company = values.company.trim();
  return {
    name: values.name.trim(),
    tier: Tier.parse(values.tier),
    identities,
    ...(company === '' ? {} : { company }),
  };
}

function Inputs({
  values,
  set,
}: {
  values: Values;
  set: (change: Partial<Values>) => void;
}): ReactNode {
  const { t } = useTranslation(['customers', 'marks']);
  return (
    <>
      <label>
        {t('create.name')}
        <input
          // The dialog is opened to fill it in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          required
          maxLength={120}
          value={values.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      {inputs.map(({ name, type, maxLength }) => (
        <label key={name}>
          <span>
            {t(`create.${name}`)} <span className="yd-soft">({t('create.optional')})</span>
          </span>
          <input
            type={type}
            maxLength={maxLength}
            value={values[name]}
            onChange={(event) => set({ [name]: event.target.value })}
          />
        </label>
      ))}
      <label>
        {t('create.tier')}
        <select value={values.tier} onChange={(event) => set({ tier: event.target.value })}>
          {Tier.options.map((tier) => (
            <option key={tier} value={tier}>
              {t(`marks:tier.${tier}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** Adds a customer by hand. */
export function CreateDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (customer: CustomerView) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [values, setValues] = useState(nothing);
  const create = useAct(createCustomer, { refreshes: [listCustomers] });
  const set = (change: Partial<Values>): void => setValues((before) => ({ ...before, ...change }));
  const { error } = create;
  const faults = error instanceof ProblemError ? error.faults.map(faultText) : [];
  const submit = (): void =>
    create.mutate(
      { body: bodyOf(values) },
      {
        onSuccess: (customer) => {
          toast.success(t('create.done', { name: customer.name }));
          onClose();
          onCreated(customer);
        },
      },
    );
  return (
    <Dialog label={t('create.title')} className="yd-create" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h2>{t('create.title')}</h2>
        <Inputs values={values} set={set} />
        {error && (
          <p role="alert" className="yd-create-error">
            {[problemText(error), ...faults].join(' ')}
          </p>
        )}
        <div className="yd-create-deeds">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            disabled={values.name.trim() === ''}
          >
            {t('common:create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
