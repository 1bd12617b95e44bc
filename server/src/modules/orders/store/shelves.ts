import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import { due, orders, partsOf } from './lists.ts';
import type { Asked, Sql } from './lists.ts';

/** Orders that stand together, as those of a step or of a day: how many, how many of them late, and the first ones. */
export type Shelf = { count: number; late: number; ids: string[] };
/** Counting goes no further than `cap`; of the orders the `first` ones are named. */
type Most = { cap: number; first: number };

/**
 * Reads each shelf by itself, from each source in order of the due time and no further than the cap: what lies beyond
 * it, however much that is, is never read. `shelves`: rows `shelf` with their `place`.
 */
async function selectShelves(
  db: Kysely<DB>,
  asked: Asked,
  { shelves, within, cap, first }: Most & { shelves: Sql; within: Sql[] },
): Promise<Shelf[]> {
  const select = sql`o.id, ${due} as due`;
  const parts = partsOf(asked, { select, order: orders.due, limit: cap, more: within });
  const { rows } = await sql<Shelf>`
    select least(count(found.id), ${sql.lit(cap)})::int as count,
      least(count(found.id) filter (where found.due <= statement_timestamp()), ${sql.lit(cap)})::int as late,
      coalesce((array_agg(found.id::text order by found.due, found.id))[1:${sql.lit(first)}], '{}') as ids
    from ${shelves}
    left join lateral (select distinct id, due from (${parts}) one) found on true
    group by shelf.place order by shelf.place
  `.execute(db);
  return rows;
}

/** For each stretch between two edges: what is due in it. */
export function selectDays(
  db: Kysely<DB>,
  asked: Asked,
  { edges, ...most }: Most & { edges: Date[] },
): Promise<Shelf[]> {
  const starts = edges.slice(0, -1).map((edge) => edge.toISOString());
  const ends = edges.slice(1).map((edge) => edge.toISOString());
  return selectShelves(db, asked, {
    ...most,
    shelves: sql`unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as shelf ("from", "to", place)`,
    within: [sql`${due} >= shelf."from"`, sql`${due} < shelf."to"`],
  });
}

/** For each step: what is in it. */
export function selectColumns(
  db: Kysely<DB>,
  asked: Asked,
  { stepKeys, ...most }: Most & { stepKeys: string[] },
): Promise<Shelf[]> {
  return selectShelves(db, asked, {
    ...most,
    shelves: sql`unnest(${stepKeys}::text[]) with ordinality as shelf (key, place)`,
    within: [sql`o.step_key = shelf.key`],
  });
}
