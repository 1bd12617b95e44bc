import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationSummary } from '@yingda/contract';
import {
  belongs,
  compareKeys,
  type ListFilter,
  listViews,
  type Reader,
  sortKey,
} from './list-filter.ts';
import { applySummary, type ListData, rowsOf, toPage } from './list-pages.ts';
import { aConversation, anId } from './testing.ts';

const reader: Reader = { id: anId(900), teamIds: [anId(1), anId(2)] };

/** A server in memory: what it lists is what a refetch would show. */
function serverOf(rows: ConversationSummary[], filter: ListFilter) {
  const sorted = (): ConversationSummary[] =>
    rows
      .filter((row) => belongs(row, filter, reader) === true)
      .toSorted((a, b) =>
        compareKeys(sortKey(a, filter.order), sortKey(b, filter.order), filter.order),
      );
  const page = (after: string | undefined, limit: number) => {
    const all = sorted();
    const [at = '', id = ''] = after?.split('|') ?? [];
    const rest = after
      ? all.filter((row) => compareKeys(sortKey(row, filter.order), { at, id }, filter.order) > 0)
      : all;
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    const key = last && sortKey(last, filter.order);
    return { items, nextCursor: rest.length > limit && key ? `${key.at}|${key.id}` : null };
  };
  return { sorted, page };
}

const instant = fc
  .integer({ min: 0, max: 40 })
  .map((s) => new Date(1_700_000_000_000 + s * 1000).toISOString());
const change = fc.record({
  index: fc.nat({ max: 11 }),
  status: fc.constantFrom('open', 'waiting', 'snoozed', 'resolved'),
  assigneeId: fc.constantFrom(null, reader.id, anId(901)),
  teamId: fc.constantFrom(anId(1), anId(2), anId(3)),
  lastMessageAt: instant,
  waitingSince: fc.option(instant),
});
const filters = fc.record({
  view: fc.constantFrom(...listViews.filter((view) => view !== 'mentions')),
  order: fc.constantFrom('newest', 'waiting'),
  teamId: fc.constantFrom(undefined, anId(1)),
});

test('a list with events applied equals the list fetched again, however many pages are loaded', () => {
  fc.assert(
    fc.property(
      filters,
      fc.array(change, { maxLength: 40 }),
      fc.nat({ max: 3 }),
      (filter, changes, pages) => {
        const rows = Array.from({ length: 12 }, (_, i) =>
          aConversation({
            id: anId(i),
            assigneeId: i % 2 ? reader.id : null,
            teamId: anId((i % 3) + 1),
          }),
        );
        const server = serverOf(rows, filter);
        const context = { filter, reader };
        let data: ListData = {
          pages: [toPage(server.page(undefined, 3), filter)],
          pageParams: [undefined],
        };
        changes.forEach(({ index, ...fields }, step) => {
          const old = rows[index];
          if (!old) return;
          const next = { ...old, ...fields, version: old.version + 1 };
          rows[index] = next;
          data = applySummary(data, next, context);
          const cursor = data.pages.at(-1)?.nextCursor;
          if (cursor && step % 7 < pages) {
            data = {
              pages: [...data.pages, toPage(server.page(cursor, 3), filter)],
              pageParams: [...data.pageParams, cursor],
            };
          }
          const shown = rowsOf(data);
          const expected = server.sorted();
          expect(shown).toEqual(expected.slice(0, shown.length));
          if (data.pages.at(-1)?.nextCursor === null) expect(shown.length).toBe(expected.length);
        });
      },
    ),
  );
});

test('an event older than what is shown changes nothing', () => {
  const row = aConversation({ version: 5, subject: 'new' });
  const filter: ListFilter = { view: 'all', order: 'newest' };
  const data: ListData = {
    pages: [toPage({ items: [row], nextCursor: null }, filter)],
    pageParams: [undefined],
  };
  expect(applySummary(data, { ...row, version: 4, subject: 'old' }, { filter, reader })).toBe(data);
});

test('a mentioned conversation stays in its list and none is added by guess', () => {
  const row = aConversation({ id: anId(1) });
  const filter: ListFilter = { view: 'mentions', order: 'newest' };
  const data: ListData = {
    pages: [toPage({ items: [row], nextCursor: null }, filter)],
    pageParams: [undefined],
  };
  const renewed = { ...row, version: 2, subject: 'Changed' };
  expect(rowsOf(applySummary(data, renewed, { filter, reader }))).toEqual([renewed]);
  expect(rowsOf(applySummary(data, aConversation({ id: anId(2) }), { filter, reader }))).toEqual([
    row,
  ]);
});
