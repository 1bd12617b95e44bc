import { ConfigProvider } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chosen } from '../../model/edit.ts';
import { useScene, useStep } from '../scene.ts';
import { MoveEditor } from './move-editor.tsx';
import { StepEditor } from './step-editor.tsx';
import { StepList } from './step-list.tsx';
import './panel.css';

function Shown(): ReactNode {
  const { chosen } = useScene();
  const found = useStep(chosen?.step ?? '');
  if (!chosen || !found) return <StepList />;
  if (chosen.move !== undefined && found.step.moves[chosen.move]) {
    return (
      <MoveEditor key={`${chosen.step} ${chosen.move}`} stepKey={chosen.step} at={chosen.move} />
    );
  }
  // Steps are told apart by place: a key may follow the name while it is typed.
  return <StepEditor key={found.at} stepKey={chosen.step} />;
}

/** The row from which `last` was opened, in the list that is shown now. */
const rowOf = (last: Chosen, now: Chosen | null): string =>
  now === null ? last.step : `move ${last.move ?? ''}`;

/** What had the focus in the panel is gone: it goes on where one came to, or to where one came from. */
function refocus(panel: HTMLElement, last: Chosen | null, now: Chosen | null): void {
  if (document.activeElement !== document.body) return;
  const row = last && `[data-row="${CSS.escape(rowOf(last, now))}"]`;
  const first = panel.querySelector<HTMLElement>('.yd-flow-panel-head button');
  const target = row ? panel.querySelector<HTMLElement>(row) : null;
  (target ?? first)?.focus();
}

const isSame = (a: Chosen | null, b: Chosen | null): boolean =>
  a?.step === b?.step && a?.move === b?.move;

/** Beside the drawing: all steps, or what is chosen. Does everything that the drawing does, by keyboard too. */
export function DesignPanel(): ReactNode {
  const { t } = useTranslation('flows');
  const { chosen, mayChange } = useScene();
  const panel = useRef<HTMLElement>(null);
  const before = useRef<Chosen | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = chosen;
    if (!panel.current || isSame(last, chosen)) return;
    panel.current.scrollTo({ top: 0 });
    refocus(panel.current, last, chosen);
  }, [chosen]);
  return (
    <section ref={panel} className="yd-flow-panel" aria-label={t('step.list')}>
      <ConfigProvider componentDisabled={!mayChange}>
        <Shown />
      </ConfigProvider>
    </section>
  );
}
