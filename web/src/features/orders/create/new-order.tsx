import type { FieldValues, OrderView } from '@yingda/contract';
import { createOrder, moveOrder, OrderPriority } from '@yingda/contract';
import { Button } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { toast } from '../../../ui/toast.tsx';
import { keepOrder, refreshLists, say, useCategories, useDepartments } from '../data/orders.ts';
import { longest, phonesOf, phonesText } from '../model/form.ts';
import { CustomerField } from '../parts/customer-field.tsx';
import type { ChosenCustomer } from '../parts/customer-field.tsx';
import { AttachButton, Attaching } from '../parts/files.tsx';
import { OwnField, useOwnFields } from '../parts/own-field.tsx';
import { useFiles } from '../parts/use-files.ts';
import { Similar } from './similar.tsx';
import '../order/move-form.css';
import './new-order.css';

/** What is known before anybody types: from a conversation, from a customer. */
export interface Prefilled {
  subject?: string;
  description?: string;
  phones?: readonly string[];
  customer?: ChosenCustomer | null;
  conversationId?: string;
}

interface NewOrderProps {
  filled?: Prefilled;
  onClose: () => void;
  onCreated: (order: OrderView) => void;
}

interface Values {
  subject: string;
  description: string;
  phones: string;
  region: string;
  address: string;
  product: string;
  fields: FieldValues;
  customer: ChosenCustomer | null;
  customerName: string;
  categoryId: string | null;
  departmentId: string | null;
  priority: OrderView['priority'];
}

const first = (filled: Prefilled): Values => ({
  subject: filled.subject?.slice(0, longest.subject) ?? '',
  description: filled.description ?? '',
  phones: phonesText(filled.phones ?? []),
  region: '',
  address: '',
  product: '',
  fields: {},
  customer: filled.customer ?? null,
  customerName: '',
  categoryId: null,
  departmentId: null,
  priority: 'normal',
});

interface Filling {
  values: Values;
  set: (change: Partial<Values>) => void;
}

function About({ values, set }: Filling): ReactNode {
  const { t } = useTranslation(['orders', 'marks']);
  const categories = useCategories().filter(({ retired }) => !retired);
  return (
    <>
      <label className="yd-order-field is-all">
        <span>
          {t('orders:field.subject')} <em aria-hidden>*</em>
        </span>
        <input
          // The dialog is opened to fill it in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          required
          maxLength={longest.subject}
          placeholder={t('orders:ask.subject')}
          value={values.subject}
          onChange={(event) => set({ subject: event.target.value })}
        />
      </label>
      <fieldset className="yd-order-field is-all yd-new-category">
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
function Own({ values, set }: Filling): ReactNode {
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

function Who({ values, set }: Filling): ReactNode {
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

/** The move that hands a new order to its department, when nothing is missing for it. */
function handOverOf(order: OrderView): string | null {
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  const toDepartment = step?.moves.find(({ needs }) => needs.includes('department'));
  const may = order.moves.find(({ key }) => key === toDepartment?.key);
  return may && may.missing.length === 0 ? may.key : null;
}

async function handOver(order: OrderView): Promise<OrderView> {
  const move = handOverOf(order);
  if (move === null) return order;
  return call(moveOrder, { params: { id: order.id }, body: { version: order.version, move } });
}

function useCreating({ filled = {}, onClose, onCreated }: NewOrderProps) {
  const { t } = useTranslation('orders');
  const [values, setValues] = useState(() => first(filled));
  const categories = useCategories();
  const [busy, setBusy] = useState<'record' | 'transfer' | null>(null);
  const [error, setError] = useState<unknown>(null);
  // Pressed twice it is the same order.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const files = useFiles();
  const isReady = values.subject.trim() !== '' && values.categoryId !== null && !files.isBusy;
  const set = (change: Partial<Values>): void => {
    // A category knows its department; one that was chosen by hand stays.
    const category = categories.find(({ id }) => id === change.categoryId);
    const department =
      category?.departmentId && values.departmentId === null
        ? { departmentId: category.departmentId }
        : {};
    setValues((before) => ({ ...before, ...change, ...department }));
  };
  const create = async (how: 'record' | 'transfer'): Promise<void> => {
    const { customer, customerName, categoryId, phones, ...rest } = values;
    if (!isReady || categoryId === null || busy !== null) return;
    setBusy(how);
    setError(null);
    try {
      const made = await call(createOrder, {
        body: {
          ...rest,
          subject: rest.subject.trim(),
          phones: phonesOf(phones),
          categoryId,
          customerId: customer?.id ?? null,
          ...(customer === null && customerName.trim() !== ''
            ? { customerName: customerName.trim() }
            : {}),
          conversationId: filled.conversationId ?? null,
          fileIds: files.ids,
          idempotencyKey,
        },
      });
      const order =
        how === 'transfer'
          ? await handOver(made).catch((problem: unknown) => {
              // The order is there; only the handing over is left to do.
              toast.problem(problem);
              return made;
            })
          : made;
      keepOrder(order);
      void refreshLists();
      toast.success(t('create.done', { number: order.number, step: say(order.stepName) }));
      onClose();
      onCreated(order);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(null);
    }
  };
  return { values, set, files, isReady, busy, error, create };
}

/** Records an order; with a department it can be handed over in the same step. */
export function NewOrder(props: NewOrderProps): ReactNode {
  const { t } = useTranslation('orders');
  const titleId = useId();
  const creating = useCreating(props);
  const { values, set, files, isReady, busy } = creating;
  const mayTransfer =
    values.departmentId !== null &&
    values.description.trim() !== '' &&
    (values.customer !== null || values.customerName.trim() !== '');
  return (
    <Dialog label={t('create.title')} className="yd-new-order" onClose={props.onClose}>
      {/* Ctrl+Enter records from every field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        aria-labelledby={titleId}
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
          <About values={values} set={set} />
          <Who values={values} set={set} />
          <Own values={values} set={set} />
          <div className="is-all">
            <Attaching files={files} />
          </div>
        </div>
        <div className="yd-new-foot">
          <FormProblem error={creating.error} />
          <div className="yd-move-foot">
            <AttachButton files={files} label={t('files.attach')} />
            <span className="yd-row-gap" />
            <Button onClick={props.onClose}>{t('common:cancel')}</Button>
            <Button
              type={mayTransfer ? 'default' : 'primary'}
              htmlType={mayTransfer ? 'button' : 'submit'}
              disabled={!isReady}
              loading={busy === 'record'}
              onClick={mayTransfer ? () => void creating.create('record') : undefined}
            >
              {t('create.record')}
            </Button>
            {mayTransfer && (
              <Button
                type="primary"
                htmlType="submit"
                disabled={!isReady}
                loading={busy === 'transfer'}
              >
                {t('create.transfer')}
              </Button>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  );
}
