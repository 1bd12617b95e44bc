import { LockOutlined, PlusOutlined } from '@ant-design/icons';
import { listRoles, permissions } from '@yingda/contract';
import type { RoleView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useRoleName } from '../shared/names.ts';
import { RoleDrawer } from './role-drawer.tsx';

function useColumns(): Column<RoleView>[] {
  const { t } = useTranslation('settings');
  const nameOf = useRoleName();
  return [
    {
      key: 'name',
      title: t('roles.name'),
      render: (role) => (
        <span className="yd-person">
          <span>
            {nameOf(role)}
            {role.builtIn && <small>{t(`roles.about.${role.builtIn}`)}</small>}
          </span>
        </span>
      ),
    },
    {
      key: 'kind',
      title: t('roles.kind'),
      narrow: 'hide',
      width: 110,
      render: ({ builtIn }) =>
        builtIn ? (
          <Tag>
            <LockOutlined aria-hidden /> {t('roles.isBuiltIn')}
          </Tag>
        ) : (
          <Tag tone="accent">{t('roles.isOwn')}</Tag>
        ),
    },
    {
      key: 'permissions',
      title: t('roles.permissions'),
      narrow: 'hide',
      align: 'right',
      width: 90,
      render: (role) => (
        <span className="yd-figures">
          {role.permissions.length} / {permissions.length}
        </span>
      ),
    },
    {
      key: 'holders',
      title: t('roles.holders'),
      align: 'right',
      width: 90,
      render: ({ holders }) => (
        <span className="yd-figures">{t('roles.count', { count: holders })}</span>
      ),
    },
  ];
}

/** Roles: what each lets people do. Built-in ones can only be read. */
export function RolesPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('roles.title'));
  const query = useCall(listRoles);
  const columns = useColumns();
  const mayManage = useRights().may('role.manage');
  const [opened, setOpened] = useState<RoleView | 'new' | null>(null);
  return (
    <>
      <PageHeader title={t('roles.title')} hint={t('roles.hint')}>
        {mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
            {t('roles.create')}
          </Button>
        )}
      </PageHeader>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable label={t('roles.title')} rows={items} onOpen={setOpened} columns={columns} />
        )}
      </Loaded>
      {opened && (
        <RoleDrawer
          role={opened === 'new' ? null : opened}
          mayManage={mayManage}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
