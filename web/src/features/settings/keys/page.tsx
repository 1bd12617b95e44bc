import { ApiOutlined, PlusOutlined } from '@ant-design/icons';
import { listKeys, revokeKey } from '@yingda/contract';
import type { KeyView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../lib/format.ts';
import { useAct, useCall } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { TimeAgo, useNow } from '../../../ui/time.tsx';
import { useTitle } from '../../../ui/title.ts';
import { KeyDrawer } from './key-drawer.tsx';

function State({ keyView: { revokedAt, expiresAt } }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation('settings');
  const now = useNow(60_000);
  if (revokedAt) return <Tag tone="red">{t('keys.revoked')}</Tag>;
  if (expiresAt && new Date(expiresAt).getTime() < now) {
    return <Tag tone="amber">{t('keys.expired')}</Tag>;
  }
  return expiresAt ? t('keys.until', { date: formatDate(expiresAt) }) : t('keys.unlimited');
}

function useColumns(): Column<KeyView>[] {
  const { t } = useTranslation('settings');
  const revoke = useAct(revokeKey, { refreshes: [listKeys] });
  return [
    {
      key: 'name',
      title: t('keys.name'),
      render: ({ name, prefix }) => (
        <>
          <strong>{name}</strong>
          <code className="yd-canned-key">{prefix}…</code>
        </>
      ),
    },
    {
      key: 'scopes',
      title: t('keys.scopes'),
      narrow: 'hide',
      render: ({ scopes }) => (
        <span title={scopes.map((scope) => t(`permissions.${scope}.name`)).join(t('listMark'))}>
          {t('keys.scopeCount', { count: scopes.length })}
        </span>
      ),
    },
    {
      key: 'used',
      title: t('keys.used'),
      narrow: 'below',
      render: ({ lastUsedAt, createdBy }) => (
        <>
          {lastUsedAt ? <TimeAgo at={lastUsedAt} /> : t('keys.never')}
          <span className="yd-soft"> · {t('keys.by', { name: createdBy })}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('keys.state'),
      narrow: 'hide',
      render: (key) => <State keyView={key} />,
    },
    {
      key: 'deed',
      title: '',
      align: 'right',
      render: ({ id, name, revokedAt }) =>
        revokedAt === null && (
          <ConfirmButton
            size="small"
            type="text"
            danger
            question={t('keys.revokeQuestion', { name })}
            consequence={t('keys.revokeConsequence')}
            deed={t('keys.revoke')}
            onConfirm={() => revoke.mutateAsync({ params: { id } })}
          >
            {t('keys.revoke')}
          </ConfirmButton>
        ),
    },
  ];
}

/** Keys with which other programs use the product. */
export function KeysPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('keys.title'));
  const query = useCall(listKeys);
  const columns = useColumns();
  const [open, setOpen] = useState(false);
  return (
    <>
      <PageHeader
        title={t('keys.title')}
        hint={
          <>
            {t('keys.hint')} <a href="/api/docs">{t('keys.docs')}</a>
          </>
        }
      >
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t('keys.create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<ApiOutlined />} title={t('keys.none')} hint={t('keys.noneHint')} />
          ) : (
            <DataTable
              label={t('keys.title')}
              rows={items}
              columns={columns}
              isDim={({ revokedAt }) => revokedAt !== null}
            />
          )
        }
      </Loaded>
      {open && <KeyDrawer onClose={() => setOpen(false)} />}
    </>
  );
}
