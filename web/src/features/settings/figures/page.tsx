import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useTitle } from '../../../ui/title.ts';
import { Entries } from './entries.tsx';
import { entryGroups } from './entry.ts';
import { Shifts } from './shifts.tsx';
import './figures.css';

/** Costs, staff, grades, hours and shifts: what no event tells, typed in or pasted. */
export function FiguresPage(): ReactNode {
  const { t } = useTranslation('measures');
  useTitle(t('figures.title'));
  const groups = entryGroups.map((group) => ({
    key: group.id as string,
    label: t(`figures.groups.${group.id}`),
    content: <Entries group={group} />,
  }));
  const shifts = { key: 'shifts', label: t('figures.groups.shifts'), content: <Shifts /> };
  return (
    <>
      <PageHeader title={t('figures.title')} hint={t('figures.hint')} />
      <Tabs label={t('figures.title')} tabs={[...groups, shifts]} />
    </>
  );
}
