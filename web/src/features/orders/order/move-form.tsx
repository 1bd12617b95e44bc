import type { FlowMove, OrderField, OrderView } from '@yingda/contract';
import { moveOrder, updateOrder } from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isProblem } from '../../../lib/api.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { toast } from '../../../ui/toast.tsx';
import { keepOrder, refreshLists, rereadOrder, say, useDepartments } from '../data/orders.ts';
import { bodyOf, changedIn, longest, saidIn } from '../model/form.ts';
import type { Typed } from '../model/form.ts';
import { ChangedMeanwhile, useMeanwhile } from '../parts/changed-meanwhile.tsx';
import { CustomerField } from '../parts/customer-field.tsx';
import { AttachButton, Attaching } from '../parts/files.tsx';
import { useFiles } from '../parts/use-files.ts';
import type { Files } from '../parts/use-files.ts';
import './move-form.css';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type FormField = keyof Typed & OrderField;
const isTyped = (field: OrderField): field is FormField =>
  !['category', 'customer', 'department'].includes(field);
const short = new Set<OrderField>(['subject', 'region', 'rootCause', 'compensation', 'phones']);

interface Filled {
  typed: Typed;
  note: string;
  departmentId: string | null;
  customer: { id: string; name: string } | null;
}

/** Sends the move; a customer who was missing is put into the form first. */
async function send(
  order: OrderView,
  { move, filled, files }: { move: string; filled: Filled; files: Files },
): Promise<OrderView> {
  const { typed, note, departmentId, customer } = filled;
  const params = { id: order.id };
  const seen =
    customer === null
      ? order
      : await call(updateOrder, {
          params,
          body: { version: order.version, customerId: customer.id },
        });
  keepOrder(seen);
  return call(moveOrder, {
    params,
    body: {
      version: seen.version,
      move,
      ...bodyOf(changedIn(order.form, typed)),
      note: note.trim(),
      fileIds: files.ids,
      ...(departmentId === null ? {} : { departmentId }),
    },
  });
}

