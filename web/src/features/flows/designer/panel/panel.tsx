import { ConfigProvider } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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

/** Beside the drawing: all steps, or what is chosen. Does everything that the drawing does, by keyboard too. */
export function DesignPanel(): ReactNode {
  const { t } = useTranslation('flows');
  const { chosen, mayChange } = useScene();
  const panel = useRef<HTMLElement>(null);
  const place = chosen ? `${chosen.step} ${chosen.move ?? ''}` : '';
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [place]);
  return (
    <section ref={panel} className="yd-flow-panel" aria-label={t('step.list')}>
      <ConfigProvider componentDisabled={!mayChange}>
        <Shown />
      </ConfigProvider>
    </section>
  );
}
