import { Channel, Tier } from '@yingda/contract';
import type { ReportView } from '@yingda/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The report with names for its rows in the language of the page; what has no queue, agent or topic is called so. */
export function useNamed(view: ReportView): ReportView {
  const { t } = useTranslation(['kpi', 'marks']);
  return useMemo(() => {
    const nameOf = (key: string, name: string): string => {
      if (view.by === 'channel') return t(`marks:channel.${Channel.catch('other').parse(key)}`);
      const tier = view.by === 'tier' ? Tier.safeParse(key).data : undefined;
      if (tier) return t(`marks:tier.${tier}`);
      if (name !== '') return name;
      return view.by === 'source' ? t('by.own') : t('by.without');
    };
    return {
      ...view,
      rows: view.rows.map((row) => ({ ...row, name: nameOf(row.key, row.name) })),
    };
  }, [view, t]);
}
