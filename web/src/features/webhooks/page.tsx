import { ApiOutlined, PlusOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { listWebhooks } from '@yingda/contract';
import type { WebhookView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { HookDrawer } from './hook-drawer.tsx';
import { HookPage } from './hook-page.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { HookState, Outcome } from './state.tsx';
import '../../ui/fields.css';
import './webhooks.css';

function useColumns(): Column<WebhookView>[] {
  const { t } = useTranslation('webhooks');
  return [
    { key: 'name', title: t('name'), render: ({ name }) => name },
    {
      key: 'url',
      title: t('url'),
      narrow: 'below',
      render: ({ url }) => <code className="yd-hook-url">{url}</code>,
    },
    {
      key: 'events',
      title: t('events'),
      narrow: 'hide',
      render: ({ events }) =>
        events.length === 0 ? (
          <span className="yd-soft">{t('noEvents')}</span>
        ) : (
          t('eventCount', { count: events.length })
        ),
    },
    {
      key: 'last',
      title: t('log.title'),
      narrow: 'hide',
      render: ({ last }) =>
        last === null ? (
          <span className="yd-soft">{t('never')}</span>
        ) : (
          <>
            <Outcome state={last.state} /> <span className="yd-soft">{formatAgo(last.at)}</span>
          </>
        ),
    },
    { key: 'state', title: t('state'), render: (hook) => <HookState hook={hook} /> },
  ];
}

function Overview({ hooks }: { hooks: readonly WebhookView[] }): ReactNode {
  const { t } = useTranslation('webhooks');
  const navigate = useNavigate();
  const columns = useColumns();
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        hint={
          <>
            {t('hint')} <a href="/api/docs">{t('docs')}</a>
          </>
        }
      >
        {hooks.length > 0 && add}
      </PageHeader>
      {hooks.length === 0 ? (
        <EmptyState icon={<ApiOutlined />} title={t('none')} hint={t('noneHint')}>
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('title')}
          rows={hooks}
          columns={columns}
          isDim={({ isActive }) => !isActive}
          onOpen={({ id }) =>
            void navigate({ to: '/settings/webhooks/$webhookId', params: { webhookId: id } })
          }
        />
      )}
      {isAdding && (
        <HookDrawer known={null} onClose={() => setAdding(false)} onSecret={setSecret} />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

/** Addresses that are told of events: the list, or one with its log. */
export function WebhooksPage(): ReactNode {
  const { t } = useTranslation('webhooks');
  useTitle(t('title'));
  const { webhookId } = useParams({ strict: false });
  const hooks = useCall(listWebhooks, undefined, { staleTime: 5_000 });
  return (
    <Loaded query={hooks}>
      {({ items }) => {
        const hook = items.find(({ id }) => id === webhookId);
        return hook ? <HookPage key={hook.id} hook={hook} /> : <Overview hooks={items} />;
      }}
    </Loaded>
  );
}
