import type {
  countOrders as countRoute,
  getBoard,
  getDueCalendar,
  InputOf,
  listOrders as listRoute,
  OrderFilter,
  OrderSummary,
  ResponseOf,
} from '@yingda/contract';
import type { z } from 'zod';
import { offsetAt } from '../../../kernel/local-time.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { bigramTokens, queryTokens, tsqueryOf } from '../../../platform/text/index.ts';
import { organisation } from '../../identity/index.ts';
import type { Reader } from '../policy.ts';
import * as store from '../store/lists.ts';
import type { Wanted } from '../store/lists.ts';
import { decodePlace, encodePlace } from './cursor.ts';
import { publishedFlow } from './flows.ts';
import { readerOf } from './reader.ts';
import { summariesOf } from './view.ts';

type Filter = z.output<typeof OrderFilter>;

/** Both ways people search: by words of the texts, and by parts of numbers, names and phones. */
function queriesOf(q: string | undefined): string[] | undefined {
  if (!q?.trim()) return undefined;
  const queries = [tsqueryOf(queryTokens(q)), tsqueryOf(bigramTokens(q))];
  return [...new Set(queries.filter((query) => query !== null))];
}

function wantedOf(filter: Filter): Wanted {
  const { scope, q, ...rest } = filter;
  const isOpen = scope !== 'closed' && scope !== 'all';
  return {
    ...rest,
    status: isOpen ? 'open' : scope === 'closed' ? 'ended' : null,
    queries: queriesOf(q),
    lateOnly: scope === 'late',
  };
}

function sourcesOf({ party, teams, departments }: Reader, scope: Filter['scope']) {
  const userId = party.kind === 'person' ? party.userId : null;
  if (userId !== null && scope === 'mine') return store.mineSources(userId);
  if (userId !== null && scope === 'recorded') return store.recordedSources(userId);
  if (party.kind === 'person' && scope === 'inbox') {
    return store.inboxSources([...party.inboxTeams]);
  }
  return store.sightSources({ userId, teams, departments });
}

type Query = InputOf<typeof listRoute, 'query'>;

/** One page of the orders that the actor may see. */
export async function listOrders(ctx: Ctx, query: Query): Promise<ResponseOf<typeof listRoute>> {
  const { cursor, limit, sort: asSent, ...filter } = query;
  // What has ended is due no more.
  const sort = filter.scope === 'closed' || filter.scope === 'all' ? 'newest' : asSent;
  const reader = await readerOf(ctx);
  const asked = { sources: sourcesOf(reader, filter.scope), wanted: wantedOf(filter) };
  const paging = { sort, after: decodePlace(cursor), limit: limit + 1 };
  const rows = await store.selectPage(ctx.db, asked, paging);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: await summariesOf(ctx, rows.slice(0, limit)),
    nextCursor: last ? encodePlace(store.placeOf(last, sort)) : null,
  };
}

/** Counting goes no further: more of them is "many" to anybody. */
const MOST_COUNTED = 500;
const counted = ['mine', 'inbox', 'recorded', 'late'] as const;

/** How many each scope holds, counted up to 500. */
export async function countOrders(ctx: Ctx): Promise<ResponseOf<typeof countRoute>> {
  const reader = await readerOf(ctx);
  const lists = counted.map((scope) => ({
    sources: sourcesOf(reader, scope),
    wanted: wantedOf({ scope }),
  }));
  const [mine, inbox, recorded, late] = await store.countUpTo(ctx.db, lists, MOST_COUNTED);
  return {
    mine: mine?.count ?? 0,
    inbox: inbox?.count ?? 0,
    recorded: recorded?.count ?? 0,
    late: late?.count ?? 0,
  };
}

const CARDS = 20;

/** The steps of a flow's published version with their first open orders, counted up to 500. */
export async function readBoard(
  ctx: Ctx,
  filter: InputOf<typeof getBoard, 'query'>,
): Promise<ResponseOf<typeof getBoard>> {
  const reader = await readerOf(ctx);
  const flow = await publishedFlow(ctx, filter.flowKey);
  const steps = flow.definition.steps.filter(({ kind }) => kind !== 'end');
  const wanted = wantedOf(filter);
  const lists = steps.map(({ key }) => ({
    sources: sourcesOf(reader, filter.scope),
    wanted: { ...wanted, status: 'open' as const, stepKey: key },
  }));
  const counts = await store.countUpTo(ctx.db, lists, MOST_COUNTED);
  const paging = { sort: 'due' as const, after: null, limit: CARDS };
  const columns = await Promise.all(
    steps.map(async ({ key, name }, place) => {
      const list = lists[place];
      const rows = list ? await store.selectPage(ctx.db, list, paging) : [];
      const { count, late } = counts[place] ?? { count: 0, late: 0 };
      return {
        stepKey: key,
        stepName: name,
        count,
        late,
        orders: await summariesOf(ctx, rows),
      };
    }),
  );
  return { columns };
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 62;
const PER_DAY = 10;
const MOST_PER_DAY = 200;

/** The instant at which a local date begins, or (with a minute of the day) at which the clock shows that. */
export function instantOf(timeZone: string, date: string, minute = 0): number {
  const reading = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  // The offset at the instant itself, which a first guess finds but for the hours around a clock change.
  const guess = reading - offsetAt(timeZone, reading);
  return reading - offsetAt(timeZone, guess);
}

type Day = { date: string; due: number; late: number; orders: OrderSummary[] };

/** Due orders by day of the centre, counted up to 200 a day, with the first ten; at most 62 days. */
export async function readCalendar(
  ctx: Ctx,
  { from, to, ...filter }: InputOf<typeof getDueCalendar, 'query'>,
): Promise<{ items: Day[] }> {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days < 1 || days > MOST_DAYS) {
    throw new Problem('request.invalid', {
      faults: [{ path: 'to', kind: 'too_big', params: { max: MOST_DAYS } }],
    });
  }
  const { timeZone } = await organisation(ctx);
  const reader = await readerOf(ctx);
  const sources = sourcesOf(reader, filter.scope);
  const wanted: Wanted = { ...wantedOf(filter), status: 'open' };
  const dates = Array.from({ length: days + 1 }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
  const edges = dates.map((date) => new Date(instantOf(timeZone, date)));
  const found = await store.selectDays(
    ctx.db,
    { sources, wanted },
    { edges, cap: MOST_PER_DAY, first: PER_DAY },
  );
  const ids = found.flatMap((day) => day.ids);
  const byId = await summariesByIds(ctx, ids);
  return {
    items: found.map((day, index) => ({
      date: dates[index] ?? from,
      due: day.due,
      late: day.late,
      orders: day.ids.flatMap((id) => byId.get(id) ?? []),
    })),
  };
}

/** Orders by id as lists show them; those that are gone are left out. The caller has checked who may see them. */
export async function summariesByIds(ctx: Ctx, ids: string[]): Promise<Map<string, OrderSummary>> {
  const found = await summariesOf(ctx, await store.selectSummaries(ctx.db, ids));
  return new Map(found.map((order) => [order.id, order]));
}
