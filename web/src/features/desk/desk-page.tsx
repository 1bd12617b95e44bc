import { MessageOutlined } from '@ant-design/icons';
import { useCallback, useDeferredValue, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawDeeds } from './conversation/header.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Keys } from '../../ui/keys.tsx';
import { useTitle } from '../../ui/title.ts';
import { ContextPane, type DrawCustomer } from './context/context-pane.tsx';
import { ConversationPane } from './conversation/conversation-pane.tsx';
import { Lightbox } from './conversation/lightbox.tsx';
import { type ConversationList, useConversationList } from './data/lists.ts';
import { type DeskPlace, useDeskPlace, useGo } from './data/place.ts';
import { useNeighbours } from './data/use-neighbours.ts';
import { ListPane } from './list/list-pane.tsx';
import { ViewsBar } from './list/views-bar.tsx';
import type { ListFilter, ListOrder, ListView } from './model/list-filter.ts';
import { ReadyPrompt } from './offers/ready-prompt.tsx';
import { Resizer } from '../../ui/resizer.tsx';
import { useMedia } from '../../lib/use-media.ts';
import { useStored } from '../../lib/use-stored.ts';
import { SearchPane } from './search/search-pane.tsx';
import { useDeskKeys } from './use-desk-keys.tsx';
import './desk-page.css';

const listWidths = { initial: 336, min: 264, max: 520 };
const contextWidths = { initial: 312, min: 256, max: 480 };

const numberIn =
  ({ min, max }: { min: number; max: number }) =>
  (value: unknown): number | null =>
    typeof value === 'number' && value >= min && value <= max ? value : null;
const asBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

type Orders = Partial<Record<ListView, ListOrder>>;
const asOrders = (value: unknown): Orders | null =>
  typeof value === 'object' && value !== null ? (value as Orders) : null;
/** In the queue whoever waits longest is first; elsewhere what is newest. */
const usualOrder = (view: ListView): ListOrder => (view === 'queue' ? 'waiting' : 'newest');

function useFilter({ view, teamId }: DeskPlace) {
  const [orders, setOrders] = useStored<Orders>('desk.orders', {}, asOrders);
  const filter: ListFilter = {
    view,
    order: orders[view] ?? usualOrder(view),
    ...(teamId === null ? {} : { teamId }),
  };
  return { filter, setOrder: (order: ListOrder) => setOrders({ ...orders, [view]: order }) };
}

/** On a narrow page the context lies over the conversation, so there it is opened each time anew. */
function useContextPane() {
  const isNarrow = useMedia('(max-width: 1100px)');
  const [isPinned, setPinned] = useStored('desk.context', true, asBoolean);
  const [isOver, setOver] = useState(false);
  return {
    isNarrow,
    isOpen: isNarrow ? isOver : isPinned,
    set: isNarrow ? setOver : setPinned,
  };
}

function NothingOpen(): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <section className="yd-desk-none" aria-label={t('none.title')}>
      <EmptyState icon={<MessageOutlined />} title={t('none.title')} hint={t('none.hint')}>
        <div className="yd-keys-line">
          <span>
            <Keys keys="j" /> {t('keys.next')}
          </span>
          <span>
            <Keys keys="/" /> {t('search.open')}
          </span>
          <span>
            <Keys keys="mod+k" /> {t('none.commands')}
          </span>
          <span>
            <Keys keys="?" /> {t('none.allKeys')}
          </span>
        </div>
      </EmptyState>
    </section>
  );
}

/** The list, or in its place the search. */
function Left({
  filter,
  list,
  isSearching,
  setOrder,
  setSearching,
}: {
  filter: ListFilter;
  list: ConversationList;
  isSearching: boolean;
  setOrder: (order: ListOrder) => void;
  setSearching: (on: boolean) => void;
}): ReactNode {
  return (
    <div className="yd-desk-left">
      <ReadyPrompt />
      {isSearching ? (
        <SearchPane onClose={() => setSearching(false)} />
      ) : (
        <ListPane
          list={list}
          filter={filter}
          onOrder={setOrder}
          onSearch={() => setSearching(true)}
        />
      )}
    </div>
  );
}

