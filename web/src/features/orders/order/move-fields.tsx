import type { FieldValues, NeededField, OrderFieldDefinition, OrderView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say, useDepartments } from '../data/orders.ts';
import { longest } from '../model/form.ts';
import { CustomerField } from '../parts/customer-field.tsx';
import { OwnField } from '../parts/own-field.tsx';
import { isTyped } from './use-move.ts';
import type { FormField, Moving } from './use-move.ts';

const short = new Set<FormField>(['subject', 'region', 'rootCause', 'compensation', 'phones']);

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

/** One of the organisation's own fields. */
function OwnNeeded({
  field,
  value,
  isMissing,
  onChange,
}: {
  field: OrderFieldDefinition;
  value: FieldValues[string] | undefined;
  isMissing: boolean;
  onChange: (value: FieldValues[string]) => void;
}): ReactNode {
  return (
    <div className={`yd-order-field ${isMissing ? 'is-missing' : ''}`}>
      <span>
        {say(field.label)} <em aria-hidden>*</em>
      </span>
      <OwnField
        field={field}
        value={value}
        isEager
        isRequired
        isMissing={isMissing}
        onChange={onChange}
      />
    </div>
  );
}

export interface NeededProps {
  order: Pick<OrderView, 'customerId' | 'customerName'>;
  moving: Pick<
    Moving,
    'needs' | 'filled' | 'fill' | 'tried' | 'missing' | 'valueOf' | 'ownOf' | 'ownValue'
  >;
}

/** The fields that the step asks for. */
export function Needed({ order, moving }: NeededProps): ReactNode {
  const { needs, filled, fill, tried, missing } = moving;
  const isMissing = (field: NeededField): boolean => tried && missing.includes(field);
  return needs.map((field) => {
    const own = moving.ownOf(field);
    if (own) {
      return (
        <OwnNeeded
          key={field}
          field={own}
          value={moving.ownValue(own.key)}
          isMissing={isMissing(field)}
          onChange={(value) => fill({ own: { ...filled.own, [own.key]: value } })}
        />
      );
    }
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
