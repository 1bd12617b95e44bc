import type { CustomerView, CustomFieldView } from '@yingda/contract';
import { listCustomFields } from '@yingda/contract';
import { Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { Loaded } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { parseField } from './field-values.ts';
import type { CustomerChange } from './use-customer.ts';

type Value = CustomerView['fields'][string];

interface FieldProps {
  field: CustomFieldView;
  value: Value | undefined;
  disabled: boolean;
  onChange: (value: Value) => void;
}

function shown(kind: CustomFieldView['kind'], value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  if (kind === 'date' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
    return formatDate(`${value}T12:00:00Z`, 'UTC');
  }
  if (typeof value === 'number') return formatNumber(value);
  return String(value);
}

function Choice({ field, value, disabled, onChange }: FieldProps): ReactNode {
  const { t } = useTranslation('customers');
  const known = typeof value === 'string' ? value : '';
  // A value whose choice was removed since stays visible.
  const choices =
    known === '' || field.choices.includes(known) ? field.choices : [known, ...field.choices];
  return (
    <select
      className="yd-field-choice"
      aria-label={field.label}
      disabled={disabled}
      value={known}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{t('fields.empty')}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}

const inputTypes = { text: 'text', number: 'number', date: 'date' } as const;

function Field(props: FieldProps): ReactNode {
  const { field, value, disabled, onChange } = props;
  const { t } = useTranslation('customers');
  if (field.kind === 'boolean') {
    return (
      <Switch
        size="small"
        aria-label={field.label}
        checked={value === true}
        disabled={disabled}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'choice') return <Choice {...props} />;
  const kind = field.kind;
  return (
    <InlineEdit
      type={inputTypes[kind]}
      value={value === undefined || value === null ? '' : String(value)}
      shown={shown(kind, value)}
      label={t('fields.edit', { label: field.label })}
      placeholder={t('fields.empty')}
      disabled={disabled}
      onSave={(typed) => {
        const parsed = parseField(kind, typed);
        if (parsed === undefined) toast.error(t('fields.invalidNumber'));
        else onChange(parsed);
      }}
    />
  );
}

/** The custom fields of the installation with this customer's values. */
export function Fields({
  customer,
  mayChange,
  change,
}: {
  customer: CustomerView;
  mayChange: boolean;
  change: (change: CustomerChange) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const query = useCall(listCustomFields, undefined, { staleTime: 5 * 60_000 });
  return (
    <Loaded query={query} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="yd-soft">{t('fields.none')}</p>
        ) : (
          <dl className="yd-fields">
            {items.map((field) => (
              <div key={field.id} className="yd-field">
                <dt title={field.label}>{field.label}</dt>
                <dd>
                  <Field
                    field={field}
                    value={customer.fields[field.key]}
                    disabled={!mayChange}
                    onChange={(value) => change({ fields: { [field.key]: value } })}
                  />
                </dd>
              </div>
            ))}
          </dl>
        )
      }
    </Loaded>
  );
}
