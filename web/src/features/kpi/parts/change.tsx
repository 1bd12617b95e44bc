import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from '@ant-design/icons';
import type { StandardKey } from '@yingda/contract';
import { standardUnits } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeOf, formatAmount } from '../model/values.ts';

const icons = { up: <ArrowUpOutlined />, down: <ArrowDownOutlined />, same: <MinusOutlined /> };

/** How a value differs from an earlier one; without colour, for more is not better with every standard. */
export function ChangeMark({
  of,
  value,
  before,
  label,
}: {
  of: StandardKey;
  value: number | null;
  before: number | null;
  label: string;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const change = changeOf(value, before, standardUnits[of]);
  if (!change) return null;
  const amount = t(`change.${change.by}`, { amount: formatAmount(change.amount) });
  return (
    <span className="yd-kpi-change yd-figures">
      <span aria-hidden>{icons[change.direction]}</span>
      <span className="yd-hidden">{t(`change.${change.direction}`)}</span>
      {change.direction === 'same' ? t('change.none') : amount}
      <span className="yd-kpi-change-than">{label}</span>
    </span>
  );
}
