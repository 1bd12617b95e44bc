import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { OrderLine } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewLine = {
  id: string;
  order_id: string;
  at: Date;
  by_kind: OrderLine['by'];
  by_id: string | null;
  kind: OrderLine['kind'];
  text: string;
  data: Record<string, unknown>;
  file_ids: string[];
  is_public: boolean;
};

/** Lines as rows `l` of a statement. */
export const linesAs = (lines: NewLine[]): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (id uuid, order_id uuid, at timestamptz, by_kind text,
    by_id uuid, kind text, text text, data jsonb, file_ids uuid[], is_public boolean)`;

/** Stores lines in this order: those of one moment are read in the order of their ids. */
export async function insertLines(db: Db, lines: NewLine[]): Promise<void> {
  if (lines.length === 0) return;
  const ids = lines.map(({ id }) => id).toSorted();
  const rows = lines.map((line, at) => ({ ...line, id: ids[at] ?? line.id }));
  await sql`
    insert into order_line (id, order_id, at, by_kind, by_id, kind, text, data, file_ids, is_public)
    select l.* from ${linesAs(rows)}
  `.execute(db);
}

/** Whether a comment with this key of its caller stands on the order. */
export async function isCommented(db: Db, orderId: string, key: string): Promise<boolean> {
  const { rows } = await sql`
    select from order_line where order_id = ${orderId} and kind = 'commented' and data ->> 'key' = ${key} limit 1
  `.execute(db);
  return rows.length > 0;
}

export type LineRow = NewLine & { byName: string | null };

/** The latest lines of an order, oldest first. */
export async function selectLines(db: Db, orderId: string, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.*, u.name as "byName" from order_line l left join app_user u on u.id = l.by_id
    where l.order_id = ${orderId} order by l.at desc, l.id desc limit ${limit}
  `.execute(db);
  return rows.toReversed();
}

type Copying = { from: string; to: string; ids: (count: number) => string[]; public: boolean };

/** Copies what was written on an order that goes on in another; for its customer too only when `public`. */
export async function copyLines(
  db: Db,
  { from, to, ids, public: mayBePublic }: Copying,
): Promise<void> {
  const { rows } = await sql<NewLine>`
    select * from order_line where order_id = ${from} and kind = 'commented' order by at, id limit 500
  `.execute(db);
  const fresh = ids(rows.length);
  await insertLines(
    db,
    rows.map((line, index) => ({
      ...line,
      id: fresh[index] ?? line.id,
      order_id: to,
      is_public: line.is_public && mayBePublic,
    })),
  );
}
