import type { ComplaintAnalysis, ComplaintGroup } from '@yingda/contract';
import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../../ui/chart/chart.tsx';
import type { ChartLook } from '../../../ui/chart/look.ts';
import { barsOf, paretoOption } from './pareto.ts';
import { formatShare } from './share.ts';

/** The Pareto chart; a bar opens the orders behind it. */
export function ParetoChart({
  groups,
  onOpen,
}: {
  groups: ComplaintAnalysis['groups'];
  onOpen: (group: ComplaintGroup) => void;
}): ReactNode {
  const { t } = useTranslation('registers');
  const bars = useMemo(() => barsOf(groups), [groups]);
  const count = t('complaints.count');
  const cumulative = t('complaints.cumulative');
  const option = useCallback(
    (look: ChartLook, width: number) =>
      paretoOption(bars, { count, cumulative, percent: formatShare }, { look, width }),
    [bars, count, cumulative],
  );
  const first = bars[0];
  if (!first) return null;
  return (
    <Chart
      description={t('complaints.chart', { first: first.name, count: first.count })}
      height={300}
      option={option}
      onChoose={(index) => {
        const bar = bars[index];
        if (bar) onOpen(bar);
      }}
    />
  );
}
