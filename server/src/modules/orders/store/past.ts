import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { firstIdAt } from '../../../kernel/ids.ts';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** Something that happened to an order, or from when a clock counted; `until`: when that was over. */
export type PastRow = {
  id: string;
  at: Date;
  until: Date | null;
  /** Where the order was then. */
  step: string | null;
  previousStep: string | null;
  by: 'person' | 'customer' | 'system' | 'automation' | null;
  text: string | null;
  callResult: string | null;
};

type Period = { from: Date; limit: number };

/** Rows are found by their ids, which carry the time; a deadline lies at most two months after its step began. */
const since = (from: Date): string => firstIdAt(from.getTime());
const LONGEST_STEP_MS = 60 * 86_400_000;
const begunBefore = (from: Date): string => firstIdAt(from.getTime() - LONGEST_STEP_MS);

const nothing = sql`null::text as "previousStep", null::text as by, null::text as text, null::text as "callResult"`;

/** Lines of these kinds; `isEnd`: only moves by which an order ended, or only the others. */
export async function selectPastLines(
  db: Db,
  { from, limit, kinds, isEnd }: Period & { kinds: string[]; isEnd: boolean | null },
): Promise<PastRow[]> {
  const ended = sql`(l.kind = 'moved' and l.at = o.closed_at)`;
  const which = isEnd === null ? sql`` : isEnd ? sql`and ${ended}` : sql`and not ${ended}`;
  const { rows } = await sql<PastRow>`
    select l.order_id as id, l.at, null::timestamptz as until, l.data ->> 'to' as step, l.data ->> 'from' as "previousStep",
      l.by_kind as by, l.text, l.data ->> 'result' as "callResult"
    from order_line l join work_order o on o.id = l.order_id
    where l.id >= ${since(from)} and l.at >= ${from} and l.kind = any(${kinds}::text[]) ${which}
    order by l.at desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Deadlines that passed while an order was still in the step. */
export async function selectPastLate(db: Db, { from, limit }: Period): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`
    select v.order_id as id, v.due_at as at, v.left_at as until, v.step_key as step, ${nothing}
    from order_visit v
    where v.id >= ${begunBefore(from)} and v.due_at >= ${from} and v.due_at < coalesce(v.left_at, clock_timestamp()) and v.clock in ('late', 'missed')
    order by v.due_at desc limit ${limit}
  `.execute(db);
  return rows;
}

/** From when each clock counts, and until when: an order's step, its life, its deadline, its end. */
const anchors: Record<string, (from: Date) => RawBuilder<unknown>> = {
  'order.in_step': (from) =>
    sql`select order_id as id, entered_at as at, left_at as until, step_key as step from order_visit
      where id >= ${since(from)} and entered_at >= ${from}`,
  'order.before_due': (from) =>
    sql`select order_id as id, due_at as at, least(left_at, due_at) as until, step_key as step from order_visit
      where id >= ${begunBefore(from)} and due_at >= ${from}`,
  'order.after_due': (from) =>
    sql`select order_id as id, due_at as at, left_at as until, step_key as step from order_visit
      where id >= ${begunBefore(from)} and due_at >= ${from}`,
  'order.since_created': (from) =>
    sql`select id, created_at as at, closed_at as until, null::text as step from work_order where created_at >= ${from}`,
  'order.since_closed': (from) =>
    sql`select id, closed_at as at, null::timestamptz as until, step_key as step from work_order where closed_at >= ${from}`,
  'order.untouched': (from) =>
    sql`select l.order_id as id, l.at, coalesce(lead(l.at) over (partition by l.order_id order by l.at), o.closed_at) as until,
      null::text as step from order_line l join work_order o on o.id = l.order_id
      where l.id >= ${since(from)} and l.at >= ${from} and l.by_kind in ('person', 'customer')`,
};

/** When a clock began to count, newest first. */
export async function selectPastAnchors(
  db: Db,
  { clock, from, limit }: Period & { clock: string },
): Promise<PastRow[]> {
  const source = anchors[clock];
  if (!source) return [];
  const { rows } = await sql<PastRow>`
    select a.id, a.at, a.until, a.step, ${nothing} from (${source(from)}) a order by a.at desc limit ${limit}
  `.execute(db);
  return rows;
}
