import type { DeliveryState, SendingState } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../ui/data-table.tsx';

const tones: Record<SendingState | DeliveryState, 'grey' | 'green' | 'amber' | 'red'> = {
  waiting: 'grey',
  sending: 'grey',
  retrying: 'amber',
  sent: 'green',
  refused: 'red',
  failed: 'red',
};

/** How a sending, or the mail of one recipient, stands. */
export function SendingTag({ state }: { state: SendingState | DeliveryState }): ReactNode {
  const { t } = useTranslation('reports');
  return <Tag tone={tones[state]}>{t(`states.${state}`)}</Tag>;
}
