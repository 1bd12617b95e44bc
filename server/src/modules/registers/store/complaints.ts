import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ComplaintRow, ComplaintSplit, ImprovementView, Locale } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { Period } from './rows.ts';
import { ordersSeen } from './sources.ts';
import type { Sight, Sql } from './sources.ts';

type Db = Kysely<DB>;

export type ComplaintScope = {
  sight: Pick<Sight, 'teams' | 'departments' | 'userId'>;
  locale: Locale;
  complaintsOnly: boolean;
  categoryId: string | null;
  departmentId: string | null;
  /** Null: whatever; empty: those without one. */
  product: string | null;
  cause: string | null;
};

/** The same words written with other spaces or capitals are one cause. */
const folded = (text: Sql): Sql =>
  sql`lower(trim(regexp_replace(coalesce(${text}, ''), '\\s+', ' ', 'g')))`;
const cause = sql`o.form ->> 'rootCause'`;
const product = sql`o.form ->> 'product'`;

function conditions(scope: ComplaintScope): Sql {
  const { complaintsOnly, categoryId, departmentId } = scope;
  const all: Sql[] = [
    ordersSeen(scope.sight),
    complaintsOnly ? sql`o.is_complaint` : sql`${folded(cause)} <> ''`,
    sql`not exists (select from improvement i where i.order_id = o.id)`,
  ];
  if (categoryId !== null) all.push(sql`o.category_id = ${categoryId}`);
  if (departmentId !== null) all.push(sql`o.department_id = ${departmentId}`);
  if (scope.product !== null)
    all.push(sql`${folded(product)} = ${folded(sql`${scope.product}::text`)}`);
  if (scope.cause !== null) all.push(sql`${folded(cause)} = ${folded(sql`${scope.cause}::text`)}`);
  return sql.join(all, sql` and `);
}

const start = (date: string, zone: string): Sql =>
  sql`(${date}::date)::timestamp at time zone ${zone}`;
const end = (date: string, zone: string): Sql =>
  sql`(${date}::date + 1)::timestamp at time zone ${zone}`;

const splits: Record<ComplaintSplit, (locale: Locale) => { key: Sql; name: Sql; id: Sql }> = {
  cause: () => ({
    key: folded(cause),
    name: sql`trim(coalesce(${cause}, ''))`,
    id: sql`null::uuid`,
  }),
  product: () => ({
    key: folded(product),
    name: sql`trim(coalesce(${product}, ''))`,
    id: sql`null::uuid`,
  }),
  department: () => ({
    key: sql`coalesce(o.department_id::text, '')`,
    name: sql`coalesce(d.name, '')`,
    id: sql`o.department_id`,
  }),
  category: (locale) => ({
    key: sql`o.category_id::text`,
    name: sql`g.name ->> ${locale}`,
    id: sql`o.category_id`,
  }),
};

export type GroupRow = {
  key: string;
  name: string;
  id: string | null;
  count: number;
  previous: number;
  withCause: number;
  open: number;
  late: number;
  reopened: number;
  rating: number | null;
};

const tables = sql`work_order o join order_category g on g.id = o.category_id
  left join department d on d.id = o.department_id`;

/** Complaints of a period by what they are split by, with those of as many days before. */
export async function selectGroups(
  db: Db,
  scope: ComplaintScope,
  { by, period }: { by: ComplaintSplit; period: Period },
): Promise<GroupRow[]> {
  const { from, to, timeZone } = period;
  const { key, name, id } = splits[by](scope.locale);
  const before = sql`((${from}::date - (${to}::date - ${from}::date + 1))::timestamp at time zone ${timeZone})`;
  const { rows } = await sql<GroupRow>`
    with seen as (
      select ${key} as key, ${name} as name, ${id} as id, o.created_at >= ${start(from, timeZone)} as now, o.status,
        o.reopened, o.rating, ${folded(cause)} <> '' as told,
        exists (select from order_visit v where v.order_id = o.id and v.clock in ('late', 'missed')) as late
      from ${tables}
      where o.created_at >= ${before} and o.created_at < ${end(to, timeZone)} and ${conditions(scope)}
    )
    select key, coalesce(mode() within group (order by name) filter (where now), min(name)) as name,
      (array_agg(id))[1] as id, (count(*) filter (where now))::int as count,
      (count(*) filter (where not now))::int as previous, (count(*) filter (where now and told))::int as "withCause",
      (count(*) filter (where now and status = 'open'))::int as open,
      (count(*) filter (where now and late))::int as late,
      (count(*) filter (where now and reopened > 0))::int as reopened,
      (avg(rating) filter (where now))::float8 as rating
    from seen group by key order by count desc, previous desc, name limit 500
  `.execute(db);
  return rows;
}

