import type { ConversationSummary } from '@yingda/contract';
import type { InfiniteData } from '@tanstack/react-query';
import {
  belongs,
  compareKeys,
  type ListFilter,
  type Reader,
  type SortKey,
  sortKey,
} from './list-filter.ts';

/** One fetched page. `boundary` is the key of its last row when it was fetched: the next page begins behind it. */
export interface ListPage {
  items: ConversationSummary[];
  nextCursor: string | null;
  boundary: SortKey | null;
}
export type ListData = InfiniteData<ListPage, string | undefined>;

/** Remembers where a page ended, so that rows that move later are still put on the right side of it. */
export function toPage(
  answer: { items: ConversationSummary[]; nextCursor: string | null },
  filter: ListFilter,
): ListPage {
  const last = answer.items.at(-1);
  return { ...answer, boundary: last ? sortKey(last, filter.order) : null };
}

/** All rows of a list in order; a row that moved between two fetches is shown once, its newest form. */
export function rowsOf(data: ListData | undefined): ConversationSummary[] {
  const seen = new Set<string>();
  return (data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((row) => !seen.has(row.id) && seen.add(row.id));
}

export function findRow(data: ListData | undefined, id: string): ConversationSummary | undefined {
  for (const page of data?.pages ?? []) {
    const row = page.items.find((item) => item.id === id);
    if (row) return row;
  }
  return undefined;
}

function without(data: ListData, id: string): ListData {
  const pages = data.pages.map((page) =>
    page.items.some((item) => item.id === id)
      ? { ...page, items: page.items.filter((item) => item.id !== id) }
      : page,
  );
  return { ...data, pages };
}

/** Behind the last loaded page: the row will come when that page is asked for. */
function isBeyond(data: ListData, key: SortKey, filter: ListFilter): boolean {
  const last = data.pages.at(-1);
  if (!last || last.nextCursor === null || last.boundary === null) return false;
  return compareKeys(key, last.boundary, filter.order) > 0;
}

function withRow(data: ListData, row: ConversationSummary, filter: ListFilter): ListData {
  const key = sortKey(row, filter.order);
  const isBehind = (other: ConversationSummary): boolean =>
    compareKeys(sortKey(other, filter.order), key, filter.order) > 0;
  const found = data.pages.findIndex((page) => page.items.some(isBehind));
  const target = found === -1 ? data.pages.length - 1 : found;
  const pages = data.pages.map((page, index) => {
    if (index !== target) return page;
    const at = page.items.findIndex(isBehind);
    const place = at === -1 ? page.items.length : at;
    return { ...page, items: page.items.toSpliced(place, 0, row) };
  });
  return { ...data, pages };
}

export interface ListContext {
  filter: ListFilter;
  reader: Reader;
}

/**
 * The list after a conversation changed: put in, moved, renewed or taken out, as a refetch would show it.
 * The same object when nothing changes (an older version, or a row that was and is elsewhere).
 */
export function applySummary(
  data: ListData,
  next: ConversationSummary,
  { filter, reader }: ListContext,
): ListData {
  const known = findRow(data, next.id);
  if (known && known.version > next.version) return data;
  const decided = belongs(next, filter, reader);
  const stays = decided ?? known !== undefined;
  const rest = known ? without(data, next.id) : data;
  if (!stays || isBeyond(rest, sortKey(next, filter.order), filter)) return rest;
  return withRow(rest, next, filter);
}
