import type { Pool } from 'pg';

/** What of the loaded orders the cases ask for. */
export type Samples = {
  orders: string[];
  /** Open ones. */
  open: string[];
  numbers: string[];
  phones: string[];
  customerNames: string[];
  customerIds: string[];
  categoryIds: string[];
  departmentIds: string[];
  teamIds: string[];
  ownerIds: string[];
  /** A cursor as the list gives it, without walking hundreds of thousands of rows page by page. */
  edge(filter: string, depth: number): Promise<string>;
  /** The same for the list by due time. */
  dueEdge(depth: number): Promise<string>;
};

async function column(pool: Pool, sql: string): Promise<string[]> {
  const { rows } = await pool.query<{ value: string }>(sql);
  return rows.map(({ value }) => value);
}

const cursorOf = (at: Date | 'infinity', id: string): string =>
  Buffer.from(JSON.stringify([at === 'infinity' ? at : at.toISOString(), id])).toString(
    'base64url',
  );

async function edgeOf(
  pool: Pool,
  { filter, depth, by }: { filter: string; depth: number; by: string },
) {
  const { rows } = await pool.query<{ id: string; at: Date | null }>(
    `select o.id, ${by === 'due' ? 'due_at' : 'created_at'} as at from work_order o where ${filter}
     order by ${by === 'due' ? `coalesce(due_at, 'infinity'), id` : 'created_at desc, id desc'} offset $1 limit 1`,
    [depth],
  );
  const [row] = rows;
  if (!row) throw new Error(`fewer than ${depth} orders where ${filter}`);
  return cursorOf(row.at ?? 'infinity', row.id);
}

const some = (what: string, more = ''): string =>
  `select ${what} as value from work_order tablesample system (0.3) repeatable (7) ${more} limit 200`;

/** The same samples for the same data. */
export async function readSamples(pool: Pool): Promise<Samples> {
  return {
    orders: await column(pool, some('id')),
    open: await column(pool, `select id as value from work_order where status = 'open' limit 200`),
    numbers: await column(pool, some('number')),
    phones: await column(pool, some('phones[1]', 'where cardinality(phones) > 0')),
    customerNames: await column(pool, some('customer_name')),
    customerIds: await column(pool, some('customer_id')),
    categoryIds: await column(
      pool,
      'select id as value from order_category where retired_at is null',
    ),
    departmentIds: await column(pool, 'select id as value from department order by name'),
    teamIds: await column(
      pool,
      'select id as value from team where deleted_at is null order by name',
    ),
    ownerIds: await column(
      pool,
      `select distinct owner_id as value from work_order where status = 'open' and owner_id is not null limit 30`,
    ),
    edge: (filter, depth) => edgeOf(pool, { filter, depth, by: 'created' }),
    dueEdge: (depth) => edgeOf(pool, { filter: `status = 'open'`, depth, by: 'due' }),
  };
}