/** How many began in each day, week or month; empty ones are left out. */
export async function selectPeriods(
  db: Db,
  scope: ComplaintScope,
  { step, period }: { step: 'day' | 'week' | 'month'; period: Period },
): Promise<{ from: string; count: number }[]> {
  const { from, to, timeZone } = period;
  const { rows } = await sql<{ from: string; count: number }>`
    select to_char(date_trunc(${step}, o.created_at at time zone ${timeZone}), 'YYYY-MM-DD') as "from",
      count(*)::int as count
    from ${tables}
    where o.created_at >= ${start(from, timeZone)} and o.created_at < ${end(to, timeZone)} and ${conditions(scope)}
    group by 1 order by 1
  `.execute(db);
  return rows;
}

export async function selectProducts(
  db: Db,
  scope: ComplaintScope,
  { from, to, timeZone }: Period,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select trim(${product}) as name from ${tables}
    where o.created_at >= ${start(from, timeZone)} and o.created_at < ${end(to, timeZone)} and ${conditions(scope)}
      and trim(coalesce(${product}, '')) <> ''
    group by 1 order by count(*) desc, 1 limit 200
  `.execute(db);
  return rows.map(({ name }) => name);
}

export type FoundComplaint = Omit<ComplaintRow, 'createdAt'> & { createdAt: Date; place: string };

/** The complaints themselves, newest first. */
export async function selectComplaints(
  db: Db,
  scope: ComplaintScope,
  {
    period: { from, to, timeZone },
    after,
    limit,
  }: { period: Period; after: { place: string; id: string } | null; limit: number },
): Promise<FoundComplaint[]> {
  const beyond = after
    ? sql`and (o.created_at, o.id) < (${after.place}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<FoundComplaint>`
    select o.id, o.number, o.subject, coalesce(nullif(o.customer_name, ''), c.name, '') as "customerName",
      coalesce(${product}, '') as product, coalesce(${cause}, '') as cause, d.name as "departmentName", o.status,
      coalesce(o.form ->> 'compensation', '') as compensation, o.created_at as "createdAt",
      o.created_at::text as place
    from ${tables} left join customer c on c.id = o.customer_id
    where o.created_at >= ${start(from, timeZone)} and o.created_at < ${end(to, timeZone)} and ${conditions(scope)} ${beyond}
    order by o.created_at desc, o.id desc limit ${limit}
  `.execute(db);
  return rows;
}

export type ImprovementRow = Omit<ImprovementView, 'at'> & { at: Date };

/** Improvements that the reader sees, newest first; `causes` null: all of them. */
export async function selectImprovements(
  db: Db,
  sight: ComplaintScope['sight'],
  causes: string[] | null,
): Promise<ImprovementRow[]> {
  const about = causes === null ? sql`true` : sql`${folded(sql`i.cause`)} = any(${causes}::text[])`;
  const { rows } = await sql<ImprovementRow>`
    select i.order_id as "orderId", o.number, o.subject, o.status, i.cause, i.created_at as at
    from improvement i join work_order o on o.id = i.order_id
    where ${ordersSeen(sight)} and ${about} order by i.created_at desc, i.order_id desc limit 200
  `.execute(db);
  return rows;
}

export async function insertImprovement(
  db: Db,
  { orderId, cause: ended }: { orderId: string; cause: string },
): Promise<void> {
  await sql`insert into improvement (order_id, cause) values (${orderId}, ${ended})`.execute(db);
}
