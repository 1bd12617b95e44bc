import { InboxOutlined, PlusOutlined } from '@ant-design/icons';
import { listQueues } from '@yingda/contract';
import type { QueueView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useTeamNames } from '../shared/names.ts';
import { QueueDrawer } from './queue-drawer.tsx';

function useColumns(): Column<QueueView>[] {
  const { t } = useTranslation('settings');
  const teams = useTeamNames();
  return [
    { key: 'name', title: t('queues.name'), render: ({ name }) => name },
    {
      key: 'team',
      title: t('queues.team'),
      narrow: 'hide',
      render: ({ teamId }) => teams.of(teamId),
    },
    {
      key: 'rule',
      title: t('queues.rule'),
      narrow: 'below',
      render: ({ autoAccept, offerSeconds, weight }) =>
        t(autoAccept ? 'queues.ruleAuto' : 'queues.ruleOffer', { seconds: offerSeconds, weight }),
    },
    {
      key: 'now',
      title: t('queues.now'),
      narrow: 'hide',
      render: ({ waiting, agentsReady }) => (
        <span className="yd-figures">{t('queues.nowText', { waiting, agents: agentsReady })}</span>
      ),
    },
    {
      key: 'open',
      title: t('queues.state'),
      width: 100,
      render: ({ openNow }) => (
        <Tag tone={openNow ? 'green' : 'grey'}>{t(openNow ? 'hours.open' : 'hours.closed')}</Tag>
      ),
    },
  ];
}

/** Queues: where customers wait, and how their contacts reach agents. */
export function QueuesPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('queues.title'));
  const query = useCall(listQueues);
  const { may } = useRights();
  const columns = useColumns();
  const [opened, setOpened] = useState<QueueView | 'new' | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
      {t('queues.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('queues.title')} hint={t('queues.hint')}>
        {create}
      </PageHeader>
      <Loaded query={query}>
        {({ items }) => {
          // A supervisor of one team manages the queues of that team.
          const own = items.filter(({ teamId }) => may('queue.manage', teamId));
          if (own.length > 0) {
            return (
              <DataTable
                label={t('queues.title')}
                rows={own}
                columns={columns}
                onOpen={setOpened}
              />
            );
          }
          return (
            <EmptyState
              icon={<InboxOutlined />}
              title={t('queues.none')}
              hint={t('queues.noneHint')}
            />
          );
        }}
      </Loaded>
      {opened && (
        <QueueDrawer queue={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
