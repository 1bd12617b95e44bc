import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Tier } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import { orderColumns } from './order.ts';
import type { OrderRow } from './order.ts';

type Db = Kysely<DB>;
export type Sql = RawBuilder<unknown>;

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

export const due = sql`coalesce(o.due_at, 'infinity')`;
export const both = (parts: Sql[]): Sql =>
  parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
const either = (parts: Sql[]): Sql => sql`(${sql.join(parts, sql` or `)})`;

const holders = {
  ownerTeam: sql`o.owner_team_id`,
  recorderTeam: sql`o.recorder_team_id`,
  department: sql`o.department_id`,
  owner: sql`o.owner_id`,
  recorder: sql`o.recorder_id`,
} as const;

/** Orders that are read together: those of one team, department or person by its own index, or by a condition. */
export type Source = { by?: keyof typeof holders; id?: string; also?: Sql };

/** Teams and departments that are read one by one; who has more of them sees so much that filtering is quick. */
const MOST_SOURCES = 40;

const isOf = ({ by, id }: Source): Sql => (by ? sql`${holders[by]} = ${id}` : sql`true`);

/** Whether an order is of one of the sources. */
export const isAmong = (sources: Source[]): Sql =>
  either(sources.map((source) => both([isOf(source), ...(source.also ? [source.also] : [])])));

/** What somebody sees. */
export function sightSources({ userId, teams, departments }: Sight): Source[] {
  if (teams === null) return [{}];
  const sources: Source[] = [
    ...teams.flatMap((id): Source[] => [
      { by: 'ownerTeam', id },
      { by: 'recorderTeam', id },
    ]),
    ...departments.map((id): Source => ({ by: 'department', id })),
  ];
  if (userId !== null) {
    sources.push({ by: 'owner', id: userId }, { by: 'recorder', id: userId });
  }
  if (sources.length === 0) return [{ also: sql`false` }];
  return sources.length > MOST_SOURCES ? [{ also: either(sources.map(isOf)) }] : sources;
}

/** Orders named one by one; none when there are none. */
const named = (ids: string[]): Source[] =>
  ids.length > 0 ? [{ also: sql`o.id = any(${ids}::uuid[])` }] : [];

/** What waits for a person: steps they hold, and what they are asked for beside (`selectAsides`). */
export const mineSources = (id: string, asides: string[]): Source[] => [
  { by: 'owner', id },
  ...named(asides),
];

/** What waits for anybody of these teams: steps that nobody has taken, tasks (`selectAsides`). */
export function inboxSources(teams: string[], asides: string[]): Source[] {
  if (teams.length === 0) return [{ also: sql`false` }];
  return [
    ...teams.map((id): Source => ({ by: 'ownerTeam', id, also: sql`o.owner_id is null` })),
    ...named(asides),
  ];
}

export type Asides = { mine: string[]; inbox: string[] };
const MOST_ASIDES = 5_000;

/**
 * Orders in which somebody is asked for something beside their step: approvals and tasks of their own, and tasks of the
 * teams whose inbox they share. Read before the lists, which would look for them among all open orders.
 */
export async function selectAsides(
  db: Db,
  { userId, teams }: { userId: string; teams: string[] },
): Promise<Asides> {
  const { rows } = await sql<Asides>`
    select array(
        select v.order_id::text from order_vote a join order_visit v on v.id = a.visit_id and v.left_at is null
          where a.user_id = ${userId} and a.state = 'asked'
        union select order_id::text from order_task where owner_id = ${userId} and done_at is null
        limit ${MOST_ASIDES}
      ) as mine,
      array(
        select distinct order_id::text from order_task
        where owner_team_id = any(${teams}::uuid[]) and owner_id is null and done_at is null
        limit ${MOST_ASIDES}
      ) as inbox
  `.execute(db);
  return rows[0] ?? { mine: [], inbox: [] };
}

export const recordedSources = (id: string): Source[] => [{ by: 'recorder', id }];

const statuses = {
  open: [sql`o.status = 'open'`],
  ended: [sql`o.status = 'closed'`, sql`o.status = 'cancelled'`],
  any: [sql`o.status = 'open'`, sql`o.status = 'closed'`, sql`o.status = 'cancelled'`],
};

