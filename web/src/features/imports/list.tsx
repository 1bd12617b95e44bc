import { listImports } from '@yingda/contract';
import type { ImportView } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { Progress } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatStamp } from '../../lib/format.ts';
import { refresh, usePages } from '../../lib/query.ts';
import { useLiveEvent } from '../../lib/use-live.ts';
import type { Column } from '../../ui/data-table.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { isMoving, StateTag } from './parts.tsx';
import { DropZone } from './wizard/drop-zone.tsx';
import { handFiles } from './wizard/handed-files.ts';

/** Read again every second while an import runs; somebody else's is heard of by `settings.changed`. */
function useMovingList(items: readonly ImportView[] | undefined): void {
  const moving = items?.some(({ state }) => isMoving(state)) ?? false;
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => void refresh(listImports), 1500);
    return () => clearInterval(timer);
  }, [moving]);
  useLiveEvent('settings.changed', ({ noun }) => {
    if (noun === 'import') void refresh(listImports);
  });
}

function useColumns(): Column<ImportView>[] {
  const { t } = useTranslation('imports');
  return [
    { key: 'name', title: t('list.name'), render: ({ name }) => name },
    {
      key: 'log',
      title: t('list.log'),
      narrow: 'hide',
      render: ({ log, kind }) => (
        <>
          {log} <span className="yd-soft">· {t(`kinds.${kind}`)}</span>
        </>
      ),
    },
    {
      key: 'contacts',
      title: t('list.contacts'),
      align: 'right',
      narrow: 'hide',
      render: ({ contacts }) => <span className="yd-figures">{formatNumber(contacts)}</span>,
    },
    {
      key: 'state',
      title: t('list.state'),
      width: 190,
      render: ({ state, bytesRead, bytesTotal }) =>
        state === 'running' ? (
          <Progress
            size="small"
            percent={bytesTotal > 0 ? Math.floor((bytesRead / bytesTotal) * 100) : 0}
            aria-label={t('run.progress')}
          />
        ) : (
          <StateTag state={state} />
        ),
    },
    {
      key: 'at',
      title: t('list.at'),
      width: 150,
      narrow: 'below',
      render: ({ createdAt, createdBy }) => (
        <span className="yd-soft">
          {formatStamp(createdAt)}
          {createdBy !== null && ` · ${createdBy}`}
        </span>
      ),
    },
  ];
}

/** Imports, newest first. */
export function ImportList(): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const pages = usePages(listImports, {});
  useMovingList(pages.items);
  const columns = useColumns();
  const open = (importId: string): void =>
    void navigate({ to: '/settings/imports/$importId', params: { importId } });
  return (
    <PagedTable
      label={t('title')}
      pages={pages}
      columns={columns}
      isDim={({ state }) => state === 'removed' || state === 'cancelled'}
      onOpen={({ id }) => open(id)}
      empty={
        <DropZone
          onFiles={(files) => {
            handFiles(files);
            open('new');
          }}
        />
      }
    />
  );
}
