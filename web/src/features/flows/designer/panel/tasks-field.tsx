import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { FlowStep, OwnerRule, StepTask } from '@yingda/contract';
import { Button, Input, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeStep } from '../../model/edit.ts';
import { useScene } from '../scene.ts';
import { Field } from './field.tsx';
import { RuleField } from './owner-field.tsx';
import { SpanField } from './span-field.tsx';

type Rule = OwnerRule | { rule: 'anybody' };
const rules = ['anybody', 'recorder', 'department', 'team', 'person'] as const;
const anybody = { rule: 'anybody' as const };
const usualMinutes = 480;

interface Part {
  step: FlowStep;
  at: number;
}

/** One sub-task: what, for whom, until when. */
function Task({
  task,
  place,
  step,
  set,
  onRemove,
}: {
  task: StepTask;
  place: number;
  step: FlowStep;
  set: (change: Partial<StepTask>, key?: string) => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  const { title, owner, minutes } = task;
  const name = t('task.line', { at: place + 1 });
  return (
    <li className="yd-flow-alarm" aria-label={name}>
      <div className="yd-flow-line">
        <Input
          aria-label={name}
          maxLength={200}
          placeholder={t('task.title')}
          value={title}
          status={title.trim() === '' ? 'error' : ''}
          onChange={({ target }) => set({ title: target.value }, `title ${place}`)}
        />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('task.remove', { at: place + 1 })}
          onClick={onRemove}
        />
      </div>
      <RuleField<Rule>
        label={t('task.owner', { at: place + 1 })}
        rules={rules}
        value={owner ?? anybody}
        onChange={(rule) => set({ owner: rule.rule === 'anybody' ? null : rule })}
      />
      <div className="yd-flow-within">
        <Switch
          size="small"
          aria-label={t('task.limited', { at: place + 1 })}
          checked={minutes !== null}
          onChange={(isOn) => set({ minutes: isOn ? usualMinutes : null })}
        />
        <span>{t(minutes === null ? 'task.unlimited' : 'task.within')}</span>
        {minutes !== null && (
          <SpanField
            label={t('task.within')}
            minutes={minutes}
            calendar={step.clock?.calendar ?? 'owner'}
            least={1}
            most={600_000}
            onChange={(next) => set({ minutes: next }, `minutes ${place}`)}
          />
        )}
      </div>
    </li>
  );
}

/** Sub-tasks that begin with the step and run side by side. */
export function TasksField({ step, at }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const { tasks } = step;
  const path = `steps.${at}.tasks`;
  const set = (next: StepTask[], key?: string): void =>
    change((flow) => changeStep(flow, step.key, { tasks: next }), key);
  return (
    <Field
      label={t('task.all')}
      at={path}
      hint={tasks.length > 0 ? t('task.hint') : null}
      aside={
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          disabled={tasks.length >= 20}
          onClick={() => set([...tasks, { title: '', owner: null, minutes: null }])}
        >
          {t('task.add')}
        </Button>
      }
    >
      <ol className="yd-flow-tasks">
        {tasks.map((task, place) => (
          <Task
            // Sub-tasks have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            task={task}
            place={place}
            step={step}
            set={(given, key) =>
              set(
                tasks.with(place, { ...task, ...given }),
                key === undefined ? undefined : `${path}.${step.key}.${key}`,
              )
            }
            onRemove={() => set(tasks.toSpliced(place, 1))}
          />
        ))}
      </ol>
    </Field>
  );
}

/** Whether the step waits for its checklist and its sub-tasks. */
export function DoneFirstField({ step }: { step: FlowStep }): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  if (step.checklist.length === 0 && step.tasks.length === 0 && !step.doneFirst) return null;
  return (
    <label className="yd-flow-switch">
      <Switch
        size="small"
        checked={step.doneFirst}
        aria-label={t('step.doneFirst')}
        onChange={(doneFirst) => change((flow) => changeStep(flow, step.key, { doneFirst }))}
      />
      <span>
        {t('step.doneFirst')}
        <small>{t('step.doneFirstHint')}</small>
      </span>
    </label>
  );
}
