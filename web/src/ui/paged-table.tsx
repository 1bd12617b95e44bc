import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pages } from '../lib/query.ts';
import { DataTable } from './data-table.tsx';
import type { DataTableProps } from './data-table.tsx';
import { Bones, ErrorState } from './states.tsx';

/** A table that grows by pages; `empty` is shown when nothing is in it. */
export function PagedTable<T extends { id: string }>({
  pages,
  empty,
  ...table
}: Omit<DataTableProps<T>, 'rows'> & { pages: Pages<T>; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { items, error, hasMore, loadingMore, more, retry } = pages;
  if (!items) return error ? <ErrorState error={error} retry={retry} /> : <Bones rows={8} />;
  if (items.length === 0) return empty;
  return (
    <>
      <DataTable rows={items} {...table} />
      {hasMore && (
        <div className="yd-more">
          <Button loading={loadingMore} onClick={more}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
