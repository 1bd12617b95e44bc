import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { RegisterSource } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import { sourcesOf } from './sources.ts';
import type { Scope, Source, Sql } from './sources.ts';

type Db = Kysely<DB>;

export type RowRow = {
  id: string;
  source: RegisterSource;
  at: Date;
  /** The instant to the microsecond, for the next page. */
  place: string;
  orderId: string | null;
  conversationId: string | null;
  customerId: string | null;
  recorderId: string | null;
  teamId: string | null;
  version: number;
  values: Record<string, string | number | null>;
};

/** Days of the centre's zone, both included. */
export type Period = { from: string; to: string; timeZone: string };
export type Asked = { scope: Scope; period: Period; q: string | null };

const both = (parts: Sql[]): Sql => sql.join(parts, sql` and `);

function within(at: Sql, { from, to, timeZone }: Period): Sql {
  return sql`${at} >= (${from}::date)::timestamp at time zone ${timeZone}
    and ${at} < (${to}::date + 1)::timestamp at time zone ${timeZone}`;
}

const escaped = (q: string): string => `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
const holds = (values: Sql, q: string): Sql =>
  sql`exists (select from jsonb_each_text(${values}) t where t.value ilike ${escaped(q)})`;

const valuesOf = (source: Source, light: boolean): Sql =>
  sql`(${source.values(light)} || ${source.entered})`;

type Cut = { after: { place: string; id: string } | null; limit: number };

function partOf(source: Source, { period, q }: Asked, { after, limit }: Cut): Sql {
  const { id, at } = source;
  const conditions = [within(at, period), ...source.where];
  if (q !== null) conditions.push(holds(valuesOf(source, false), q));
  if (after)
    conditions.push(sql`(${at}, ${id}) < (${after.place}::timestamptz, ${after.id}::uuid)`);
  return sql`(select ${columnsOf(source)} from ${source.from} where ${both(conditions)}
    order by ${at} desc, ${id} desc limit ${limit})`;
}

const columnsOf = (
  source: Source,
): Sql => sql`${source.id} as id, ${source.kind} as source, ${source.at} as at,
  ${source.at}::text as place, ${source.orderId} as "orderId", ${source.conversationId} as "conversationId",
  ${source.customerId} as "customerId", ${source.recorderId} as "recorderId", ${source.teamId} as "teamId",
  ${source.version} as version, ${valuesOf(source, false)} as values`;

/** Lines of a register, newest first. */
export async function selectRows(db: Db, asked: Asked, cut: Cut): Promise<RowRow[]> {
  const parts = sourcesOf(asked.scope).map((source) => partOf(source, asked, cut));
  const { rows } = await sql<RowRow>`
    select * from (${sql.join(parts, sql` union all `)}) lines order by at desc, id desc limit ${cut.limit}
  `.execute(db);
  return rows;
}

/** One line by its id, as far as the reader sees it. */
export async function selectRow(db: Db, scope: Scope, id: string): Promise<RowRow | undefined> {
  const parts = sourcesOf(scope).map(
    (source) => sql`(select ${columnsOf(source)} from ${source.from}
      where ${both([sql`${source.id} = ${id}`, ...source.where])})`,
  );
  const { rows } = await sql<RowRow>`${sql.join(parts, sql` union all `)} limit 1`.execute(db);
  return rows[0];
}

export type Counted = { column: string; value: string; count: number; amount: number | null };

/** How many lines there are in all (column ``), on each day (`day`) and by each value of the columns. */
export async function countRows(
  db: Db,
  asked: Asked,
  { columns, money }: { columns: string[]; money: string | null },
): Promise<Counted[]> {
  const { period, q } = asked;
  const parts = sourcesOf(asked.scope).map((source) => {
    const conditions = [within(source.at, period), ...source.where];
    if (q !== null) conditions.push(holds(valuesOf(source, false), q));
    return sql`select ${source.at} as at, ${valuesOf(source, true)} as values from ${source.from}
      where ${both(conditions)}`;
  });
  const amount = money ? sql`sum((l.values ->> ${money})::numeric)::bigint` : sql`null::bigint`;
  const { rows } = await sql<Counted>`
    with lines as materialized (${sql.join(parts, sql` union all `)})
    select g.column, g.value, count(*)::int as count, ${amount} as amount
    from lines l cross join lateral (
      select '' as column, '' as value
      union all select 'day', to_char(l.at at time zone ${period.timeZone}, 'YYYY-MM-DD')
      union all select c.name, coalesce(l.values ->> c.name, '') from unnest(${columns}::text[]) c (name)
    ) g group by g.column, g.value order by g.column, count desc, g.value
  `.execute(db);
  return rows;
}

/** Whom a conversation is with. */
export async function selectConversationCustomer(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId" from conversation where id = ${id}
  `.execute(db);
  return rows[0]?.customerId ?? null;
}
