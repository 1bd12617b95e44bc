import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import './virtual-list.css';

interface VirtualListProps<T extends { id: string }> {
  label: string;
  rows: readonly T[];
  rowHeight: number;
  hasMore: boolean;
  /** Said in the row behind the last one while more is being fetched. */
  moreText: string;
  /** Called when the end comes near; may be called again while fetching. */
  onMore: () => void;
  /** Brought into view whenever another one is named. */
  currentId: string | null;
  draw: (row: T) => ReactNode;
}

const nearEnd = 10;

/** A list of rows of one height of which only those on the screen are drawn. */
export function VirtualList<T extends { id: string }>(props: VirtualListProps<T>): ReactNode {
  const { label, rows, rowHeight, hasMore, onMore, currentId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // The virtualiser's functions change with every scroll; nothing here memoises them.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? 'more',
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = hasMore && (items.at(-1)?.index ?? 0) >= rows.length - nearEnd;
  useEffect(() => {
    if (isNearEnd) onMore();
  }, [isNearEnd, onMore, rows.length]);
  const index = rows.findIndex((row) => row.id === currentId);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    // Only when another one is named: a row that moves must not drag the list along.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [currentId]);
  return (
    <div ref={scroller} className="yd-virtual">
      <div
        role="list"
        aria-label={label}
        style={{ height: virtual.getTotalSize(), position: 'relative' }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <div
              key={item.key}
              role="listitem"
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className="yd-virtual-slot"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row ? props.draw(row) : <div className="yd-virtual-more">{props.moreText}</div>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
