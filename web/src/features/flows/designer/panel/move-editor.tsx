import { ArrowDownOutlined, ArrowUpOutlined, LeftOutlined } from '@ant-design/icons';
import { orderFields, ownFieldOf } from '@yingda/contract';
import type { FlowMove, NeededField } from '@yingda/contract';
import { Button, Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../../lib/wording.ts';
import { WordingField } from '../../../../ui/wording-field.tsx';
import { useFormFields } from '../../data/settings.ts';
import { changeMove, removeMove, shiftMove } from '../../model/edit.ts';
import { useScene, useStep } from '../scene.ts';
import { Field } from './field.tsx';
import { RungsField } from './rungs-field.tsx';

const effects = ['none', 'answered', 'solved', 'not_solved', 'cancelled'] as const;
interface Part {
  move: FlowMove;
  path: string;
  set: (change: Partial<FlowMove>, key?: string) => void;
}

/** The fields of the form, then those of the organisation; one that the form has lost can only be taken away. */
function NeedsField({ move, path, set }: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { words } = useScene();
  const own = (useFormFields() ?? []).map(({ key }): NeededField => `fields.${key}`);
  const lost = move.needs.filter((need) => ownFieldOf(need) !== null && !own.includes(need));
  const all: NeededField[] = [...orderFields, ...own, ...lost];
  const toggle = (field: NeededField, isNeeded: boolean): void =>
    set({ needs: all.filter((one) => (one === field ? isNeeded : move.needs.includes(one))) });
  return (
    <Field label={t('move.needs')} hint={t('move.needsHint')} at={`${path}.needs`}>
      <div role="group" aria-label={t('move.needs')} className="yd-flow-needs">
        {all.map((field) => (
          <Checkbox
            key={field}
            checked={move.needs.includes(field)}
            onChange={({ target }) => toggle(field, target.checked)}
          >
            {words.field(field)}
          </Checkbox>
        ))}
      </div>
    </Field>
  );
}

function Foot({ step, at, count }: { step: string; at: number; count: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { change, choose } = useScene();
  const place = { step, move: at };
  const shift = (by: 1 | -1): void => {
    change((flow) => shiftMove(flow, place, by));
    choose({ step, move: at + by });
  };
  return (
    <div className="yd-flow-foot">
      <Button
        icon={<ArrowUpOutlined />}
        aria-label={t('step.up')}
        title={t('step.up')}
        disabled={at === 0}
        onClick={() => shift(-1)}
      />
      <Button
        icon={<ArrowDownOutlined />}
        aria-label={t('step.down')}
        title={t('step.down')}
        disabled={at === count - 1}
        onClick={() => shift(1)}
      />
      <Button
        danger
        type="text"
        onClick={() => {
          change((flow) => removeMove(flow, place));
          choose({ step });
        }}
      >
        {t('move.remove')}
      </Button>
    </div>
  );
}

/** Everything about one move. */
export function MoveEditor({ stepKey, at }: { stepKey: string; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose, words } = useScene();
  const found = useStep(stepKey);
  const move = found?.step.moves[at];
  if (!found || !move) return null;
  const { step } = found;
  const path = `steps.${found.at}.moves.${at}`;
  const set = (given: Partial<FlowMove>, key?: string): void =>
    change((flow) => changeMove(flow, { step: stepKey, move: at }, given), key);
  const part = { move, path, set };
  return (
    <>
      <header className="yd-flow-panel-head">
        <Button
          type="text"
          size="small"
          disabled={false}
          icon={<LeftOutlined />}
          onClick={() => choose({ step: stepKey })}
        >
          {say(step.name) || step.key}
        </Button>
      </header>
      <fieldset className="yd-flow-form">
        <legend className="yd-hidden">{words.move(move)}</legend>
        <Field label={t('move.name')} at={`${path}.name`}>
          <WordingField
            key={path}
            label={t('move.name')}
            value={move.name}
            isFaulty
            isFirst={move.name.en === '' && move.name['zh-CN'] === ''}
            onChange={(name) => set({ name }, `name ${path}`)}
          />
        </Field>
        <Field label={t('move.to')} at={`${path}.to`}>
          <Select
            aria-label={t('move.to')}
            value={move.to}
            options={draft.definition.steps.map(({ key, name }) => ({
              value: key,
              label: say(name) || key,
            }))}
            onChange={(to: string) => set({ to })}
          />
        </Field>
        <Field label={t('move.effect')}>
          <Select
            aria-label={t('move.effect')}
            value={move.effect}
            options={effects.map((effect) => ({ value: effect, label: t(`effect.${effect}`) }))}
            onChange={(effect: FlowMove['effect']) => set({ effect })}
          />
        </Field>
        {step.kind === 'approval' ? (
          <p className="yd-flow-hint">{t('move.decided')}</p>
        ) : (
          <Field
            label={t('move.who')}
            at={`${path}.who`}
            hint={step.kind === 'callback' ? t('move.byResult') : null}
          >
            <RungsField label={t('move.who')} value={move.who} onChange={(who) => set({ who })} />
          </Field>
        )}
        {step.kind !== 'approval' && <NeedsField {...part} />}
        <Foot step={stepKey} at={at} count={step.moves.length} />
      </fieldset>
    </>
  );
}
