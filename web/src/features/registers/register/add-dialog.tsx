import type { RegisterKey } from '@yingda/contract';
import { addRegisterLine, listRegister, summariseRegister } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../lib/query.ts';
import { CustomerFinder } from '../../../ui/customer-finder.tsx';
import type { ChosenCustomer } from '../../../ui/customer-finder.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { enteredColumns, fieldValue, phonesOf } from '../model/cells.ts';
import { LineField } from './line-fields.tsx';
import type { LineProps } from './line-dialog.tsx';

interface Base {
  customer: ChosenCustomer | null;
  at: string;
  customerName: string;
  phones: string;
}

/** When it was and who it was about: the same on every register. */
function BaseFields({
  register,
  base,
  title,
  set,
}: {
  register: RegisterKey;
  base: Base;
  title: LineProps['title'];
  set: (change: Partial<Base>) => void;
}): ReactNode {
  const { t } = useTranslation('registers');
  return (
    <fieldset className="yd-line-fields">
      <legend className="yd-hidden">{t('line.add', { register: '' })}</legend>
      <CustomerFinder
        label={t('line.customer')}
        chosen={base.customer}
        name={base.customerName}
        onName={(customerName) => set({ customerName })}
        onChange={(customer) =>
          set(
            customer
              ? { customer, phones: customer.phones?.join(', ') || base.phones }
              : { customer: null, customerName: '' },
          )
        }
      />
      <label className="yd-field">
        <span>{t('line.phones')}</span>
        <input
          maxLength={200}
          placeholder={t('line.phonesHint')}
          value={base.phones}
          onChange={(event) => set({ phones: event.target.value })}
        />
      </label>
      <label className="yd-field" key={register}>
        <span>{title({ key: 'at', kind: 'time' })}</span>
        <input
          type="datetime-local"
          value={base.at}
          onChange={(event) => set({ at: event.target.value })}
        />
      </label>
    </fieldset>
  );
}

/** Enters a line that the work does not tell: an enquiry by phone, a contract signed. */
export function AddDialog({ register, words, title, onClose }: Omit<LineProps, 'row'>): ReactNode {
  const { t } = useTranslation(['registers', 'register-texts']);
  const [base, setBase] = useState<Base>({ customer: null, at: '', customerName: '', phones: '' });
  const [typed, setTyped] = useState<Record<string, string>>({});
  const add = useAct(addRegisterLine, {
    refreshes: [listRegister, summariseRegister],
    onDone: () => {
      toast.success(t('registers:line.added'));
      onClose();
    },
  });
  const columns = enteredColumns(register);
  const submit = (): void =>
    add.mutate({
      params: { register },
      body: {
        ...(base.at === '' ? {} : { at: new Date(base.at).toISOString() }),
        customerId: base.customer?.id ?? null,
        customerName: base.customer ? '' : base.customerName.trim(),
        phones: phonesOf(base.phones),
        values: Object.fromEntries(
          columns
            .map((column) => [
              column.key,
              fieldValue(column, typed[column.key] ?? '', words.currency),
            ])
            .filter(([, value]) => value !== null),
        ),
      },
    });
  return (
    <FormDialog
      wide
      title={t('registers:line.add', { register: t(`register-texts:titles.${register}`) })}
      deed={t('common:add')}
      busy={add.isPending}
      error={add.error}
      disabled={base.customer === null && base.customerName.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <BaseFields
        register={register}
        base={base}
        title={title}
        set={(change) => setBase((before) => ({ ...before, ...change }))}
      />
      <fieldset className="yd-line-fields">
        <legend className="yd-hidden">{t('registers:line.fill')}</legend>
        {columns.map((column) => (
          <LineField
            key={column.key}
            column={column}
            title={title(column)}
            value={typed[column.key] ?? ''}
            words={words}
            onChange={(value) => setTyped((all) => ({ ...all, [column.key]: value }))}
          />
        ))}
      </fieldset>
    </FormDialog>
  );
}