/** The orders of a person stand in their index by status, so they are read status by status. */
function eachStatus(sources: Source[], { status }: Wanted): Source[] {
  return sources.flatMap((source) => {
    if (source.by !== 'owner' && source.by !== 'recorder') return [source];
    return statuses[status ?? 'any'].map((is) => ({
      ...source,
      also: source.also ? both([source.also, is]) : is,
    }));
  });
}

/**
 * The rows of a source in order, at most `limit`. Without further conditions by a range of one value, which unlike an
 * equality keeps the planner from walking everybody's orders in the wanted order and dropping those of others; with some
 * it must know how many orders a holder has, to choose between that index and theirs.
 */
function partOf(
  { by, id, also }: Source,
  { select, conditions, order, limit, isNarrow }: Part,
): Sql {
  const where = [...conditions, ...(also ? [also] : [])];
  if (by && isNarrow) where.push(sql`${holders[by]} = ${id}`);
  else if (by) where.push(sql`${holders[by]} between ${id}::uuid and ${id}::uuid`);
  const first = by ? sql`${holders[by]} ${order.down ? sql`desc` : sql`asc`}, ` : sql``;
  return sql`(select ${select} from work_order o where ${both(where)} order by ${first}${order.by} limit ${limit})`;
}

type Order = { by: Sql; down: boolean };
type Part = { select: Sql; conditions: Sql[]; order: Order; limit: number; isNarrow: boolean };

export const orders: Record<'due' | 'newest', Order> = {
  due: { by: sql`${due}, o.id`, down: false },
  newest: { by: sql`o.created_at desc, o.id desc`, down: true },
};

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

/** Whether the words of an order match one of the queries. */
export function found(queries: string[]): Sql {
  if (queries.length === 0) return sql`false`;
  return either(queries.map((query) => sql`o.words @@ ${query}::tsquery`));
}

export function conditionsOf(wanted: Wanted): Sql[] {
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

export type Asked = { sources: Source[]; wanted: Wanted };

/** The rows of the sources in the wanted order, from each at most `limit`. */
export function partsOf(
  { sources, wanted }: Asked,
  { select, order, limit, more = [] }: { select: Sql; order: Order; limit: number; more?: Sql[] },
): Sql {
  const conditions = [...conditionsOf(wanted), ...more];
  const isNarrow = Object.keys(wanted).some((name) => isNamed(name) && wanted[name] !== undefined);
  const parts = eachStatus(sources, wanted).map((source) =>
    partOf(source, { select, conditions, order, limit, isNarrow }),
  );
  return sql.join(parts, sql` union all `);
}

/** What lists show of an order, and where from. */
export const shown = sql`${orderColumns}, t.name as "ownerTeamName", u.name as "ownerPersonName", c.tier,
  coalesce(nullif(o.customer_name, ''), c.name, '') as customer_name`;
export const names = sql`left join team t on t.id = o.owner_team_id left join app_user u on u.id = o.owner_id
  left join customer c on c.id = o.customer_id`;

/** Where the next page begins. */
export const placeOf = (row: OrderRow, sort: Paging['sort']): { at: string; id: string } => ({
  at: sort === 'newest' ? row.created_at.toISOString() : (row.due_at?.toISOString() ?? EVER),
  id: row.id,
});

/** How many each of these lists holds and how many of them are late, each counted no further than `cap`. */
export async function countUpTo(
  db: Db,
  lists: Asked[],
  cap: number,
): Promise<{ count: number; late: number }[]> {
  const select = sql`o.id, ${due} as due`;
  const counts = lists.map(
    (asked, place) => sql`(
      select ${sql.lit(place)} as place, count(*)::int as count,
        (count(*) filter (where due <= statement_timestamp()))::int as late
      from (select distinct id, due from (${partsOf(asked, { select, order: orders.due, limit: cap })}) one
        order by due limit ${cap}) capped)`,
  );
  const { rows } = await sql<{ place: number; count: number; late: number }>`
    ${sql.join(counts, sql` union all `)}
  `.execute(db);
  return lists.map((_, place) => {
    const { count = 0, late = 0 } = rows.find((row) => row.place === place) ?? {};
    return { count, late };
  });
}

/** Orders by id, as lists show them. */
export async function selectSummaries(db: Db, ids: string[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<SummaryRow>`
    select ${shown} from work_order o ${names} where o.id = any(${ids}::uuid[])
  `.execute(db);
  return rows;
}
