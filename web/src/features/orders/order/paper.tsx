import type { OrderView } from '@yingda/contract';
import { OrderPriority, updateOrder } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useRights } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { TierBadge } from '../../../ui/marks.tsx';
import { toast } from '../../../ui/toast.tsx';
import { rereadOrder, say, useCategories, useDepartments, useOrderAct } from '../data/orders.ts';
import { bodyOf, changedIn, longest, saidIn } from '../model/form.ts';
import type { Typed } from '../model/form.ts';
import { OwnField, useOwnFields } from '../parts/own-field.tsx';
import { ChangedMeanwhile, useMeanwhile } from '../parts/changed-meanwhile.tsx';
import { useTellProblem } from './head.tsx';
import './paper.css';

type Field = keyof Typed;

interface Filling {
  order: OrderView;
  typed: Typed;
  mayChange: boolean;
  type: (field: Field, text: string) => void;
}

/** How many of the three columns of the form it takes. */
type Size = 'one' | 'two' | 'all';

function Cell({
  label,
  size = 'one',
  children,
}: {
  label: ReactNode;
  size?: Size;
  children: ReactNode;
}): ReactNode {
  return (
    <div className={`yd-paper-cell is-${size}`}>
      <div className="yd-paper-label">{label}</div>
      <div className="yd-paper-value">{children}</div>
    </div>
  );
}

function TextValue({ field, filling }: { field: Field; filling: Filling }): ReactNode {
  const { t } = useTranslation('orders');
  const { order, typed, mayChange, type } = filling;
  const said = saidIn(order.form, field);
  const value = typed[field] ?? said;
  if (!mayChange) return <p className={value === '' ? 'is-empty' : ''}>{value || '—'}</p>;
  return (
    <textarea
      className={value === said ? '' : 'is-changed'}
      aria-label={t(`field.${field}`)}
      rows={1}
      maxLength={longest[field]}
      placeholder={t('empty.value')}
      value={value}
      onChange={(event) => type(field, event.target.value)}
    />
  );
}

function TextCell({
  field,
  filling,
  size = 'one',
  by = null,
}: {
  field: Field;
  filling: Filling;
  size?: Size;
  /** Who wrote it, as the paper form has it beside the text. */
  by?: string | null;
}): ReactNode {
  const { t } = useTranslation('orders');
  const { order, typed } = filling;
  const value = typed[field] ?? saidIn(order.form, field);
  return (
    <Cell label={t(`field.${field}`)} size={size}>
      <TextValue field={field} filling={filling} />
      {by !== null && value !== '' && <span className="yd-paper-by">{by}</span>}
    </Cell>
  );
}

