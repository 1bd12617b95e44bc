import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { FlowStep } from '@yingda/contract';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeStep } from '../../model/edit.ts';
import { useScene } from '../scene.ts';
import { Field } from './field.tsx';
import { RuleField } from './owner-field.tsx';

type Approval = NonNullable<FlowStep['approval']>;
const modes = ['one', 'all', 'chain'] as const;
const rules = ['department_lead', 'team', 'person'] as const;

/** Who approves, and when it passes. */
export function ApprovalField({ step, at }: { step: FlowStep; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const approval: Approval = step.approval ?? { mode: 'one', approvers: [] };
  const { mode, approvers } = approval;
  const set = (next: Partial<Approval>): void =>
    change((flow) => changeStep(flow, step.key, { approval: { ...approval, ...next } }));
  return (
    <Field
      label={t('approval.title')}
      at={`steps.${at}.approval`}
      aside={
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          disabled={approvers.length >= 10}
          onClick={() => set({ approvers: [...approvers, { rule: 'person', userId: '' }] })}
        >
          {t('approval.add')}
        </Button>
      }
    >
      <ol className="yd-flow-approvers">
        {approvers.map((approver, place) => (
          // Approvers have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place}>
            <RuleField
              label={t('approval.who', { at: place + 1 })}
              rules={rules}
              value={approver}
              onChange={(next) => set({ approvers: approvers.with(place, next) })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('approval.remove')}
              disabled={approvers.length < 2}
              onClick={() => set({ approvers: approvers.toSpliced(place, 1) })}
            />
          </li>
        ))}
      </ol>
      {approvers.length > 1 && (
        <Select
          aria-label={t('approval.mode')}
          value={mode}
          options={modes.map((one) => ({ value: one, label: t(`approval.modes.${one}`) }))}
          onChange={(next: Approval['mode']) => set({ mode: next })}
        />
      )}
    </Field>
  );
}
