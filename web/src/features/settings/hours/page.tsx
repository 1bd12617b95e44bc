import { ClockCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { listHours } from '@yingda/contract';
import type { HoursView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { HoursDrawer } from './hours-drawer.tsx';

function useColumns(): Column<HoursView>[] {
  const { t } = useTranslation('settings');
  return [
    { key: 'name', title: t('hours.name'), render: ({ name }) => name },
    {
      key: 'zone',
      title: t('hours.zone'),
      narrow: 'hide',
      render: ({ timeZone }) => timeZone.replaceAll('_', ' '),
    },
    {
      key: 'special',
      title: t('hours.specialDays'),
      narrow: 'hide',
      render: ({ specialDays }) => t('hours.dayCount', { count: specialDays.length }),
    },
    {
      key: 'state',
      title: t('hours.state'),
      render: ({ openNow }) => (
        <Tag tone={openNow ? 'green' : 'grey'}>{t(openNow ? 'hours.open' : 'hours.closed')}</Tag>
      ),
    },
    {
      key: 'next',
      title: t('hours.next'),
      narrow: 'below',
      render: ({ openNow, nextChangeAt, timeZone }) =>
        nextChangeAt
          ? t(openNow ? 'hours.closesAt' : 'hours.opensAt', {
              at: formatDateTime(nextChangeAt, timeZone),
            })
          : t('hours.noChange'),
    },
  ];
}

/** Opening hours: weeks with special days, used by queues. */
export function HoursPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('hours.title'));
  const query = useCall(listHours);
  const columns = useColumns();
  const [opened, setOpened] = useState<HoursView | 'new' | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
      {t('hours.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('hours.title')} hint={t('hours.hint')}>
        {create}
      </PageHeader>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<ClockCircleOutlined />}
              title={t('hours.none')}
              hint={t('hours.noneHint')}
            />
          ) : (
            <DataTable label={t('hours.title')} rows={items} columns={columns} onOpen={setOpened} />
          )
        }
      </Loaded>
      {opened && (
        <HoursDrawer hours={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
