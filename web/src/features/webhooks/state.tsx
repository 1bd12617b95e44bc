import type { DeliveryOutcome, WebhookView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatExact } from '../../lib/format.ts';
import { hasText } from '../../lib/i18n.ts';
import { Tag } from '../../ui/data-table.tsx';

const tones = { waiting: 'grey', retrying: 'amber', delivered: 'green', failed: 'red' } as const;

/** What became of a delivery. */
export function Outcome({ state }: { state: DeliveryOutcome }): ReactNode {
  const { t } = useTranslation('webhooks');
  return <Tag tone={tones[state]}>{t(`outcome.${state}`)}</Tag>;
}

/** How an address is doing. */
export function HookState({ hook }: { hook: WebhookView }): ReactNode {
  const { t } = useTranslation('webhooks');
  const { isActive, gaveUp, failingSince } = hook;
  if (gaveUp) return <Tag tone="red">{t('gaveUp')}</Tag>;
  if (!isActive) return <Tag>{t('off')}</Tag>;
  if (failingSince !== null) {
    return (
      <span title={formatExact(failingSince)}>
        <Tag tone="amber">{t('failing', { since: formatAgo(failingSince) })}</Tag>
      </span>
    );
  }
  return <Tag tone="green">{t('ok')}</Tag>;
}

/** Why there was no answer, in words; statuses as they are. */
export function useAnswerText(): (status: number | null, problem: string | null) => string {
  const { t } = useTranslation('webhooks');
  return (status, problem) => {
    if (status !== null) return `HTTP ${status}`;
    if (problem === null) return '–';
    return hasText(`webhooks:problem.${problem}`) ? t(`problem.${problem}`) : problem;
  };
}
