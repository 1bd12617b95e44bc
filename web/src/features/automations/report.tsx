import type { ActionReport, SubjectRef } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasText } from '../../lib/i18n.ts';
import { Tag } from '../../ui/data-table.tsx';
import {
  useCategories,
  useCustomerFields,
  useDepartments,
  useFlowParts,
  useOrderFields,
} from './data.ts';
import type { Option } from './data.ts';

const tones = {
  done: 'green',
  nothing_to_do: 'grey',
  failed: 'red',
  not_reached: 'grey',
} as const;

/** What an action wrote or set, with the names of what it says by keys and ids. */
function useDetail(): (report: ActionReport) => string {
  const { t } = useTranslation('automations');
  const { moves } = useFlowParts();
  const named = [...useCategories(), ...useDepartments()];
  const own = [...useOrderFields(), ...useCustomerFields()];
  const labelIn = (options: Option[], value: string): string =>
    options.find((one) => one.value === value)?.label ?? value;
  const choice = (value: string): string => t(`choice.${value}`, { defaultValue: value });
  const valueOf = (field: string, value: string): string => {
    if (value === '') return t('dry.empty');
    if (field === 'priority' || field === 'tier') return choice(value);
    return field === 'category' || field === 'department' ? labelIn(named, value) : value;
  };
  return ({ kind, detail, field }) => {
    if (kind === 'move') return labelIn(moves, detail);
    if (kind === 'pause') return choice(detail);
    if (field === null) return detail;
    const [, key] = field.split('custom.');
    const name = key === undefined ? t(`set.${field}`) : labelIn(own, key);
    return t('report.set', { name, value: valueOf(field, detail) });
  };
}

/** What became of each action. */
export function ActionReports({ actions }: { actions: readonly ActionReport[] }): ReactNode {
  const { t } = useTranslation(['automations', 'problems']);
  const detailOf = useDetail();
  return (
    <ol className="yd-run-actions">
      {actions.map((report, index) => {
        const { kind, state, problem } = report;
        const detail = report.detail === '' && report.field === null ? '' : detailOf(report);
        return (
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
        );
      })}
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
