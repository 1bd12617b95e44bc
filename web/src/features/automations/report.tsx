import type { ActionReport, SubjectRef } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasText } from '../../lib/i18n.ts';
import { Tag } from '../../ui/data-table.tsx';

const tones = {
  done: 'green',
  nothing_to_do: 'grey',
  failed: 'red',
  not_reached: 'grey',
} as const;

/** What became of each action. */
export function ActionReports({ actions }: { actions: readonly ActionReport[] }): ReactNode {
  const { t } = useTranslation(['automations', 'problems']);
  return (
    <ol className="yd-run-actions">
      {actions.map(({ kind, state, detail, problem }, index) => (
        // A run does not change: its actions are told apart by their place.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <span>
            <strong>{t(`automations:action.${kind}`, { defaultValue: kind })}</strong>
            <Tag tone={tones[state]}>{t(`automations:report.${state}`)}</Tag>
          </span>
          {detail !== '' && <p>{detail}</p>}
          {problem !== null && (
            <p className="yd-run-problem">
              {hasText(`problems:${problem}`) ? t(`problems:${problem}`) : problem}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The order or conversation that a run was about. */
export function SubjectLink({ subject }: { subject: z.output<typeof SubjectRef> }): ReactNode {
  const { kind, id, number, title } = subject;
  const text = (
    <>
      <span className="yd-figures">{number}</span> {title}
    </>
  );
  return kind === 'order' ? (
    <Link to="/orders/$orderId" params={{ orderId: id }} search={{}}>
      {text}
    </Link>
  ) : (
    <Link to="/desk/$conversationId" params={{ conversationId: id }} search={{}}>
      {text}
    </Link>
  );
}
