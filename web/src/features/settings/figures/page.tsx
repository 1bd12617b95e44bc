import { Tabs } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../ui/page-header.tsx';
import { useTitle } from '../../../ui/title.ts';
import { Entries } from './entries.tsx';
import { entryGroups } from './entry.ts';
import { Shifts } from './shifts.tsx';
import './figures.css';

const tabs = [...entryGroups.map(({ id }) => id), 'shifts'] as const;

/** Costs, staff, grades, hours and shifts: what no event tells, typed in or pasted. */
export function FiguresPage(): ReactNode {
  const { t } = useTranslation('measures');
  useTitle(t('figures.title'));
  const [tab, setTab] = useState<string>(tabs[0] ?? 'costs');
  return (
    <>
      <PageHeader title={t('figures.title')} hint={t('figures.hint')} />
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={tabs.map((id) => {
          const group = entryGroups.find((one) => one.id === id);
          return {
            key: id,
            label: t(`figures.groups.${id}`),
            children: group ? <Entries group={group} /> : <Shifts />,
          };
        })}
      />
    </>
  );
}
