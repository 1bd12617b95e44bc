import { MailOutlined, PlusOutlined } from '@ant-design/icons';
import { listSchedules } from '@yingda/contract';
import type { ScheduleView } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { DataTable, Tag } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { rhythmText } from './rhythm.ts';
import { ScheduleDrawer } from './schedule-drawer.tsx';
import { SendLog } from './send-log.tsx';
import { SendingTag } from './sending-tag.tsx';
import './reports.css';

function useColumns(zone: string, onLog: (one: ScheduleView) => void): Column<ScheduleView>[] {
  const { t } = useTranslation('reports');
  return [
    {
      key: 'name',
      title: t('schedules.name'),
      render: (one) => (
        <span className="yd-schedule-name">
          <strong>{one.name}</strong>
          <span className="yd-soft">{one.viewName}</span>
        </span>
      ),
    },
    {
      key: 'when',
      title: t('schedules.when'),
      narrow: 'below',
      render: (one) => (
        <span className="yd-schedule-name">
          <span>{rhythmText(one, t)}</span>
          {one.stopped ? (
            <Tag tone="red">{t(`stopped.${one.stopped}`)}</Tag>
          ) : (
            <span className="yd-soft">
              {one.nextDueAt
                ? t('schedules.next', { at: formatDateTime(one.nextDueAt, zone) })
                : t('schedules.paused')}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'to',
      title: t('schedules.to'),
      narrow: 'hide',
      render: ({ recipients }) => (
        <span title={recipients.join('\n')}>
          {recipients.slice(0, 2).join(t('listMark'))}
          {recipients.length > 2 && (
            <span className="yd-soft">
              {' '}
              {t('schedules.andMore', { count: recipients.length - 2 })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'last',
      title: t('schedules.last'),
      align: 'right',
      render: (one) => (
        <Button
          size="small"
          type="text"
          onClick={(event) => {
            event.stopPropagation();
            onLog(one);
          }}
        >
          {one.last ? <SendingTag state={one.last.state} /> : t('schedules.log')}
        </Button>
      ),
    },
  ];
}

/** Views of the reports that are mailed by themselves. */
export function SchedulesPage(): ReactNode {
  const { t } = useTranslation('reports');
  useTitle(t('schedules.title'));
  const query = useCall(listSchedules);
  const [open, setOpen] = useState<ScheduleView | 'new' | null>(null);
  const [log, setLog] = useState<ScheduleView | null>(null);
  const zone = query.data?.timeZone ?? 'UTC';
  const columns = useColumns(zone, setLog);
  return (
    <>
      <PageHeader title={t('schedules.title')} hint={t('schedules.hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          {t('schedules.create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {({ items, canSend }) => (
          <>
            {!canSend && (
              <Alert
                className="yd-schedule-notice"
                type="warning"
                showIcon
                title={t('schedules.noMail')}
                description={t('schedules.noMailHint')}
              />
            )}
            {items.length === 0 ? (
              <EmptyState
                icon={<MailOutlined />}
                title={t('schedules.none')}
                hint={t('schedules.noneHint')}
              >
                <Link to="/standards">
                  <Button tabIndex={-1}>{t('schedules.toStandards')}</Button>
                </Link>
              </EmptyState>
            ) : (
              <DataTable
                label={t('schedules.title')}
                rows={items}
                columns={columns}
                onOpen={setOpen}
                isDim={({ isActive }) => !isActive}
              />
            )}
          </>
        )}
      </Loaded>
      {open && (
        <ScheduleDrawer
          schedule={open === 'new' ? null : open}
          zone={zone}
          canSend={query.data?.canSend ?? false}
          onClose={() => setOpen(null)}
        />
      )}
      {log && <SendLog schedule={log} zone={zone} onClose={() => setLog(null)} />}
    </>
  );
}
