import { ExclamationCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { problemText } from '../lib/problems.ts';
import './form-problem.css';

/** What went wrong with a form as a whole; nothing while nothing did. */
export function FormProblem({ error }: { error: unknown }): ReactNode {
  if (error == null) return null;
  return (
    <p className="yd-form-problem" role="alert">
      <ExclamationCircleFilled aria-hidden />
      <span>{problemText(error)}</span>
    </p>
  );
}
