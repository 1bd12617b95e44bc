import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  PauseCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { OrderSummary } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatExact } from '../../../lib/format.ts';
import { useNow } from '../../../ui/time.tsx';
import { dueDistance, dueLevel } from '../model/due.ts';
import type { DueLevel } from '../model/due.ts';
import './due.css';
import './marks.css';

const icons: Record<Exclude<DueLevel, 'none'>, ReactNode> = {
  fresh: <ClockCircleOutlined />,
  due: <WarningOutlined />,
  late: <ExclamationCircleFilled />,
  paused: <PauseCircleOutlined />,
  met: <CheckCircleOutlined />,
  missed: <ExclamationCircleFilled />,
};

/** How much time is left, in colour, with a sign and in words; ticks. */
export function Due({ order }: { order: Pick<OrderSummary, 'clock' | 'dueAt'> }): ReactNode {
  const { t } = useTranslation('orders');
  const now = useNow(10_000);
  const level = dueLevel(order, now);
  if (level === 'none') return <span className="yd-due is-none">{t('due.none')}</span>;
  const { dueAt } = order;
  const span = dueAt === null ? '' : formatDuration(dueDistance(dueAt, now));
  return (
    <span
      className={`yd-due yd-figures is-${level}`}
      title={dueAt === null ? undefined : t('due.at', { at: formatExact(dueAt) })}
    >
      <span aria-hidden>{icons[level]}</span>
      {t(`due.${level}`, { span })}
    </span>
  );
}
