import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Items with one of them a place further. */
export function shifted<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const [one, other] = [items[at], items[at + by]];
  if (one === undefined || other === undefined) return [...items];
  return items.with(at, other).with(at + by, one);
}

/** Up and down for a row of a list that people put in order. */
export function OrderButtons({
  name,
  isFirst,
  isLast,
  onShift,
}: {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onShift: (by: 1 | -1) => void;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={`${t('up')}: ${name}`}
        title={t('up')}
        disabled={isFirst}
        onClick={() => onShift(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={`${t('down')}: ${name}`}
        title={t('down')}
        disabled={isLast}
        onClick={() => onShift(1)}
      />
    </>
  );
}
