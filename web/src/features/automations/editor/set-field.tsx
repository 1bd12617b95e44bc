import { settableOrderFields } from '@yingda/contract';
import type { Action, AutomationSubject } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCategories, useCustomerFields, useDepartments, useOrderFields } from '../data.ts';
import { Select } from './parts.tsx';
import { LineField, TemplateField } from './text-field.tsx';

type SetField = Extract<Action, { kind: 'set_field' }>['set'];

const priorities = ['low', 'normal', 'high', 'urgent'];
const tiers = ['standard', 'silver', 'gold', 'vip'];

const fieldsOf = (subject: AutomationSubject): string[] =>
  subject === 'order'
    ? ['priority', 'category', 'department', ...settableOrderFields, 'custom', 'tier']
    : ['priority', 'subject', 'tier'];

/** The new value as it is when its field has just been chosen. */
function fresh(field: string): SetField {
  if (field === 'priority') return { field, value: 'high' };
  if (field === 'tier') return { field, value: 'vip' };
  if (field === 'category') return { field, value: '' };
  if (field === 'department') return { field, value: null };
  if (field === 'custom') return { field, key: '', value: '' };
  const text = settableOrderFields.find((one) => one === field) ?? 'subject';
  return { field: text, value: '' };
}

interface SetProps {
  subject: AutomationSubject;
  set: SetField;
  onChange: (set: SetField) => void;
}

function OwnField({ set, onChange }: SetProps): ReactNode {
  const { t } = useTranslation('automations');
  const ofOrders = useOrderFields();
  const ofCustomers = useCustomerFields();
  if (set.field !== 'custom') return null;
  return (
    <>
      <Select
        label={t('with.key')}
        options={[...ofOrders, ...ofCustomers]}
        value={set.key}
        onChange={(key) => onChange({ ...set, key })}
      />
      <LineField
        label={t('with.value')}
        max={500}
        value={typeof set.value === 'string' ? set.value : String(set.value ?? '')}
        onChange={(value) => onChange({ ...set, value })}
      />
    </>
  );
}

function Value(props: SetProps): ReactNode {
  const { subject, set, onChange } = props;
  const { t } = useTranslation('automations');
  const categories = useCategories();
  const departments = useDepartments();
  const choices = {
    priority: priorities.map((value) => ({ value, label: t(`choice.${value}`) })),
    tier: tiers.map((value) => ({ value, label: t(`choice.${value}`) })),
    category: categories,
    department: departments,
  };
  const { field } = set;
  if (field === 'custom') return <OwnField {...props} />;
  if (field in choices) {
    return (
      <Select
        label={t('with.value')}
        options={choices[field as keyof typeof choices]}
        value={set.value ?? ''}
        {...(field === 'department' ? { none: t('with.noDepartment') } : {})}
        onChange={(value) =>
          onChange({
            field,
            value: field === 'department' && value === '' ? null : value,
          } as SetField)
        }
      />
    );
  }
  return (
    <TemplateField
      label={t('with.value')}
      subject={subject}
      rows={1}
      max={5000}
      value={set.value ?? ''}
      onChange={(value) => onChange({ field, value } as SetField)}
    />
  );
}

/** Which field is set to what. */
export function SetFieldForm(props: SetProps): ReactNode {
  const { subject, set, onChange } = props;
  const { t } = useTranslation('automations');
  return (
    <>
      <Select
        label={t('with.field')}
        options={fieldsOf(subject).map((value) => ({ value, label: t(`set.${value}`) }))}
        value={set.field}
        onChange={(field) => onChange(fresh(field))}
      />
      <Value {...props} />
    </>
  );
}
