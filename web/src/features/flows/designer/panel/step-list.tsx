import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../../lib/wording.ts';
import { Menu } from '../../../../ui/menu.tsx';
import { WordingField } from '../../../../ui/wording-field.tsx';
import { addStep, shiftStep } from '../../model/edit.ts';
import type { StepKind } from '../../model/edit.ts';
import { placeOf } from '../../model/faults.ts';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { useScene } from '../scene.ts';
import { StepMarks } from '../step-node.tsx';
import { Faults, Field } from './field.tsx';
import { useStoredWording } from './moves-field.tsx';

const kinds: readonly StepKind[] = ['work', 'approval', 'callback', 'end'];

function AddStep(): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose } = useScene();
  const wording = useStoredWording();
  const add = (kind: StepKind): void => {
    const added = addStep(draft.definition, { kind, name: wording(kind) });
    change(() => added.definition);
    choose({ step: added.key });
  };
  return (
    <Menu
      items={kinds.map((kind) => ({
        key: kind,
        icon: <KindIcon kind={kind} />,
        label: (
          <span className="yd-flow-add">
            {t(`kind.${kind}`)}
            <small>{t(`kindHint.${kind}`)}</small>
          </span>
        ),
      }))}
      onChoose={add}
    >
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        disabled={draft.definition.steps.length >= 40}
      >
        {t('step.add')}
      </Button>
    </Menu>
  );
}

function Row({ at }: { at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose, words, mayChange } = useScene();
  const { definition } = draft;
  const step = definition.steps[at];
  if (!step) return null;
  const targets = [...new Set(step.moves.map(({ to }) => to))];
  const leads =
    step.kind === 'end'
      ? t('kind.end')
      : targets.length === 0
        ? t('step.noMoves')
        : t('step.leads', {
            names: targets.map((key) => words.step(definition, key)).join(t('comma')),
          });
  const held = step.approval ? words.approval(step.approval) : words.owner(step.owner);
  const facts =
    step.kind === 'end' ? [] : [held, step.clock ? words.limit(step.clock) : t('clock.off')];
  const name = say(step.name) || step.key;
  return (
    <li className="yd-flow-row">
      <button
        type="button"
        className="yd-flow-row-open"
        data-row={step.key}
        onClick={() => choose({ step: step.key })}
      >
        <KindIcon kind={step.kind} />
        <span className="yd-flow-row-text">
          <span className="yd-flow-row-name">
            <strong className="yd-ellipsis">{name}</strong>
            <StepMarks step={step} at={at} />
          </span>
          {facts.length > 0 && <span className="yd-ellipsis">{facts.join(' · ')}</span>}
          <span className="yd-ellipsis">{leads}</span>
        </span>
      </button>
      {mayChange && (
        <span className="yd-flow-row-tools">
          {([-1, 1] as const).map((by) => (
            <Button
              key={by}
              type="text"
              size="small"
              icon={by < 0 ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
              aria-label={`${t(by < 0 ? 'step.up' : 'step.down')}: ${name}`}
              title={t(by < 0 ? 'step.up' : 'step.down')}
              disabled={definition.steps[at + by] === undefined}
              onClick={() => change((flow) => shiftStep(flow, step.key, by))}
            />
          ))}
        </span>
      )}
    </li>
  );
}

/** All steps in their order, and the name of the flow. */
export function StepList(): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, rename, faults, mayChange } = useScene();
  const whole = faults.filter(({ path }) => path !== 'name' && placeOf(path).step === null);
  return (
    <div className="yd-flow-form">
      <Field label={t('compare.name')} at="name">
        <WordingField label={t('compare.name')} value={draft.name} isFaulty onChange={rename} />
      </Field>
      <Field
        label={t('step.list')}
        hint={t('step.listHint')}
        aside={mayChange ? <AddStep /> : null}
      >
        <ul className="yd-flow-rows">
          {draft.definition.steps.map(({ key }, at) => (
            <Row key={key} at={at} />
          ))}
        </ul>
        <Faults faults={whole} />
      </Field>
    </div>
  );
}
