import type { Pool } from 'pg';

/** What of the loaded data the cases ask for. */
export type Samples = {
  /** Conversations of any age. */
  conversations: string[];
  /** Of the last week. */
  recent: string[];
  /** With more than a hundred messages. */
  long: string[];
  orderNumbers: string[];
  customerNames: string[];
  numbers: number[];
  teamIds: string[];
  /** The instant and id of the row this far down the list of everything. */
  edge(filter: string, depth: number): Promise<string>;
};

async function column<T>(pool: Pool, sql: string): Promise<T[]> {
  const { rows } = await pool.query<{ value: T }>(sql);
  return rows.map(({ value }) => value);
}

/** A cursor as the list gives it, without walking hundreds of thousands of rows page by page. */
async function edgeOf(pool: Pool, filter: string, depth: number): Promise<string> {
  const { rows } = await pool.query<{ id: string; at: Date }>(
    `select id, last_message_at as at from conversation where ${filter}
     order by last_message_at desc, id desc offset ${depth} limit 1`,
  );
  const [row] = rows;
  if (!row) throw new Error(`fewer than ${depth} conversations where ${filter}`);
  return Buffer.from(JSON.stringify([row.at.toISOString(), row.id])).toString('base64url');
}

/** The same samples for the same data. */
export async function readSamples(pool: Pool): Promise<Samples> {
  const numbers = await column<number>(
    pool,
    'select number as value from conversation tablesample system (0.2) repeatable (7) limit 200',
  );
  const orders = await column<string>(
    pool,
    `select substring(parts::text from 'YL-\\d+') as value from message tablesample system (0.5) repeatable (7)
     where parts::text like '%YL-%' limit 50`,
  );
  return {
    conversations: await column(
      pool,
      'select id as value from conversation tablesample system (1) repeatable (7) limit 500',
    ),
    recent: await column(
      pool,
      'select id as value from conversation order by last_message_at desc limit 200',
    ),
    long: await column(pool, 'select id as value from conversation where last_seq > 100 limit 50'),
    orderNumbers: orders,
    customerNames: await column(
      pool,
      `select name as value from customer tablesample system (0.2) repeatable (7) where named limit 50`,
    ),
    numbers,
    teamIds: await column(pool, 'select id as value from team order by created_at'),
    edge: (filter, depth) => edgeOf(pool, filter, depth),
  };
}
