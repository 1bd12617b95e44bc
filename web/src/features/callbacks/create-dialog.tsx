import type { CallbackDetail } from '@yingda/contract';
import { createCallback } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../lib/me.ts';
import { CustomerFinder } from '../../ui/customer-finder.tsx';
import type { ChosenCustomer } from '../../ui/customer-finder.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCallbackAct } from './data.ts';
import { localInput } from './model/outcome.ts';

const dayMs = 86_400_000;

interface Values {
  customer: ChosenCustomer | null;
  customerName: string;
  phones: string;
  script: string;
  from: string;
  dueAt: string;
  isMine: boolean;
}
interface Filling {
  values: Values;
  set: (change: Partial<Values>) => void;
}

const instant = (local: string): string => new Date(local).toISOString();

/** Numbers as people type them into one line. */
const numbersOf = (typed: string): string[] =>
  typed
    .split(/[,，、;；\n]/)
    .map((phone) => phone.trim())
    .filter((phone) => phone !== '')
    .slice(0, 5);

function Who({ values, set }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  return (
    <div className="yd-field-row">
      <CustomerFinder
        label={t('create.name')}
        chosen={values.customer}
        name={values.customerName}
        onName={(customerName) => set({ customerName })}
        onChange={(customer) =>
          set(
            customer
              ? { customer, phones: customer.phones?.join(', ') || values.phones }
              : { customer: null, customerName: '' },
          )
        }
      />
      <label className="yd-field">
        <span>
          {t('create.phones')} <em aria-hidden>*</em>
        </span>
        <input
          type="tel"
          required
          maxLength={200}
          placeholder={t('create.phonesHint')}
          value={values.phones}
          onChange={(event) => set({ phones: event.target.value })}
        />
      </label>
    </div>
  );
}

function When({ values, set }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  return (
    <div className="yd-field-row">
      <label className="yd-field">
        <span>{t('create.from')}</span>
        <input
          type="datetime-local"
          value={values.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      </label>
      <label className="yd-field">
        <span>
          {t('create.due')} <em aria-hidden>*</em>
        </span>
        <input
          type="datetime-local"
          required
          value={values.dueAt}
          onChange={(event) => set({ dueAt: event.target.value })}
        />
      </label>
    </div>
  );
}

/** Notes that somebody is to be called, about anything. */
export function CreateCallback({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (callback: CallbackDetail) => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const me = useMe();
  const [values, setValues] = useState<Values>(() => ({
    customer: null,
    customerName: '',
    phones: '',
    script: '',
    from: '',
    dueAt: localInput(new Date(Date.now() + dayMs)),
    isMine: true,
  }));
  const set = (change: Partial<Values>): void => setValues((before) => ({ ...before, ...change }));
  const create = useCallbackAct(createCallback, (made) => {
    toast.success(t('create.done'));
    onClose();
    onCreated(made);
  });
  const { customer, script, from, dueAt, isMine } = values;
  const customerName = customer?.name ?? values.customerName.trim();
  const phones = numbersOf(values.phones);
  const submit = (): void =>
    create.mutate({
      body: {
        customerId: customer?.id ?? null,
        customerName: customerName.slice(0, 120),
        phones,
        script: script.trim(),
        dueAt: instant(dueAt),
        nextTryAt: from === '' ? null : instant(from),
        holderId: isMine ? me.id : null,
      },
    });
  return (
    <FormDialog
      title={t('create.title')}
      deed={t('create.deed')}
      busy={create.isPending}
      error={create.error}
      disabled={customerName === '' || phones.length === 0 || dueAt === ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <Who values={values} set={set} />
      <label className="yd-field">
        <span>{t('create.script')}</span>
        <textarea
          rows={3}
          maxLength={5000}
          placeholder={t('create.scriptHint')}
          value={script}
          onChange={(event) => set({ script: event.target.value })}
        />
      </label>
      <When values={values} set={set} />
      <label className="yd-field-check">
        <input
          type="checkbox"
          checked={isMine}
          onChange={(event) => set({ isMine: event.target.checked })}
        />
        {t('create.mine')}
      </label>
    </FormDialog>
  );
}
