import {
  ClockCircleOutlined,
  ExclamationCircleFilled,
  FlagFilled,
  UserOutlined,
} from '@ant-design/icons';
import { Handle, Position } from '@xyflow/react';
import type { Node, NodeProps } from '@xyflow/react';
import type { FlowStep } from '@yingda/contract';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../lib/wording.ts';
import { faultsAt } from '../model/faults.ts';
import { KindIcon } from '../parts/kind-icon.tsx';
import { useScene, useStep } from './scene.ts';

export type DrawnStep = Node<{ key: string }, 'step'>;

const rims = [Position.Bottom, Position.Right, Position.Left, Position.Top] as const;

/** New, changed, faulty, the start: what is special about a step. */
export function StepMarks({ step, at }: { step: FlowStep; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { faults, marks, draft } = useScene();
  const count = faultsAt(faults, `steps.${at}`).length;
  const mark = marks.get(step.key);
  return (
    <span className="yd-flow-marks">
      {draft.definition.start === step.key && (
        <span className="yd-flow-start" title={t('step.isStart')}>
          <FlagFilled aria-hidden />
          {t('step.start')}
        </span>
      )}
      {mark && <span className={`yd-flow-mark is-${mark}`}>{t(`step.mark.${mark}`)}</span>}
      {count > 0 && (
        <span className="yd-flow-fault" title={t('faults', { count })}>
          <ExclamationCircleFilled aria-hidden />
          {count}
        </span>
      )}
    </span>
  );
}

/** Who holds it and how long it may take, in one line each. */
function Lines({ step }: { step: FlowStep }): ReactNode {
  const { t } = useTranslation('flows');
  const { words } = useScene();
  if (step.kind === 'end') return null;
  const holder = step.approval ? words.approval(step.approval) : words.owner(step.owner);
  return (
    <>
      <span className="yd-flow-node-line">
        <UserOutlined aria-hidden />
        <span className="yd-ellipsis">{holder}</span>
      </span>
      <span className="yd-flow-node-line yd-figures">
        <ClockCircleOutlined aria-hidden />
        {step.clock ? words.limit(step.clock) : t('clock.off')}
      </span>
    </>
  );
}

/** A step in the drawing, with dots at its rim from which moves are drawn. */
export const StepNode = memo(({ id, selected, isConnectable }: NodeProps<DrawnStep>): ReactNode => {
  const { words, mayChange } = useScene();
  const found = useStep(id);
  if (!found) return null;
  const { step, at } = found;
  return (
    <div className={`yd-flow-node is-${step.kind} ${selected ? 'is-chosen' : ''}`}>
      <span className="yd-flow-node-head">
        <KindIcon kind={step.kind} />
        <strong className="yd-ellipsis" title={say(step.name)}>
          {say(step.name) || words.step({ steps: [], start: '' }, step.key)}
        </strong>
        <StepMarks step={step} at={at} />
      </span>
      <Lines step={step} />
      {rims.map((position) => (
        <Handle
          key={position}
          id={position}
          type="source"
          position={position}
          isConnectable={isConnectable && mayChange}
          isConnectableStart={step.kind !== 'end'}
        />
      ))}
    </div>
  );
});
StepNode.displayName = 'StepNode';
