import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Tier } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import { orderColumns } from './order.ts';
import type { OrderRow } from './order.ts';

type Db = Kysely<DB>;
type Sql = RawBuilder<unknown>;

export type SummaryRow = OrderRow & {
  ownerTeamName: string | null;
  ownerPersonName: string | null;
  tier: Tier | null;
};

/** Whose orders are asked for. */
export type Sight = {
  userId: string | null;
  /** Teams whose orders are seen; null: everybody's. */
  teams: string[] | null;
  departments: string[];
};

export type Wanted = {
  status: 'open' | 'ended' | null;
  /** Tokens as a tsquery literal: of words, or of parts of numbers, names and phones. */
  queries?: string[] | undefined;
  categoryId?: string | undefined;
  departmentId?: string | undefined;
  teamId?: string | undefined;
  ownerId?: string | undefined;
  customerId?: string | undefined;
  stepKey?: string | undefined;
  flowKey?: string | undefined;
  complaints?: boolean | undefined;
  lateOnly?: boolean | undefined;
  /** Due within these, the end excluded. */
  dueFrom?: Date | undefined;
  dueTo?: Date | undefined;
};

const due = sql`coalesce(o.due_at, 'infinity')`;
const both = (parts: Sql[]): Sql => (parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`);
const either = (parts: Sql[]): Sql => sql`(${sql.join(parts, sql` or `)})`;

/** Teams and departments that are read one by one; who has more of them sees so much that filtering is quick. */
const MOST_SOURCES = 40;

/** What somebody sees, as conditions each of which an index serves; one alone: everything. */
export function sightSources({ userId, teams, departments }: Sight): Sql[] {
  if (teams === null) return [sql`true`];
  const sources = [
    ...teams.flatMap((id) => [sql`o.owner_team_id = ${id}`, sql`o.recorder_team_id = ${id}`]),
    ...departments.map((id) => sql`o.department_id = ${id}`),
    ...(userId === null ? [] : [sql`o.owner_id = ${userId}`, sql`o.recorder_id = ${userId}`]),
  ];
  if (sources.length === 0) return [sql`false`];
  return sources.length > MOST_SOURCES ? [either(sources)] : sources;
}

/** What waits for a person: steps they hold, approvals they are asked for, tasks. */
export function mineSources(userId: string): Sql[] {
  return [
    sql`o.owner_id = ${userId}`,
    sql`o.visit_id in (select visit_id from order_vote where user_id = ${userId} and state = 'asked')`,
    sql`o.id in (select order_id from order_task where owner_id = ${userId} and done_at is null)`,
  ];
}

export function inboxSources(teams: string[]): Sql[] {
  if (teams.length === 0) return [sql`false`];
  return teams.map((id) => sql`o.owner_team_id = ${id} and o.owner_id is null`);
}

export const recordedSources = (userId: string): Sql[] => [sql`o.recorder_id = ${userId}`];

/** Columns that are asked for by one value. */
const columns = {
  categoryId: sql`o.category_id`,
  departmentId: sql`o.department_id`,
  teamId: sql`o.owner_team_id`,
  ownerId: sql`o.owner_id`,
  customerId: sql`o.customer_id`,
  stepKey: sql`o.step_key`,
  flowKey: sql`o.flow_key`,
  complaints: sql`o.is_complaint`,
} as const;

const isNamed = (name: string): name is keyof typeof columns => Object.hasOwn(columns, name);

function found(queries: string[]): Sql {
  if (queries.length === 0) return sql`false`;
  return either(queries.map((query) => sql`o.words @@ ${query}::tsquery`));
}

function conditionsOf(wanted: Wanted): Sql[] {
  const { status, queries, lateOnly, dueFrom, dueTo } = wanted;
  const equal = Object.entries(wanted).flatMap(([name, value]) =>
    isNamed(name) && value !== undefined ? [sql`${columns[name]} = ${value}`] : [],
  );
  const all: (Sql | false)[] = [
    status === 'open' && sql`o.status = 'open'`,
    status === 'ended' && sql`o.status <> 'open'`,
    queries !== undefined && found(queries),
    lateOnly === true && sql`${due} <= statement_timestamp()`,
    dueFrom !== undefined && sql`${due} >= ${dueFrom}`,
    dueTo !== undefined && sql`${due} < ${dueTo}`,
  ];
  return [...equal, ...all.filter((condition) => condition !== false)];
}

export type Paging = {
  sort: 'due' | 'newest';
  after: { at: string; id: string } | null;
  limit: number;
};

const EVER = 'infinity';

/** The ids of a page: from each source its first ones in order, then the first of all. */
function pageOf(sources: Sql[], wanted: Wanted, { sort, after, limit }: Paging): Sql {
  const isDue = sort === 'due';
  const order = isDue ? sql`${due}, o.id` : sql`o.created_at desc, o.id desc`;
  const edge = after && sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
  const conditions = conditionsOf(wanted);
  if (edge) {
    conditions.push(isDue ? sql`(${due}, o.id) > ${edge}` : sql`(o.created_at, o.id) < ${edge}`);
  }
  const parts = sources.map(
    (source) => sql`(
      select o.id, o.due_at, o.created_at from work_order o where ${both([...conditions, source])}
      order by ${order} limit ${limit})`,
  );
  return sql`select distinct o.id, o.due_at, o.created_at, ${due} as due
    from (${sql.join(parts, sql` union all `)}) o
    order by ${isDue ? sql`4, o.id` : sql`o.created_at desc, o.id desc`} limit ${limit}`;
}

const named = sql`${orderColumns}, t.name as "ownerTeamName", u.name as "ownerPersonName", c.tier,
  coalesce(nullif(o.customer_name, ''), c.name, '') as customer_name`;
const names = sql`left join team t on t.id = o.owner_team_id left join app_user u on u.id = o.owner_id
  left join customer c on c.id = o.customer_id`;

/** One page of a list. */
export async function selectPage(
  db: Db,
  { sources, wanted }: { sources: Sql[]; wanted: Wanted },
  paging: Paging,
): Promise<SummaryRow[]> {
  const order = paging.sort === 'due' ? sql`page.due, o.id` : sql`o.created_at desc, o.id desc`;
  const { rows } = await sql<SummaryRow>`
    with page as materialized (${pageOf(sources, wanted, paging)})
    select ${named} from page join work_order o on o.id = page.id ${names} order by ${order}
  `.execute(db);
  return rows;
}

/** Where the next page begins. */
export const placeOf = (row: OrderRow, sort: Paging['sort']): { at: string; id: string } => ({
  at: sort === 'newest' ? row.created_at.toISOString() : (row.due_at?.toISOString() ?? EVER),
  id: row.id,
});

/** How many a list holds, counted no further than `cap`. */
export async function countUpTo(
  db: Db,
  { sources, wanted }: { sources: Sql[]; wanted: Wanted },
  cap: number,
): Promise<number> {
  const where = both(conditionsOf(wanted));
  const parts = sources.map(
    (source) => sql`(select o.id from work_order o where ${where} and ${source} limit ${cap})`,
  );
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select distinct id from (${sql.join(parts, sql` union all `)}) found limit ${cap}
    ) counted
  `.execute(db);
  return rows[0]?.n ?? 0;
}

