import type { ImportState } from '@yingda/contract';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../lib/api.ts';
import { Tag } from '../../ui/data-table.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { ErrorState } from '../../ui/states.tsx';

const stateTones = {
  waiting: 'grey',
  running: 'blue',
  done: 'green',
  cancelled: 'grey',
  failed: 'red',
  removing: 'amber',
  removed: 'grey',
} as const satisfies Record<ImportState, string>;

/** How far an import is. */
export function StateTag({ state }: { state: ImportState }): ReactNode {
  const { t } = useTranslation('imports');
  return <Tag tone={stateTones[state]}>{t(`states.${state}`)}</Tag>;
}

/** What went wrong with a file: a fault of the file in one line, anything else with a way to try again. */
export function FileProblem({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  const isRefused = error instanceof ProblemError && error.status >= 400 && error.status < 500;
  return isRefused ? <FormProblem error={error} /> : <ErrorState error={error} retry={retry} />;
}

/** Whether an import changes by itself. */
export const isMoving = (state: ImportState): boolean =>
  state === 'waiting' || state === 'running' || state === 'removing';

/** A label over a control, with a quiet line below it. */
export function Labelled({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <div className="yd-labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <small className="yd-soft">{hint}</small>}
    </div>
  );
}
