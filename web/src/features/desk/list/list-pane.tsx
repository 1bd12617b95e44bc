import { FieldTimeOutlined, HistoryOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { Bones, ErrorState } from '../../../ui/states.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { type ConversationList } from '../data/lists.ts';
import { useNames } from '../data/people.ts';
import { useDeskPlace, useGo } from '../data/place.ts';
import { prefetchConversation } from '../data/prefetch.ts';
import type { ListFilter, ListOrder } from '../model/list-filter.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { ListRow } from './list-row.tsx';
import { TeamFilter } from './team-filter.tsx';
import { type Selection, useSelection } from './use-selection.ts';
import './list-pane.css';

const rowHeight = 82;

interface ListPaneProps {
  list: ConversationList;
  filter: ListFilter;
  onOrder: (order: ListOrder) => void;
  onSearch: () => void;
}

function Head({ filter, onOrder, onSearch }: Omit<ListPaneProps, 'list'>): ReactNode {
  const { t } = useTranslation('desk');
  const other = filter.order === 'newest' ? 'waiting' : 'newest';
  return (
    <header className="yd-list-head">
      <h2>{t(`views.${filter.view}`)}</h2>
      <TeamFilter />
      <span className="yd-row-gap" />
      <Button
        type="text"
        size="small"
        className="yd-list-order"
        icon={filter.order === 'newest' ? <HistoryOutlined /> : <FieldTimeOutlined />}
        title={t(`list.switchTo.${other}`)}
        onClick={() => onOrder(other)}
      >
        {t(`list.order.${filter.order}`)}
      </Button>
      <Button
        type="text"
        size="small"
        icon={<SearchOutlined />}
        title={t('search.open')}
        aria-label={t('search.open')}
        onClick={onSearch}
      />
    </header>
  );
}

function Rows({ list, selection }: { list: ConversationList; selection: Selection }): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const names = useNames();
  const { conversationId } = useDeskPlace();
  const go = useGo();
  const open = useCallback((id: string) => go({ conversationId: id }), [go]);
  const assigneeName = (id: string | null): string | null =>
    id === null || id === me.id ? null : names.person(id);
  return (
    <VirtualList
      label={t('list.title')}
      rows={list.rows}
      rowHeight={rowHeight}
      hasMore={list.hasMore}
      moreText={t('list.loadingMore')}
      onMore={list.loadMore}
      currentId={conversationId}
      draw={(row) => (
        <ListRow
          row={row}
          isOpen={row.id === conversationId}
          isSelected={selection.ids.has(row.id)}
          selecting={selection.ids.size > 0}
          assigneeName={assigneeName(row.assigneeId)}
          onOpen={open}
          onSelect={selection.toggle}
          onNear={prefetchConversation}
        />
      )}
    />
  );
}

/** The list of conversations of a view. */
export function ListPane(props: ListPaneProps): ReactNode {
  const { list, filter } = props;
  const { t } = useTranslation('desk');
  const selection = useSelection(list.rows.map((row) => row.id));
  const { conversationId } = useDeskPlace();
  useShortcuts([
    {
      keys: 'x',
      label: 'desk:keys.select',
      group: 'desk:keys.desk',
      run: () => {
        if (conversationId !== null) selection.toggle(conversationId, false);
      },
    },
  ]);
  const body = (): ReactNode => {
    if (list.error) return <ErrorState error={list.error} retry={list.retry} />;
    if (list.isLoading) return <Bones rows={8} />;
    if (list.rows.length === 0) return <EmptyList filter={filter} />;
    return (
      <Rows
        key={`${filter.view} ${filter.teamId ?? ''} ${filter.order}`}
        list={list}
        selection={selection}
      />
    );
  };
  return (
    <section className="yd-list" aria-label={t('list.title')}>
      <Head {...props} />
      {body()}
      <BulkBar selection={selection} total={list.rows.length} />
    </section>
  );
}
