import { CaretDownFilled, CaretUpFilled, CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Standing } from '../model/values.ts';

const icons: Record<Standing, ReactNode> = {
  in: <CheckOutlined aria-hidden />,
  below: <CaretDownFilled aria-hidden />,
  above: <CaretUpFilled aria-hidden />,
};

/** Where a value stands to its range: an arrow out of it, or a tick; in words for those who do not see it. */
export function Heat({
  standing,
  isLong = false,
}: {
  standing: Standing | null;
  isLong?: boolean;
}): ReactNode {
  const { t } = useTranslation('kpi');
  if (!standing) return null;
  return (
    <span className={`yd-kpi-heat is-${standing}`} title={t(`report.heat.${standing}`)}>
      {icons[standing]}
      <span className={isLong ? undefined : 'yd-hidden'}>{t(`report.heat.${standing}`)}</span>
    </span>
  );
}
