import {
  CheckCircleFilled,
  ExclamationCircleFilled,
  EyeOutlined,
  MinusCircleOutlined,
  WarningFilled,
} from '@ant-design/icons';
import type { StandardState } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const icons: Record<StandardState, ReactNode> = {
  good: <CheckCircleFilled aria-hidden />,
  near: <WarningFilled aria-hidden />,
  out: <ExclamationCircleFilled aria-hidden />,
  watch: <EyeOutlined aria-hidden />,
  none: <MinusCircleOutlined aria-hidden />,
};

/** How a value stands: by icon, word and colour. */
export function StateMark({ state }: { state: StandardState }): ReactNode {
  const { t } = useTranslation('kpi');
  return (
    <span className={`yd-kpi-state is-${state}`}>
      {icons[state]}
      {t(`state.${state}`)}
    </span>
  );
}
