import { LeftOutlined } from '@ant-design/icons';
import type { FlowStep } from '@yingda/contract';
import { Button, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../../lib/wording.ts';
import { WordingField } from '../../../../ui/wording-field.tsx';
import {
  changeKind,
  changeStep,
  freeKey,
  keyOfName,
  rekeyStep,
  removeStep,
} from '../../model/edit.ts';
import type { StepKind } from '../../model/edit.ts';
import { faultsAt } from '../../model/faults.ts';
import { StepMarks } from '../step-node.tsx';
import { useScene, useStep } from '../scene.ts';
import { ApprovalField } from './approval-field.tsx';
import { ChecklistField } from './checklist-field.tsx';
import { ClockField } from './clock-field.tsx';
import { Faults, Field } from './field.tsx';
import { MovesField } from './moves-field.tsx';
import { RuleField } from './owner-field.tsx';
import { DoneFirstField, TasksField } from './tasks-field.tsx';

const kinds: readonly StepKind[] = ['work', 'approval', 'callback', 'end'];
const ownerRules = ['recorder', 'department', 'team', 'person'] as const;
interface Part {
  step: FlowStep;
  at: number;
}

/** Key that follows the English name, as long as nobody knows the step by it. */
function useRekey(step: FlowStep): () => void {
  const { draft, change, choose, settledKeys } = useScene();
  return () => {
    const wanted = keyOfName(step.name.en);
    if (wanted === null || settledKeys.has(step.key) || step.key === wanted) return;
    const others = draft.definition.steps.map(({ key }) => key).filter((key) => key !== step.key);
    const key = freeKey(wanted, others);
    if (key === step.key) return;
    change((flow) => rekeyStep(flow, step.key, key), `rename ${step.key}`);
    choose({ step: key });
  };
}

function NameField({ step, at }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const rekey = useRekey(step);
  return (
    <Field label={t('step.name')} at={`steps.${at}.name`}>
      <WordingField
        label={t('step.name')}
        value={step.name}
        isFaulty
        onChange={(name) =>
          change((flow) => changeStep(flow, step.key, { name }), `name ${step.key}`)
        }
        onLeave={rekey}
      />
    </Field>
  );
}

function KindField({ step }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  return (
    <Field label={t('kind.title')} hint={t(`kindHint.${step.kind}`)}>
      <Select
        aria-label={t('kind.title')}
        value={step.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(kind: StepKind) => change((flow) => changeKind(flow, step.key, kind))}
      />
    </Field>
  );
}

function CustomerField({ step, at }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const { customerName } = step;
  const set = (next: FlowStep['customerName'], key?: string): void =>
    change((flow) => changeStep(flow, step.key, { customerName: next }), key);
  return (
    <Field
      label={t('step.shown')}
      at={`steps.${at}.customerName`}
      hint={t(customerName ? 'step.shownHint' : 'step.hidden')}
      aside={
        <Switch
          size="small"
          aria-label={t('step.shown')}
          checked={customerName !== null}
          onChange={(isShown) => set(isShown ? step.name : null)}
        />
      }
    >
      {customerName && (
        <WordingField
          label={t('step.customerName')}
          value={customerName}
          isFaulty
          onChange={(next) => set(next, `customer ${step.key}`)}
        />
      )}
    </Field>
  );
}

function OwnerField({ step, at }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  return (
    <Field label={t('step.owner')} at={`steps.${at}.owner`}>
      <RuleField
        label={t('step.owner')}
        rules={ownerRules}
        value={step.owner ?? { rule: 'recorder' }}
        onChange={(owner) => change((flow) => changeStep(flow, step.key, { owner }))}
      />
    </Field>
  );
}

function Foot({ step }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose } = useScene();
  const isStart = draft.definition.start === step.key;
  return (
    <div className="yd-flow-foot">
      <Button
        disabled={isStart || step.kind !== 'work'}
        onClick={() => change((flow) => ({ ...flow, start: step.key }))}
      >
        {t('step.makeStart')}
      </Button>
      <Button
        danger
        type="text"
        disabled={draft.definition.steps.length <= 2}
        title={t('step.removeConsequence')}
        onClick={() => {
          change((flow) => removeStep(flow, step.key));
          choose(null);
        }}
      >
        {t('step.remove')}
      </Button>
      <span className="yd-flow-key">
        {t('step.key')} <code>{step.key}</code>
      </span>
    </div>
  );
}

/** Everything about one step. */
export function StepEditor({ stepKey }: { stepKey: string }): ReactNode {
  const { t } = useTranslation('flows');
  const { choose, faults } = useScene();
  const found = useStep(stepKey);
  if (!found) return null;
  const { step, at } = found;
  const isEnd = step.kind === 'end';
  return (
    <>
      <header className="yd-flow-panel-head">
        <Button
          type="text"
          size="small"
          disabled={false}
          icon={<LeftOutlined />}
          onClick={() => choose(null)}
        >
          {t('step.all')}
        </Button>
        <StepMarks step={step} at={at} />
      </header>
      <fieldset className="yd-flow-form">
        <legend className="yd-hidden">{say(step.name)}</legend>
        <Faults
          faults={faultsAt(faults, `steps.${at}`).filter(({ path }) => path === `steps.${at}`)}
        />
        <NameField step={step} at={at} />
        <KindField step={step} at={at} />
        {(step.kind === 'work' || step.kind === 'callback') && <OwnerField step={step} at={at} />}
        {step.kind === 'approval' && <ApprovalField step={step} at={at} />}
        {!isEnd && <MovesField step={step} at={at} />}
        {!isEnd && <ClockField step={step} at={at} />}
        <CustomerField step={step} at={at} />
        {!isEnd && <ChecklistField step={step} at={at} />}
        {!isEnd && <TasksField step={step} at={at} />}
        {(step.kind === 'work' || step.kind === 'callback') && <DoneFirstField step={step} />}
        <Foot step={step} at={at} />
      </fieldset>
    </>
  );
}
