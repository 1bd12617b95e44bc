import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import { both, conditionsOf, due, found, isAmong, names, orders, partsOf, shown } from './lists.ts';
import type { Asked, Paging, Sql, SummaryRow } from './lists.ts';

type Db = Kysely<DB>;

const listed = sql`o.id, o.created_at, ${due} as due`;

function beyond({ sort, after }: Paging): Sql[] {
  if (!after) return [];
  const edge = sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
  return [sort === 'due' ? sql`(${due}, o.id) > ${edge}` : sql`(o.created_at, o.id) < ${edge}`];
}

/** From each source its first ones in order, then the first of all. */
function fromEach(asked: Asked, paging: Paging): Sql {
  const { sort, limit } = paging;
  const order = orders[sort];
  const parts = partsOf(asked, { select: listed, order, limit, more: beyond(paging) });
  return sql`select distinct o.id, o.created_at, o.due from (${parts}) o
    order by ${sort === 'due' ? sql`o.due, o.id` : order.by} limit ${limit}`;
}

/** Of these rows (as they are: nothing of what is asked for reaches into them) the first that are asked for. */
function among(rows: Sql, { sources, wanted }: Asked, paging: Paging): Sql {
  const conditions = [...conditionsOf(wanted), isAmong(sources), ...beyond(paging)];
  return sql`select ${listed} from (${rows}) o where ${both(conditions)}
    order by ${orders[paging.sort].by} limit ${paging.limit}`;
}

/** The next so many orders of everybody from the place on. */
function nextOnes(paging: Paging, count: number): Sql {
  const isOpen = paging.sort === 'due' ? [sql`o.status = 'open'`] : [];
  const conditions = [...isOpen, ...beyond(paging)];
  return sql`select o.* from work_order o where ${both(conditions)}
    order by ${orders[paging.sort].by} limit ${sql.lit(count)}`;
}

/** What the index of words gives; `offset 0`: it is asked, however few the planner believes are needed. */
function hits(queries: string[], { status }: Asked['wanted']): Sql {
  const isOpen = status === 'open' ? [sql`o.status = 'open'`] : [];
  return sql`select o.* from work_order o where ${both([found(queries), ...isOpen])} offset 0`;
}

async function read(db: Db, page: Sql, { sort }: Paging): Promise<SummaryRow[]> {
  const order = sort === 'due' ? sql`page.due, o.id` : orders.newest.by;
  const { rows } = await sql<SummaryRow>`
    with page as materialized (${page})
    select ${shown} from page join work_order o on o.id = page.id ${names} order by ${order}
  `.execute(db);
  return rows;
}

/** So many orders are looked at one by one; the second time only when there was something the first. */
const LOOKS = [2_000, 8_000];

/**
 * One page of a list. A search, and open orders newest first, are looked for among the next orders one by one before
 * anything else: a frequent word fills the page there, where its index would give hundreds of thousands to be sorted.
 */
export async function selectPage(db: Db, asked: Asked, paging: Paging): Promise<SummaryRow[]> {
  const { queries, status, stepKey } = asked.wanted;
  const isScattered = status === 'open' && stepKey === undefined && paging.sort === 'newest';
  if (queries === undefined && !isScattered) return read(db, fromEach(asked, paging), paging);
  for (const count of LOOKS) {
    const near = await read(db, among(nextOnes(paging, count), asked, paging), paging);
    if (near.length >= paging.limit) return near;
    if (near.length === 0) break;
  }
  if (queries === undefined) return read(db, fromEach(asked, paging), paging);
  return read(db, among(hits(queries, asked.wanted), asked, paging), paging);
}
