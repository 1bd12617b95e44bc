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
import { isEndStep } from '../store/flow.ts';
import * as store from '../store/lists.ts';
import type { Asked, Asides, Source, Wanted } from '../store/lists.ts';
import { selectPage } from '../store/pages.ts';
import { selectColumns, selectDays } from '../store/shelves.ts';
import type { Shelf } from '../store/shelves.ts';
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

type Scope = Filter['scope'];

async function asidesOf(ctx: Ctx, { party }: Reader, scopes: Scope[]): Promise<Asides> {
  const isNeeded = scopes.includes('mine') || scopes.includes('inbox');
  if (party.kind !== 'person' || !isNeeded) return { mine: [], inbox: [] };
  const { userId, inboxTeams } = party;
  return store.selectAsides(ctx.db, { userId, teams: [...inboxTeams] });
}

/** Where to look for the orders of each scope. */
async function sourcesFor(
  ctx: Ctx,
  reader: Reader,
  scopes: Scope[],
): Promise<(scope: Scope) => Source[]> {
  const { party, teams, departments } = reader;
  const { mine, inbox } = await asidesOf(ctx, reader, scopes);
  return (scope) => {
    const userId = party.kind === 'person' ? party.userId : null;
    if (userId !== null && scope === 'mine') return store.mineSources(userId, mine);
    if (userId !== null && scope === 'recorded') return store.recordedSources(userId);
    if (party.kind === 'person' && scope === 'inbox') {
      return store.inboxSources([...party.inboxTeams], inbox);
    }
    return store.sightSources({ userId, teams, departments });
  };
}

/** Whether whatever is in this step is open: it is the end of no flow. */
async function isNoEnd(ctx: Ctx, stepKey: string | undefined): Promise<boolean> {
  return stepKey !== undefined && !(await isEndStep(ctx.db, stepKey));
}

/** What a filter asks for, and where to look for it. */
async function askedFor(ctx: Ctx, filter: Filter): Promise<Asked> {
  const sourcesOf = await sourcesFor(ctx, await readerOf(ctx), [filter.scope]);
  const wanted = wantedOf(filter);
  const isUnderWay = wanted.status === null && (await isNoEnd(ctx, filter.stepKey));
  return {
    sources: sourcesOf(filter.scope),
    wanted: isUnderWay ? { ...wanted, status: 'open' } : wanted,
  };
}

type Query = InputOf<typeof listRoute, 'query'>;

/** One page of the orders that the actor may see. */
export async function listOrders(ctx: Ctx, query: Query): Promise<ResponseOf<typeof listRoute>> {
  const { cursor, limit, sort: asSent, ...filter } = query;
  // What has ended is due no more.
  const sort = filter.scope === 'closed' || filter.scope === 'all' ? 'newest' : asSent;
  const asked = await askedFor(ctx, filter);
  const paging = { sort, after: decodePlace(cursor), limit: limit + 1 };
  const rows = await selectPage(ctx.db, asked, paging);
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
  const sourcesOf = await sourcesFor(ctx, await readerOf(ctx), [...counted]);
  const lists = counted.map((scope) => ({
    sources: sourcesOf(scope),
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
const MOST_PER_COLUMN = 200;

/** The steps of a flow's published version with their first open orders, counted up to 200. */
export async function readBoard(
  ctx: Ctx,
  filter: InputOf<typeof getBoard, 'query'>,
): Promise<ResponseOf<typeof getBoard>> {
  const flow = await publishedFlow(ctx, filter.flowKey);
  const steps = flow.definition.steps.filter(({ kind }) => kind !== 'end');
  const { sources, wanted } = await askedFor(ctx, filter);
  const shelves = await selectColumns(
    ctx.db,
    { sources, wanted: { ...wanted, status: 'open', stepKey: undefined } },
    { stepKeys: steps.map(({ key }) => key), cap: MOST_PER_COLUMN, first: CARDS },
  );
  const ordersOf = await ordersOn(ctx, shelves);
  return {
    columns: steps.map(({ key, name }, place) => {
      const { count, late } = shelves[place] ?? { count: 0, late: 0 };
      return { stepKey: key, stepName: name, count, late, orders: ordersOf(place) };
    }),
  };
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 62;
const PER_DAY = 5;
const MOST_PER_DAY = 200;

/** The instant at which a local date begins, or (with a minute of the day) at which the clock shows that. */
export function instantOf(timeZone: string, date: string, minute = 0): number {
  const reading = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  // The offset at the instant itself, which a first guess finds but for the hours around a clock change.
  const guess = reading - offsetAt(timeZone, reading);
  return reading - offsetAt(timeZone, guess);
}

type Day = { date: string; due: number; late: number; orders: OrderSummary[] };

/** Due orders by day of the centre, counted up to 200 a day, with the first five; at most 62 days. */
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
  const { sources, wanted } = await askedFor(ctx, filter);
  const dates = Array.from({ length: days + 1 }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
  const edges = dates.map((date) => new Date(instantOf(timeZone, date)));
  const shelves = await selectDays(
    ctx.db,
    { sources, wanted: { ...wanted, status: 'open' } },
    { edges, cap: MOST_PER_DAY, first: PER_DAY },
  );
  const ordersOf = await ordersOn(ctx, shelves);
  return {
    items: shelves.map(({ count: due, late }, place) => ({
      date: dates[place] ?? from,
      due,
      late,
      orders: ordersOf(place),
    })),
  };
}

/** The orders that shelves name, as lists show them. */
async function ordersOn(ctx: Ctx, shelves: Shelf[]): Promise<(place: number) => OrderSummary[]> {
  const ids = shelves.flatMap((shelf) => shelf.ids);
  const byId = await summariesByIds(ctx, ids);
  return (place) => shelves[place]?.ids.flatMap((id) => byId.get(id) ?? []) ?? [];
}

/** Orders by id as lists show them; those that are gone are left out. The caller has checked who may see them. */
export async function summariesByIds(ctx: Ctx, ids: string[]): Promise<Map<string, OrderSummary>> {
  const found = await summariesOf(ctx, await store.selectSummaries(ctx.db, ids));
  return new Map(found.map((order) => [order.id, order]));
}
