import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { opsOfKind } from '@yingda/contract';
import type {
  AutomationSubject,
  Condition,
  ConditionField,
  ConditionOp,
  Conditions,
} from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerFields, useOrderFields } from '../data.ts';
import { conditionOf, fieldsOf, kindOf } from '../model/draft.ts';
import { textKey } from '../model/keys.ts';
import { Match, Select, Step } from './parts.tsx';
import { ValueField } from './value-field.tsx';

type Group = Conditions['groups'][number];

function FieldSelect({
  subject,
  value,
  onChange,
}: {
  subject: AutomationSubject;
  value: ConditionField;
  onChange: (field: ConditionField) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const fields = fieldsOf(subject);
  const groups = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))];
  return (
    <label className="yd-field">
      <span className="yd-hidden">{t('if.field')}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const field = fields.find((one) => one === target.value);
          if (field) onChange(field);
        }}
      >
        {groups.map((group) => (
          <optgroup key={group} label={t(`fieldGroup.${group}`)}>
            {fields
              .filter((field) => field.startsWith(`${group}.`))
              .map((field) => (
                <option key={field} value={field}>
                  {t(`field.${textKey(field)}`)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function KeySelect({
  condition,
  onChange,
}: {
  condition: Condition;
  onChange: (condition: Condition) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const ofOrders = useOrderFields();
  const ofCustomers = useCustomerFields();
  return (
    <Select
      hidesLabel
      label={t('if.key')}
      options={condition.field === 'order.custom' ? ofOrders : ofCustomers}
      value={condition.key ?? ''}
      onChange={(key) => onChange({ ...condition, key })}
    />
  );
}

function Row({
  subject,
  condition,
  onChange,
  onRemove,
}: {
  subject: AutomationSubject;
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const { field, op, key } = condition;
  const kind = kindOf(field);
  return (
    <div className="yd-rule-condition">
      <FieldSelect
        subject={subject}
        value={field}
        onChange={(next) => onChange(conditionOf(next, op))}
      />
      {kind === 'custom' && <KeySelect condition={condition} onChange={onChange} />}
      {opsOfKind[kind].length > 1 && (
        <Select
          hidesLabel
          label={t('if.op')}
          value={op}
          options={opsOfKind[kind].map((one) => ({ value: one, label: t(`op.${one}`) }))}
          onChange={(next) =>
            onChange({
              ...conditionOf(field, next as ConditionOp),
              ...(key === undefined ? {} : { key }),
            })
          }
        />
      )}
      <ValueField
        key={`${field} ${op}`}
        condition={condition}
        onChange={(value) => onChange({ ...condition, value })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('if.remove')}
        title={t('if.remove')}
        onClick={onRemove}
      />
    </div>
  );
}

function GroupBox({
  subject,
  group,
  number,
  onChange,
}: {
  subject: AutomationSubject;
  group: Group;
  /** Counted from 1; 0 when it is the only one. */
  number: number;
  /** Null: without this group. */
  onChange: (group: Group | null) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const { match, items } = group;
  const set = (next: Condition[]): void =>
    onChange(next.length === 0 ? null : { ...group, items: next });
  const [first] = fieldsOf(subject);
  return (
    <div
      className="yd-rule-group"
      role="group"
      aria-label={t('if.group', { n: Math.max(1, number) })}
    >
      {(items.length > 1 || number > 0) && (
        <div className="yd-rule-match">
          {number > 0 && <strong>{t('if.group', { n: number })}</strong>}
          {items.length > 1 && (
            <Match
              label={t('if.match')}
              value={match}
              onChange={(next) => onChange({ ...group, match: next })}
            />
          )}
        </div>
      )}
      {items.map((condition, index) => (
        <Row
          // Conditions have no name of their own: the same one may stand here twice.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          subject={subject}
          condition={condition}
          onChange={(next) => set(items.map((one, at) => (at === index ? next : one)))}
          onRemove={() => set(items.filter((_, at) => at !== index))}
        />
      ))}
      {items.length < 20 && first && (
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => set([...items, conditionOf(first)])}
        >
          {t('if.add')}
        </Button>
      )}
    </div>
  );
}

/** Which orders or conversations the rule is for. */
export function IfPart({
  subject,
  conditions,
  onChange,
}: {
  subject: AutomationSubject;
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const { match, groups } = conditions;
  const [first] = fieldsOf(subject);
  const add = (): void => {
    if (!first) return;
    onChange({ match, groups: [...groups, { match: 'all', items: [conditionOf(first)] }] });
  };
  const set = (index: number, group: Group | null): void =>
    onChange({
      match,
      groups: groups.flatMap((one, at) => (at === index ? (group ?? []) : one)),
    });
  return (
    <Step word={t('if.title')}>
      {groups.length === 0 && <p className="yd-soft">{t('if.always')}</p>}
      {groups.length > 1 && (
        <div className="yd-rule-match">
          <span>{t('if.groups')}</span>
          <Match
            label={t('if.groups')}
            value={match}
            onChange={(next) => onChange({ match: next, groups })}
          />
        </div>
      )}
      {groups.map((group, index) => (
        <GroupBox
          // Groups have no name of their own.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          subject={subject}
          group={group}
          number={groups.length > 1 ? index + 1 : 0}
          onChange={(next) => set(index, next)}
        />
      ))}
      {groups.length < 10 && (
        <Button
          size="small"
          type={groups.length === 0 ? 'default' : 'text'}
          icon={<PlusOutlined />}
          onClick={add}
        >
          {groups.length === 0 ? t('if.add') : t('if.addGroup')}
        </Button>
      )}
    </Step>
  );
}
