import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import type { OrderRow } from './order.ts';
import type { VisitRow } from './visit.ts';
import { visitAs } from './visit.ts';

type Db = Kysely<DB>;

/** Says when the visits of an order began, which nothing else ever changes. */
export async function updateEntries(db: Db, visits: VisitRow[]): Promise<void> {
  await sql`
    update order_visit set entered_at = v.entered_at from ${visitAs(...visits)} where order_visit.id = v.id
  `.execute(db);
}

export async function updateLineTimes(db: Db, lines: { id: string; at: Date }[]): Promise<void> {
  await sql`
    update order_line set at = l.at
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (id uuid, at timestamptz) where order_line.id = l.id
  `.execute(db);
}

export type Retold = Pick<
  OrderRow,
  | 'id'
  | 'number'
  | 'created_at'
  | 'step_since'
  | 'due_at'
  | 'clock'
  | 'closed_at'
  | 'rating'
  | 'rating_comment'
  | 'rated_at'
> & { words: string };

export async function updateRetold(db: Db, order: Retold): Promise<void> {
  await sql`
    update work_order set number = ${order.number}, created_at = ${order.created_at}, step_since = ${order.step_since},
      due_at = ${order.due_at}, clock = ${order.clock}, closed_at = ${order.closed_at}, rating = ${order.rating},
      rating_comment = ${order.rating_comment}, rated_at = ${order.rated_at},
      words = array_to_tsvector(string_to_array(${order.words}, ' '))
    where id = ${order.id}
  `.execute(db);
}

/** The calls of a visit as if they had been opened when it began, and made when it was left. */
export async function updateCallTimes(
  db: Db,
  visit: VisitRow,
  {
    from,
    to,
    said = { solved: '', notSolved: '' },
    score = null,
  }: {
    from: string;
    to: string;
    said?: { solved: string; notSolved: string } | undefined;
    score?: number | null | undefined;
  },
): Promise<void> {
  await sql`
    update callback set created_at = ${visit.entered_at}, next_try_at = ${visit.entered_at},
      due_at = coalesce(${visit.due_at}, due_at), script = replace(script, ${from}, ${to}),
      done_at = case when state = 'open' then null else ${visit.left_at}::timestamptz end,
      done_by = case when state = 'open' then null else ${visit.owner_id}::uuid end,
      note = case result when 'solved' then ${said.solved} when 'not_solved' then ${said.notSolved} else '' end,
      satisfaction = case result when 'solved' then ${score}::smallint when 'not_solved' then 2 end
    where visit_id = ${visit.id}
  `.execute(db);
}

/** Gives a number back that was taken last in its period. */
export async function giveBackNumber(db: Db, period: string): Promise<void> {
  await sql`update order_counter set last = last - 1 where period = ${period}`.execute(db);
}