function TypedField({
  field,
  value,
  isMissing,
  onChange,
}: {
  field: FormField;
  value: string;
  isMissing: boolean;
  onChange: (text: string) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const shared = {
    value,
    maxLength: longest[field],
    'aria-required': true,
    'aria-invalid': isMissing,
  };
  return (
    <label className={`yd-order-field ${isMissing ? 'is-missing' : ''}`}>
      <span>
        {t(`field.${field}`)} <em aria-hidden>*</em>
      </span>
      {short.has(field) ? (
        <input {...shared} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea
          {...shared}
          rows={3}
          placeholder={t(`ask.${field}`, { defaultValue: '' })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </label>
  );
}

function DepartmentField({
  value,
  isMissing,
  onChange,
}: {
  value: string | null;
  isMissing: boolean;
  onChange: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const departments = useDepartments();
  return (
    <label className={`yd-order-field ${isMissing ? 'is-missing' : ''}`}>
      <span>
        {t('field.department')} <em aria-hidden>*</em>
      </span>
      <select
        value={value ?? ''}
        aria-required
        aria-invalid={isMissing}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="" disabled>
          {t('ask.department')}
        </option>
        {departments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface MoveFormProps {
  order: OrderView;
  /** Key of the move. */
  move: string;
  onCancel: () => void;
  onDone: (order: OrderView) => void;
}

/** The move as the flow has it at the step where the order is. */
function moveIn({ definition, stepKey }: OrderView, move: string): FlowMove | undefined {
  const step = definition.steps.find(({ key }) => key === stepKey);
  return step?.moves.find(({ key }) => key === move);
}

/** What is filled in, what is missing of it, and the sending. */
function useMove({ order, move, onDone }: MoveFormProps) {
  const { t } = useTranslation('orders');
  // As it was when the form was opened: a colleague may take the order on meanwhile.
  const [found] = useState(() => moveIn(order, move));
  const isGone = !order.moves.some(({ key }) => key === move);
  const needs = found?.needs ?? order.moves.find(({ key }) => key === move)?.missing ?? [];
  const [filled, setFilled] = useState<Filled>({
    typed: {},
    note: '',
    departmentId: order.departmentId,
    customer: null,
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const files = useFiles();
  const meanwhile = useMeanwhile(order, changedIn(order.form, filled.typed));
  const valueOf = (field: FormField): string => filled.typed[field] ?? saidIn(order.form, field);
  const isEmpty = (field: OrderField): boolean => {
    if (field === 'department') return !filled.departmentId;
    if (field === 'customer') return !order.customerId && !order.customerName && !filled.customer;
    return isTyped(field) && valueOf(field).trim() === '';
  };
  const missing = needs.filter(isEmpty);
  const submit = async (): Promise<void> => {
    setTried(true);
    setProblem(null);
    if (isGone || missing.length > 0 || meanwhile.clashes.length > 0 || files.isBusy) return;
    setBusy(true);
    try {
      const answer = await send(order, { move, filled, files });
      keepOrder(answer);
      void refreshLists();
      toast.success(t('moved', { step: say(answer.stepName) }));
      onDone(answer);
    } catch (error) {
      setProblem(error);
      if (isProblem(error, 'order.changed_meanwhile')) void rereadOrder(order.id);
    } finally {
      setBusy(false);
    }
  };
  const fill = (change: Partial<Filled>): void => setFilled((all) => ({ ...all, ...change }));
  return {
    needs,
    found,
    isGone,
    filled,
    fill,
    tried,
    busy,
    problem,
    files,
    meanwhile,
    valueOf,
    missing,
    submit,
  };
}

/** The fields that the step asks for. */
function Needed({
  order,
  moving,
}: {
  order: OrderView;
  moving: ReturnType<typeof useMove>;
}): ReactNode {
  const { needs, filled, fill, tried, missing } = moving;
  const isMissing = (field: OrderField): boolean => tried && missing.includes(field);
  return needs.map((field) => {
    if (isTyped(field)) {
      return (
        <TypedField
          key={field}
          field={field}
          value={moving.valueOf(field)}
          isMissing={isMissing(field)}
          onChange={(text) => fill({ typed: { ...filled.typed, [field]: text } })}
        />
      );
    }
    if (field === 'department') {
      return (
        <DepartmentField
          key={field}
          value={filled.departmentId}
          isMissing={isMissing(field)}
          onChange={(departmentId) => fill({ departmentId })}
        />
      );
    }
    if (field === 'customer' && !order.customerId && !order.customerName) {
      return (
        <CustomerField
          key={field}
          value={filled.customer}
          isMissing={isMissing(field)}
          onChange={(customer) => fill({ customer })}
        />
      );
    }
    return null;
  });
}

/** Takes an order to the next step: the fields that the step asks for, a note, files. */
export function MoveForm(props: MoveFormProps): ReactNode {
  const { order, move, onCancel } = props;
  const { t } = useTranslation('orders');
  const moving = useMove(props);
  const { found, isGone, filled, fill, tried, files, missing } = moving;
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is to be filled in first has the focus.
    const fields = [...(form.current?.querySelectorAll<Field>('input, textarea, select') ?? [])];
    (fields.find(({ value, hidden }) => value === '' && !hidden) ?? fields[0])?.focus();
  }, []);
  const name = order.moves.find(({ key }) => key === move)?.name ?? found?.name;
  const target = order.definition.steps.find(({ key }) => key === found?.to);
  return (
    // Esc leaves it and Ctrl+Enter sends it from every field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="yd-move-form"
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void moving.submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void moving.submit();
      }}
    >
      <h2 id={titleId}>
        {name && say(name)}
        {target && <span className="yd-soft"> → {say(target.name)}</span>}
      </h2>
      <Needed order={order} moving={moving} />
      <label className="yd-order-field">
        <span>{t('note.label')}</span>
        <textarea
          rows={2}
          maxLength={5000}
          value={filled.note}
          placeholder={t('note.hint')}
          onChange={(event) => fill({ note: event.target.value })}
        />
      </label>
      <Attaching files={files} />
      <ChangedMeanwhile
        meanwhile={moving.meanwhile}
        onTheirs={(field) => {
          const { [field]: _mine, ...rest } = filled.typed;
          fill({ typed: rest });
        }}
      />
      {isGone && (
        <p className="yd-order-missing" role="alert">
          {t('movedMeanwhile', { step: say(order.stepName) })}
        </p>
      )}
      <FormProblem error={moving.problem} />
      {tried && missing.length > 0 && (
        <p className="yd-order-missing" role="alert">
          {t('missing', {
            fields: missing.map((field) => t(`field.${field}`)).join(t('comma')),
          })}
        </p>
      )}
      <div className="yd-move-foot">
        <AttachButton files={files} label={t('files.attach')} />
        <span className="yd-row-gap" />
        <Button onClick={onCancel}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={moving.busy}
          disabled={isGone || files.isBusy || moving.meanwhile.clashes.length > 0}
        >
          {name ? say(name) : t('common:save')}
        </Button>
      </div>
    </form>
  );
}
