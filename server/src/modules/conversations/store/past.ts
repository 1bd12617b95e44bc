import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { firstIdAt } from '../../../kernel/ids.ts';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;
type Period = { from: Date; limit: number };

/** Something that happened in a conversation, or from when a clock counted; `until`: when that was over. */
export type PastRow = {
  id: string;
  at: Date;
  until: Date | null;
  by: 'person' | 'customer' | 'system' | null;
  text: string | null;
};

/** Messages are found by their ids, which carry the time. */
const since = (from: Date): string => firstIdAt(from.getTime());

const by = sql`case author_kind when 'customer' then 'customer' when 'agent' then 'person' else 'system' end`;

/** Messages of customers and agents, and inline events of these names, newest first. */
export async function selectPastMessages(
  db: Db,
  { from, limit, authors, events }: Period & { authors: string[]; events: string[] },
): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`
    select conversation_id as id, created_at as at, null::timestamptz as until, ${by} as by,
      case when kind = 'message' then (
        select string_agg(part ->> 'text', E'\n') from jsonb_array_elements(parts) part where part ->> 'type' = 'text'
      ) end as text
    from message
    where id >= ${since(from)} and created_at >= ${from} and (
      (kind = 'message' and author_kind = any(${authors}::text[]))
      or (kind = 'event' and parts -> 0 ->> 'event' = any(${events}::text[])))
    order by created_at desc limit ${limit}
  `.execute(db);
  return rows;
}

const spoken = sql`m.kind = 'message' and m.author_kind in ('customer', 'agent')`;
/** From when each clock counts, and until when. */
const anchors: Record<string, (from: Date) => RawBuilder<unknown>> = {
  'conversation.since_started': (from) =>
    sql`select id, created_at as at, resolved_at as until from conversation where created_at >= ${from}`,
  'conversation.since_resolved': (from) =>
    sql`select id, resolved_at as at, null::timestamptz as until from conversation
      where resolved_at >= ${from} and status = 'resolved'`,
  'conversation.silent': (from) =>
    sql`select m.conversation_id as id, m.created_at as at, coalesce(
        lead(m.created_at) over (partition by m.conversation_id order by m.seq), c.resolved_at) as until
      from message m join conversation c on c.id = m.conversation_id where m.id >= ${since(from)} and m.created_at >= ${from} and ${spoken}`,
  'conversation.customer_waits': (from) =>
    sql`select w.id, w.at, coalesce((
        select min(created_at) from message a
        where a.conversation_id = w.id and a.seq > w.seq and a.kind = 'message' and a.author_kind = 'agent'
      ), c.resolved_at) as until
      from (
        select m.conversation_id as id, m.created_at as at, m.seq, m.author_kind,
          lag(m.author_kind) over (partition by m.conversation_id order by m.seq) as before
        from message m where m.id >= ${since(from)} and m.created_at >= ${from} and ${spoken}
      ) w join conversation c on c.id = w.id
      where w.author_kind = 'customer' and w.before is distinct from 'customer'`,
};

export async function selectPastAnchors(
  db: Db,
  { clock, from, limit }: Period & { clock: string },
): Promise<PastRow[]> {
  const source = anchors[clock];
  if (!source) return [];
  const { rows } = await sql<PastRow>`
    select a.*, null::text as by, null::text as text from (${source(from)}) a order by a.at desc limit ${limit}
  `.execute(db);
  return rows;
}

/** When customer or agent last wrote in each conversation. */
export async function selectSpoken(db: Db, ids: string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date }>`
    select given.id, m.created_at as at from unnest(${ids}::uuid[]) as given (id)
    join lateral (
      select m.created_at from message m where m.conversation_id = given.id and ${spoken} order by m.seq desc limit 1
    ) m on true
  `.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

export async function selectIdByNumber(db: Db, number: number): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where number = ${number}
  `.execute(db);
  return rows[0]?.id;
}

/** Conversations in the order of their ids: those under way, or those resolved after an instant. */
export async function selectIds(
  db: Db,
  { after, endedSince, limit }: { after: string | null; endedSince: Date | null; limit: number },
): Promise<string[]> {
  const which = endedSince
    ? sql`status = 'resolved' and resolved_at >= ${endedSince}`
    : sql`status <> 'resolved'`;
  const { rows } = await sql<{ id: string }>`
    select id from conversation where ${which} and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