function Right({
  id,
  drawCustomer,
  width,
  onWidth,
  onClose,
}: {
  id: string;
  drawCustomer: DrawCustomer;
  width: number;
  onWidth: (width: number) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <>
      <button
        type="button"
        className="yd-sheet-back"
        tabIndex={-1}
        aria-label={t('context.close')}
        onClick={onClose}
      />
      <Resizer
        className="is-context"
        label={t('panes.context')}
        width={width}
        side={-1}
        {...contextWidths}
        onChange={onWidth}
      />
      <ContextPane id={id} drawCustomer={drawCustomer} onClose={onClose} />
    </>
  );
}

function useWidths() {
  const [list, setList] = useStored('desk.list', listWidths.initial, numberIn(listWidths));
  const [context, setContext] = useStored(
    'desk.contextWidth',
    contextWidths.initial,
    numberIn(contextWidths),
  );
  return { list, setList, context, setContext };
}

/**
 * The desk: list, conversation, context. `drawCustomer` is the card of the customer, `drawDeeds` what can be made of a
 * conversation: features of their own.
 */
export function DeskPage({
  drawCustomer,
  drawDeeds,
}: {
  drawCustomer: DrawCustomer;
  drawDeeds?: DrawDeeds | undefined;
}): ReactNode {
  const { t } = useTranslation('desk');
  const place = useDeskPlace();
  const { conversationId } = place;
  const go = useGo();
  useTitle(t('common:places.desk'));
  const { filter, setOrder } = useFilter(place);
  const list = useConversationList(filter);
  const neighbours = useNeighbours(list.rows, conversationId);
  const context = useContextPane();
  const widths = useWidths();
  const [isSearching, setSearching] = useState(false);
  const toggleContext = (): void => context.set(!context.isOpen);
  const { set: setContext } = context;
  const closeContext = useCallback(() => setContext(false), [setContext]);
  useDeskKeys({ neighbours, openSearch: () => setSearching(true), toggleContext });
  const done = (id: string): void => {
    if (id === conversationId) go({ conversationId: neighbours.after(id) }, { replace: true });
  };
  // The messages come first; what stands beside them may follow a moment later.
  const contextId = useDeferredValue(conversationId);
  const hasContext = context.isOpen && conversationId !== null;
  const marks = `${hasContext ? 'has-context' : ''} ${conversationId === null ? '' : 'has-open'}`;
  const style = {
    '--yd-list-width': `${widths.list}px`,
    ...(hasContext ? { '--yd-context-width': `${widths.context}px` } : {}),
  } as CSSProperties;
  return (
    <div className={`yd-desk ${marks}`} style={style}>
      <h1 className="yd-hidden">{t('common:places.desk')}</h1>
      <ViewsBar />
      <Left {...{ filter, list, isSearching, setOrder, setSearching }} />
      <Resizer
        label={t('panes.list')}
        width={widths.list}
        side={1}
        {...listWidths}
        onChange={widths.setList}
      />
      {conversationId === null ? (
        <NothingOpen />
      ) : (
        <ConversationPane
          id={conversationId}
          targetSeq={place.seq}
          drawDeeds={drawDeeds}
          isContextOpen={context.isOpen}
          onContext={toggleContext}
          onBack={() => go({ conversationId: null })}
          onDone={done}
          onUndone={(id) => go({ conversationId: id })}
        />
      )}
      {hasContext && (
        <Right
          id={contextId ?? conversationId}
          drawCustomer={drawCustomer}
          width={widths.context}
          onWidth={widths.setContext}
          onClose={closeContext}
        />
      )}
      <Lightbox />
    </div>
  );
}
