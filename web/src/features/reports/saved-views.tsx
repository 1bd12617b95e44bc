import { FolderOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons';
import { listSavedViews } from '@yingda/contract';
import type { ReportPage } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../lib/query.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { addressOfView } from './view-query.ts';
import type { PeriodSearch, ShownQuery } from './view-query.ts';

const ViewDrawer = lazy(() =>
  import('./view-drawer.tsx').then((module) => ({ default: module.ViewDrawer })),
);
const ViewsDrawer = lazy(() =>
  import('./views-drawer.tsx').then((module) => ({ default: module.ViewsDrawer })),
);

export interface SavedViewsProps {
  page: ReportPage;
  query: ShownQuery;
  /** What the address says, in which a moving period has its name. */
  search: PeriodSearch;
}

/** Views kept before, and keeping what is shown now. */
export function SavedViews({ page, query, search }: SavedViewsProps): ReactNode {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  const [open, setOpen] = useState<'keep' | 'manage' | null>(null);
  const views = useCall(listSavedViews, { query: {} }).data?.items ?? [];
  const lines = (list: typeof views): MenuItem[] =>
    list.map(({ id, name }) => ({ key: id, label: name }));
  const own = views.filter((view) => view.isOwn && !view.isShared);
  const shared = views.filter((view) => view.isShared);
  const items: MenuItem[] = [
    ...(own.length > 0 ? [{ heading: t('views.own') }, ...lines(own)] : []),
    ...(shared.length > 0 ? [{ heading: t('views.shared') }, ...lines(shared)] : []),
    ...(views.length > 0 ? ['rule' as const] : []),
    { key: 'keep', icon: <PlusOutlined />, label: `${t('views.keep')}…` },
    ...(views.length > 0
      ? [{ key: 'manage', icon: <SettingOutlined />, label: `${t('views.manage')}…` }]
      : []),
  ];
  const choose = (key: string): void => {
    if (key === 'keep' || key === 'manage') return setOpen(key);
    const view = views.find(({ id }) => id === key);
    if (view) void navigate(addressOfView(view));
  };
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu items={items} onChoose={choose}>
        <Button icon={<FolderOutlined />}>{t('views.title')}</Button>
      </Menu>
      <Suspense fallback={null}>
        {open === 'keep' && (
          <ViewDrawer page={page} query={query} search={search} onClose={close} />
        )}
        {open === 'manage' && <ViewsDrawer shown={{ page, query, search }} onClose={close} />}
      </Suspense>
    </>
  );
}
