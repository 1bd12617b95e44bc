import { OrderPriority } from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { say, useCategories, useDepartments } from '../data/orders.ts';
import { longest, phonesOf, phonesText } from '../model/form.ts';
import { CustomerField } from '../parts/customer-field.tsx';
import { DraftNote } from '../parts/draft-note.tsx';
import { AttachButton, Attaching } from '../parts/files.tsx';
import { OwnField, useOwnFields } from '../parts/own-field.tsx';
import { Similar } from './similar.tsx';
import { useCreating } from './use-creating.ts';
import type { Creating, Lacking, NewOrderProps, Values } from './use-creating.ts';
import '../order/move-form.css';
import './new-order.css';

interface Filling {
  values: Values;
  set: (change: Partial<Values>) => void;
  /** What was asked for and is not there yet. */
  lacking: readonly Lacking[];
}

function About({ values, set, lacking }: Filling): ReactNode {
  const { t } = useTranslation(['orders', 'marks']);
  const categories = useCategories().filter(({ retired }) => !retired);
  return (
    <>
      <label className={`yd-order-field is-all ${lacking.includes('subject') ? 'is-missing' : ''}`}>
        <span>
          {t('orders:field.subject')} <em aria-hidden>*</em>
        </span>
        <input
          // The dialog is opened to fill it in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          required
          aria-invalid={lacking.includes('subject')}
          maxLength={longest.subject}
          placeholder={t('orders:ask.subject')}
          value={values.subject}
          onChange={(event) => set({ subject: event.target.value })}
        />
      </label>
      <fieldset
        className={`yd-order-field is-all yd-new-category ${
          lacking.includes('category') ? 'is-missing' : ''
        }`}
      >
        <legend>
          {t('orders:field.category')} <em aria-hidden>*</em>
        </legend>
        {categories.map(({ id, name, isComplaint }) => (
          <label key={id} className={isComplaint ? 'is-complaint' : ''}>
            <input
              type="radio"
              name="category"
              checked={id === values.categoryId}
              onChange={() => set({ categoryId: id })}
            />
            {say(name)}
          </label>
        ))}
      </fieldset>
      <label className="yd-order-field is-all">
        <span>{t('orders:field.description')}</span>
        <textarea
          rows={4}
          maxLength={longest.description}
          placeholder={t('orders:ask.description')}
          value={values.description}
          onChange={(event) => set({ description: event.target.value })}
        />
      </label>
    </>
  );
}

/** What this organisation's form asks beside the usual fields. */
function Own({ values, set }: Omit<Filling, 'lacking'>): ReactNode {
  return useOwnFields().map((field) => (
    <label key={field.key} className="yd-order-field">
      <span>{say(field.label)}</span>
      <OwnField
        isEager
        field={field}
        value={values.fields[field.key]}
        onChange={(value) => set({ fields: { ...values.fields, [field.key]: value } })}
      />
    </label>
  ));
}

function Who({ values, set }: Omit<Filling, 'lacking'>): ReactNode {
  const { t } = useTranslation(['orders', 'marks']);
  const departments = useDepartments();
  const line = (field: 'phones' | 'region' | 'address' | 'product'): ReactNode => (
    <label className="yd-order-field">
      <span>{t(`orders:field.${field}`)}</span>
      <input
        maxLength={longest[field]}
        value={values[field]}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      <CustomerField
        value={values.customer}
        typed={values.customerName}
        onTyped={(customerName) => set({ customerName })}
        onChange={(customer) =>
          set({
            customer,
            ...(customer?.phones?.length && values.phones === ''
              ? { phones: phonesText(customer.phones) }
              : {}),
          })
        }
      />
      {line('phones')}
      {line('product')}
      {line('region')}
      {line('address')}
      <label className="yd-order-field">
        <span>{t('orders:field.priority')}</span>
        <select
          value={values.priority}
          onChange={(event) => set({ priority: OrderPriority.parse(event.target.value) })}
        >
          {OrderPriority.options.map((priority) => (
            <option key={priority} value={priority}>
              {t(`marks:priority.${priority}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="yd-order-field is-all">
        <span>{t('orders:create.department')}</span>
        <select
          value={values.departmentId ?? ''}
          onChange={(event) => set({ departmentId: event.target.value || null })}
        >
          <option value="">{t('orders:create.noDepartment')}</option>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** What is missing or went wrong, and the ways on. */
function Foot({
  creating,
  mayTransfer,
  onClose,
}: {
  creating: Creating;
  mayTransfer: boolean;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const { files, lacking, busy } = creating;
  return (
    <div className="yd-new-foot">
      <FormProblem error={creating.error} />
      {lacking.length > 0 && (
        <p className="yd-order-missing" role="alert">
          {t('missing', {
            fields: lacking.map((field) => t(`field.${field}`)).join(t('comma')),
          })}
        </p>
      )}
      <div className="yd-move-foot">
        <AttachButton files={files} label={t('files.attach')} />
        <span className="yd-row-gap" />
        <Button
          onClick={() => {
            creating.forget();
            onClose();
          }}
        >
          {t('common:cancel')}
        </Button>
        <Button
          type={mayTransfer ? 'default' : 'primary'}
          htmlType={mayTransfer ? 'button' : 'submit'}
          disabled={files.isBusy}
          loading={busy === 'record'}
          onClick={mayTransfer ? () => void creating.create('record') : undefined}
        >
          {t('create.record')}
        </Button>
        {mayTransfer && (
          <Button
            type="primary"
            htmlType="submit"
            disabled={files.isBusy}
            loading={busy === 'transfer'}
          >
            {t('create.transfer')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Records an order; with a department it can be handed over in the same step. */
export function NewOrder(props: NewOrderProps): ReactNode {
  const { t } = useTranslation('orders');
  const titleId = useId();
  const creating = useCreating(props);
  const { values, set, files, lacking, tries } = creating;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  useEffect(() => {
    // What is missing first has the focus.
    if (tries > 0) form.current?.querySelector<HTMLElement>('.is-missing input')?.focus();
  }, [tries]);
  const mayTransfer =
    values.departmentId !== null &&
    values.description.trim() !== '' &&
    (values.customer !== null || values.customerName.trim() !== '');
  return (
    <Dialog label={t('create.title')} className="yd-new-order" onClose={props.onClose}>
      {/* Ctrl+Enter records from every field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        aria-labelledby={titleId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void creating.create(mayTransfer ? 'transfer' : 'record');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            void creating.create(mayTransfer ? 'transfer' : 'record');
          }
        }}
      >
        <h2 id={titleId}>{t('create.title')}</h2>
        <div className="yd-new-body">
          <Similar
            matter={{
              customerId: values.customer?.id,
              phone: phonesOf(values.phones)[0],
              categoryId: values.categoryId,
              product: values.product,
              text: `${values.subject} ${values.description}`,
              conversationId: props.filled?.conversationId,
            }}
            onSame={props.onClose}
          />
          {creating.isDraft && <DraftNote text={t('create.draft')} onAnew={creating.startAnew} />}
          <About values={values} set={set} lacking={lacking} />
          <Who values={values} set={set} />
          <Own values={values} set={set} />
          <div className="is-all">
            <Attaching files={files} />
          </div>
        </div>
        <Foot creating={creating} mayTransfer={mayTransfer} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