/** Choices take effect at once: they are one deed, no text in the making. */
function ChoiceCells({ filling }: { filling: Filling }): ReactNode {
  const { t } = useTranslation(['orders', 'marks']);
  const { order, mayChange } = filling;
  const categories = useCategories();
  const departments = useDepartments();
  const change = useOrderAct(updateOrder);
  const tell = useTellProblem(order.id);
  const set = (body: {
    categoryId?: string;
    priority?: OrderView['priority'];
    departmentId?: string | null;
  }): void =>
    change.mutate(
      { params: { id: order.id }, body: { version: order.version, ...body } },
      { onError: tell },
    );
  const isFixed = !mayChange || change.isPending;
  return (
    <>
      <Cell label={t('orders:field.category')}>
        <select
          aria-label={t('orders:field.category')}
          disabled={isFixed}
          value={order.categoryId}
          onChange={(event) => set({ categoryId: event.target.value })}
        >
          {categories
            .filter(({ retired, id }) => !retired || id === order.categoryId)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
        </select>
      </Cell>
      <Cell label={t('orders:field.department')}>
        <select
          aria-label={t('orders:field.department')}
          disabled={isFixed}
          value={order.departmentId ?? ''}
          onChange={(event) => set({ departmentId: event.target.value || null })}
        >
          <option value="">—</option>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Cell>
      <Cell label={t('orders:field.priority')}>
        <select
          aria-label={t('orders:field.priority')}
          disabled={isFixed}
          value={order.priority}
          onChange={(event) => set({ priority: OrderPriority.parse(event.target.value) })}
        >
          {OrderPriority.options.map((priority) => (
            <option key={priority} value={priority}>
              {t(`marks:priority.${priority}`)}
            </option>
          ))}
        </select>
      </Cell>
    </>
  );
}

/** The organisation's own fields, three to a line; the last takes what is left of its line. */
function OwnCells({ filling: { order, mayChange } }: { filling: Filling }): ReactNode {
  const fields = useOwnFields();
  const change = useOrderAct(updateOrder);
  const tell = useTellProblem(order.id);
  const sizes: Size[] = ['one', 'all', 'two'];
  return fields.map((field, at) => (
    <Cell
      key={field.key}
      label={say(field.label)}
      size={at === fields.length - 1 ? (sizes[fields.length % 3] ?? 'one') : 'one'}
    >
      <OwnField
        field={field}
        value={order.form.fields[field.key]}
        disabled={!mayChange || change.isPending}
        onChange={(value) =>
          change.mutate(
            {
              params: { id: order.id },
              body: { version: order.version, fields: { [field.key]: value } },
            },
            { onError: tell },
          )
        }
      />
    </Cell>
  ));
}

function Customer({ order }: { order: OrderView }): ReactNode {
  const maySee = useRights().may('customer.read');
  const { customerId, customerName, tier } = order;
  return (
    <span className="yd-paper-customer">
      {customerId !== null && maySee ? (
        <Link to="/customers/$customerId" params={{ customerId }} search={{}}>
          {customerName}
        </Link>
      ) : (
        customerName || '—'
      )}
      {tier && <TierBadge tier={tier} />}
    </span>
  );
}

const complaintFields = ['solutionAgreed', 'apology', 'compensation', 'rootCause'] as const;

function Sheet({ filling }: { filling: Filling }): ReactNode {
  const { t } = useTranslation('orders');
  const { order } = filling;
  const shared = { filling };
  const isComplaint =
    order.isComplaint || complaintFields.some((field) => order.form[field] !== '');
  return (
    <div className="yd-paper-sheet">
      <Cell label={t('field.number')}>
        <span className="yd-figures">{order.number}</span>
      </Cell>
      <Cell label={t('field.createdAt')}>
        <span className="yd-figures">{formatDateTime(order.createdAt)}</span>
      </Cell>
      <Cell label={t('field.recorder')}>{order.recorderName ?? '—'}</Cell>
      <ChoiceCells {...shared} />
      <Cell label={t('field.customer')}>
        <Customer order={order} />
      </Cell>
      <TextCell field="phones" {...shared} />
      <TextCell field="region" {...shared} />
      <TextCell field="product" {...shared} />
      <TextCell field="address" size="two" {...shared} />
      <OwnCells {...shared} />
      <TextCell field="subject" size="all" {...shared} />
      <TextCell field="description" size="all" {...shared} />
      <TextCell field="receipt" size="all" {...shared} by={order.recorderName} />
      <TextCell field="plan" size="all" {...shared} by={order.plannerName} />
      <TextCell field="result" size="all" {...shared} by={order.handlerName} />
      {isComplaint &&
        complaintFields.map((field) => (
          <TextCell key={field} field={field} size="all" {...shared} />
        ))}
      <TextCell field="review" size="all" {...shared} by={order.reviewerName} />
    </div>
  );
}

/** The form 客户问题处理表: everything that is known, filled in where it stands. */
export function Paper({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [all, setAll] = useState<Typed>({});
  const typed = changedIn(order.form, all);
  const isDirty = Object.keys(typed).length > 0;
  const meanwhile = useMeanwhile(order, typed);
  const change = useOrderAct(updateOrder);
  const mayChange = order.status === 'open' && order.may.work;
  const save = (): void => {
    if (!isDirty || meanwhile.clashes.length > 0) return;
    change.mutate(
      { params: { id: order.id }, body: { version: order.version, ...bodyOf(typed) } },
      {
        onSuccess: () => {
          setAll({});
          toast.success(t('common:saved'));
        },
        onError: (error) => {
          if (isProblem(error, 'order.changed_meanwhile')) void rereadOrder(order.id);
        },
      },
    );
  };
  useShortcuts(
    [{ keys: 'mod+s', label: 'orders:keys.save', group: 'orders:title', run: save }],
    isDirty,
  );
  return (
    <section className="yd-paper" aria-label={t('form')}>
      <h2>{t('form')}</h2>
      {order.status === 'open' && !order.may.work && (
        <p className="yd-soft yd-paper-reading">
          {order.ownerName === ''
            ? t('onlyReadingPlain')
            : t('onlyReading', { name: order.ownerName })}
        </p>
      )}
      <Sheet
        filling={{
          order,
          typed: all,
          mayChange,
          type: (field, text) => setAll((before) => ({ ...before, [field]: text })),
        }}
      />
      {isDirty && (
        <div className="yd-paper-save">
          <ChangedMeanwhile
            meanwhile={meanwhile}
            onTheirs={(field) => setAll(({ [field]: _mine, ...rest }) => rest)}
          />
          <FormProblem error={change.error} />
          <div className="yd-paper-save-line">
            <span className="yd-soft">{t('unsaved', { count: Object.keys(typed).length })}</span>
            <Button onClick={() => setAll({})}>{t('discard')}</Button>
            <Button
              type="primary"
              loading={change.isPending}
              disabled={meanwhile.clashes.length > 0}
              onClick={save}
            >
              {t('common:save')}
            </Button>
          </div>
        </div>
      )}
      <LeaveGuard dirty={isDirty} />
    </section>
  );
}
