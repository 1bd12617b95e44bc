import { CommentOutlined, PlusOutlined } from '@ant-design/icons';
import { listQueues, listWidgets } from '@yingda/contract';
import type { WidgetView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { WidgetEditor } from './widget-editor.tsx';

function useColumns(): Column<WidgetView>[] {
  const { t } = useTranslation('settings');
  const queues = useCall(listQueues).data?.items ?? [];
  return [
    {
      key: 'name',
      title: t('widgets.name'),
      render: ({ name, settings }) => (
        <span className="yd-person">
          <span className="yd-swatch" style={{ background: settings.colour }} aria-hidden />
          {name}
        </span>
      ),
    },
    {
      key: 'queue',
      title: t('widgets.queue'),
      narrow: 'below',
      render: ({ queueId }) => queues.find(({ id }) => id === queueId)?.name ?? '–',
    },
    {
      key: 'origins',
      title: t('widgets.origins'),
      narrow: 'hide',
      render: ({ settings: { allowedOrigins } }) =>
        allowedOrigins.length === 0
          ? t('widgets.anySite')
          : allowedOrigins.slice(0, 2).join(t('listMark')),
    },
    {
      key: 'key',
      title: t('widgets.key'),
      narrow: 'hide',
      render: ({ key }) => <code>{key}</code>,
    },
  ];
}

/** Chat windows for web sites. */
export function WidgetsPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('widgets.title'));
  const query = useCall(listWidgets);
  const columns = useColumns();
  const [opened, setOpened] = useState<WidgetView | 'new' | null>(null);
  if (opened) {
    return (
      <WidgetEditor
        key={opened === 'new' ? 'new' : opened.id}
        widget={opened === 'new' ? null : opened}
        onMade={setOpened}
        onClose={() => setOpened(null)}
      />
    );
  }
  return (
    <>
      <PageHeader title={t('widgets.title')} hint={t('widgets.hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
          {t('widgets.create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<CommentOutlined />}
              title={t('widgets.none')}
              hint={t('widgets.noneHint')}
            />
          ) : (
            <DataTable
              label={t('widgets.title')}
              rows={items}
              columns={columns}
              onOpen={setOpened}
            />
          )
        }
      </Loaded>
    </>
  );
}