/** Orders by id, as lists show them. */
export async function selectSummaries(db: Db, ids: string[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<SummaryRow>`
    select ${named} from work_order o ${names} where o.id = any(${ids}::uuid[])
  `.execute(db);
  return rows;
}

/** For each stretch between two edges: how many are due, how many of them late, and the first ones. */
export async function selectDays(
  db: Db,
  { sources, wanted }: { sources: Sql[]; wanted: Wanted },
  { edges, cap, first }: { edges: Date[]; cap: number; first: number },
): Promise<{ due: number; late: number; ids: string[] }[]> {
  const where = both(conditionsOf(wanted));
  const parts = sources.map(
    (source) => sql`(
      select o.id, ${due} as due from work_order o
      where ${where} and ${source} and ${due} >= day."from" and ${due} < day."to"
      order by ${due}, o.id limit ${cap})`,
  );
  const starts = edges.slice(0, -1).map((edge) => edge.toISOString());
  const ends = edges.slice(1).map((edge) => edge.toISOString());
  const { rows } = await sql<{ due: number; late: number; ids: string[] }>`
    select count(found.id)::int as due,
      (count(found.id) filter (where found.due <= statement_timestamp()))::int as late,
      coalesce((array_agg(found.id::text order by found.due, found.id))[1:${sql.lit(first)}], '{}') as ids
    from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as day ("from", "to", place)
    left join lateral (
      select distinct id, due from (${sql.join(parts, sql` union all `)}) one
    ) found on true
    group by day.place order by day.place
  `.execute(db);
  return rows;
}
