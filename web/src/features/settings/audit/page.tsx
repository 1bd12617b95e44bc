import { FileSearchOutlined } from '@ant-design/icons';
import { listAudit, listColleagues } from '@yingda/contract';
import type { AuditView } from '@yingda/contract';
import { DatePicker, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatExact } from '../../../lib/format.ts';
import { useCall, usePages } from '../../../lib/query.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { PagedTable } from '../../../ui/paged-table.tsx';
import { AuditDrawer } from './audit-drawer.tsx';
import { auditActions, useActionText } from './actions.ts';

/** The part of the date picker's days that is used here. */
interface Day {
  startOf: (unit: 'day') => { toISOString: () => string };
  endOf: (unit: 'day') => { toISOString: () => string };
}

interface Filter {
  action?: string | undefined;
  actorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

function Filters({ filter, set }: { filter: Filter; set: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation('settings');
  const actionText = useActionText();
  const people = useCall(listColleagues).data?.items ?? [];
  const chooseDays = (days: readonly (Day | null)[] | null): void =>
    set({
      ...filter,
      from: days?.[0]?.startOf('day').toISOString(),
      to: days?.[1]?.endOf('day').toISOString(),
    });
  return (
    <div className="yd-filters">
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 220 }}
        placeholder={t('auditLog.anyAction')}
        aria-label={t('auditLog.action')}
        value={filter.action}
        options={auditActions.map((action) => ({ value: action, label: actionText(action) }))}
        onChange={(action?: string) => set({ ...filter, action })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 160 }}
        placeholder={t('auditLog.anybody')}
        aria-label={t('auditLog.actor')}
        value={filter.actorId}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(actorId?: string) => set({ ...filter, actorId })}
      />
      <DatePicker.RangePicker allowEmpty={[true, true]} onChange={chooseDays} />
    </div>
  );
}

function useColumns(): Column<AuditView>[] {
  const { t } = useTranslation('settings');
  const actionText = useActionText();
  return [
    { key: 'action', title: t('auditLog.action'), render: ({ action }) => actionText(action) },
    {
      key: 'subject',
      title: t('auditLog.subject'),
      narrow: 'hide',
      render: ({ subjectName }) => subjectName ?? '–',
    },
    {
      key: 'actor',
      title: t('auditLog.actor'),
      narrow: 'below',
      render: ({ actorName, actorKind }) =>
        actorKind === 'system' || actorName === '' ? t(`auditLog.kind.${actorKind}`) : actorName,
    },
    {
      key: 'ip',
      title: t('auditLog.address'),
      narrow: 'hide',
      render: ({ ip }) => <span className="yd-figures yd-soft">{ip ?? '–'}</span>,
    },
    {
      key: 'at',
      title: t('auditLog.at'),
      width: 180,
      render: ({ at }) => (
        <time className="yd-figures" dateTime={at} title={formatExact(at)}>
          {formatDateTime(at)}
        </time>
      ),
    },
  ];
}

/** Who signed in and who changed what. */
export function AuditPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('audit.title'));
  const [filter, setFilter] = useState<Filter>({});
  const [opened, setOpened] = useState<AuditView | null>(null);
  const pages = usePages(listAudit, { ...filter });
  const columns = useColumns();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={t('audit.title')} hint={t('auditLog.hint')} />
      <Filters filter={filter} set={setFilter} />
      <PagedTable
        label={t('audit.title')}
        pages={pages}
        columns={columns}
        onOpen={setOpened}
        empty={
          <EmptyState
            icon={<FileSearchOutlined />}
            title={t('noneFound')}
            hint={isFiltered ? t('noneFoundHint') : null}
          />
        }
      />
      {opened && <AuditDrawer entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
