import { ArrowRightOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons';
import type { FlowStep, Wording } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../../lib/wording.ts';
import { Menu } from '../../../../ui/menu.tsx';
import { addMove } from '../../model/edit.ts';
import { faultsAt } from '../../model/faults.ts';
import { useScene } from '../scene.ts';
import { Faults, Field } from './field.tsx';

/** A text of the catalogue that is stored in both languages. */
export function useStoredWording(): (name: string) => Wording {
  const { t } = useTranslation('flows');
  return (name) => ({ 'zh-CN': t(`wording.${name}.zh-CN`), en: t(`wording.${name}.en`) });
}

/** Adds the two ways an approval needs, to the first other step for a start. */
function ApprovalMoves({ step }: { step: FlowStep }): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change } = useScene();
  const wording = useStoredWording();
  const keys = new Set(step.moves.map(({ key }) => key));
  if (step.kind !== 'approval' || (keys.has('approved') && keys.has('refused'))) return null;
  const add = (): void =>
    change((flow) => {
      const others = draft.definition.steps.filter(({ key }) => key !== step.key);
      const end = others.find(({ kind }) => kind === 'end') ?? others[0];
      const work = others.find(({ kind }) => kind === 'work') ?? others[0];
      const ways = [
        { key: 'approved', to: end?.key ?? step.key },
        { key: 'refused', to: work?.key ?? step.key },
      ].filter(({ key }) => !keys.has(key));
      return ways.reduce(
        (made, way) => addMove(made, step.key, { ...way, name: wording(way.key) }).definition,
        flow,
      );
    });
  return (
    <Button icon={<PlusOutlined />} onClick={add}>
      {t('approval.addMoves')}
    </Button>
  );
}

/** The moves of a step: each opens, and new ones are added by naming where they lead. */
export function MovesField({ step, at }: { step: FlowStep; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose, faults, words } = useScene();
  const { definition } = draft;
  const targets = definition.steps.filter(({ key }) => key !== step.key);
  const add = (to: string): void => {
    const added = addMove(definition, step.key, { to });
    change(() => added.definition);
    choose({ step: step.key, move: added.at });
  };
  return (
    <Field
      label={t('move.title')}
      aside={
        <Menu
          items={[
            { heading: t('move.addTo') },
            ...targets.map(({ key, name }) => ({ key, label: say(name) || key })),
          ]}
          onChoose={add}
        >
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            disabled={step.moves.length >= 12}
          >
            {t('move.add')}
          </Button>
        </Menu>
      }
    >
      <ul className="yd-flow-moves">
        {step.moves.map((move, place) => {
          const wrong = faultsAt(faults, `steps.${at}.moves.${place}`).length > 0;
          return (
            <li key={move.key}>
              <button
                type="button"
                className={wrong ? 'is-wrong' : ''}
                data-row={`move ${place}`}
                onClick={() => choose({ step: step.key, move: place })}
              >
                <span className={`yd-flow-effect is-${move.effect}`} aria-hidden />
                <strong className="yd-ellipsis">{words.move(move)}</strong>
                <ArrowRightOutlined aria-hidden />
                <span className="yd-ellipsis">{words.step(definition, move.to)}</span>
                <RightOutlined className="yd-flow-go" aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <ApprovalMoves step={step} />
      <Faults faults={faults.filter(({ path }) => path === `steps.${at}.moves`)} />
    </Field>
  );
}
