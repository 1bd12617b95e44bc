import { ExclamationCircleFilled } from '@ant-design/icons';
import type { Fault } from '@yingda/contract';
import type { ReactNode } from 'react';
import { faultText } from '../../../../lib/problems.ts';
import { faultsAt } from '../../model/faults.ts';
import { useScene } from '../scene.ts';

/** What is wrong here, each once. */
export function Faults({ faults }: { faults: readonly Fault[] }): ReactNode {
  const texts = [...new Set(faults.map(faultText))];
  if (texts.length === 0) return null;
  return (
    <ul className="yd-flow-faults">
      {texts.map((text) => (
        <li key={text}>
          <ExclamationCircleFilled aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** A part of the form: its name, what belongs to it, and what is wrong at its place in the flow. */
export function Field({
  label,
  hint,
  at,
  aside,
  children,
}: {
  label: string;
  hint?: ReactNode;
  /** Path of it, as faults name it. */
  at?: string;
  /** At the right of the name: a switch, a button. */
  aside?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  const { faults } = useScene();
  return (
    <section className="yd-flow-field" aria-label={label}>
      <div className="yd-flow-field-head">
        <span>{label}</span>
        {aside}
      </div>
      {children}
      {hint && <p className="yd-flow-hint">{hint}</p>}
      {at !== undefined && <Faults faults={faultsAt(faults, at)} />}
    </section>
  );
}
