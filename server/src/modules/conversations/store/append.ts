import { CompiledQuery } from 'kysely';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { MessagePart } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

/** A message to store; see `append`. */
export type NewMessage = {
  id: string;
  conversationId: string;
  kind: 'message' | 'note' | 'event';
  authorKind: 'customer' | 'agent' | 'bot' | 'system';
  authorId: string | null;
  authorName: string;
  parts: MessagePart[];
  mentions: string[];
  clientKey: string | null;
  preview: string;
};

/** What became of one: `closed` when a customer wrote into a resolved conversation (nothing is stored then). */
export type Appended =
  | { outcome: 'stored'; eventId: number; at: Date; payload: unknown }
  | { outcome: 'repeated' }
  | { outcome: 'closed' }
  | { outcome: 'missing' };

type Row = {
  ord: number;
  known: boolean;
  closed: boolean;
  event_id: number | null;
  at: Date | null;
  payload: unknown;
};

const iso = (value: string): string =>
  `to_char(${value} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Many messages in one statement: lock the conversations in one order, claim the senders' keys, move each conversation
 * on, store the messages and say so in the outbox. One statement instead of begin … commit per message is what
 * carries the promised rate (bench/messages).
 */
const appendSql = `
with given as materialized (
  select * from jsonb_to_recordset($1::jsonb) as given (
    ord integer, id uuid, conversation_id uuid, kind text, author_kind text, author_id uuid, author_name text,
    parts jsonb, mentions uuid[], client_key text, preview text, view jsonb
  )
), locked as materialized (
  select c.id, c.status, c.last_seq from conversation c
  where c.id in (select conversation_id from given)
  order by c.id for no key update
), open as materialized (
  select given.*, locked.last_seq from given join locked on locked.id = given.conversation_id
  where not (given.author_kind = 'customer' and locked.status = 'resolved')
), claimed as (
  insert into message_key (conversation_id, client_key, message_id)
  select conversation_id, coalesce(client_key, id::text), id from open
  on conflict do nothing returning message_id
), fresh as materialized (
  select open.*, date_trunc('milliseconds', clock_timestamp()) as now from open join claimed on claimed.message_id = open.id
), moved as (
  update conversation c set
    last_seq = f.last_seq + 1,
    version = c.version + 1,
    preview = case when f.kind = 'message' then f.preview else c.preview end,
    last_message_at = case when f.kind = 'message' then f.now else c.last_message_at end,
    status = case when f.author_kind = 'customer' then 'open' else c.status end,
    snoozed_until = case when f.author_kind = 'customer' then null else c.snoozed_until end,
    unread = case when f.kind <> 'message' or f.author_kind = 'system' then c.unread when f.author_kind = 'customer' then c.unread + 1 else 0 end,
    agent_read_seq = case when f.kind = 'message' and f.author_kind = 'agent' then f.last_seq + 1 else c.agent_read_seq end,
    customer_read_seq = case when f.author_kind = 'customer' then f.last_seq + 1 else c.customer_read_seq end,
    waiting_since = case
      when f.kind <> 'message' then c.waiting_since
      when f.author_kind = 'customer' then coalesce(c.waiting_since, f.now)
      when f.author_kind = 'system' then c.waiting_since
      else null end
  from fresh f where c.id = f.conversation_id
  returning c.*, f.id as message_id, f.now
), stored as (
  insert into message (id, conversation_id, seq, kind, author_kind, author_id, author_name, parts, mentions, client_key, created_at)
  select f.id, f.conversation_id, m.last_seq, f.kind, f.author_kind, f.author_id, f.author_name, f.parts, f.mentions, f.client_key, m.now
  from fresh f join moved m on m.message_id = f.id
), told as (
  insert into outbox_event (type, payload)
  select 'message.posted', jsonb_build_object(
    'conversationId', m.id, 'teamId', m.team_id, 'assigneeId', m.assignee_id, 'customerId', m.customer_id,
    'sourceId', m.source_id, 'channel', m.channel,
    'message', f.view || jsonb_build_object('seq', m.last_seq, 'createdAt', ${iso('m.now')}),
    'patch', jsonb_build_object(
      'status', m.status, 'preview', m.preview, 'lastMessageAt', ${iso('m.last_message_at')}, 'lastSeq', m.last_seq,
      'unread', m.unread, 'waitingSince', case when m.status <> 'resolved' then ${iso('m.waiting_since')} end, 'snoozedUntil', ${iso('m.snoozed_until')},
      'resolvedAt', ${iso('m.resolved_at')}, 'version', m.version))
  from fresh f join moved m on m.message_id = f.id
  returning id, at, payload
)
select given.ord, locked.id is not null as known,
  given.author_kind = 'customer' and locked.status = 'resolved' as closed,
  told.id as event_id, told.at, told.payload
from given
left join locked on locked.id = given.conversation_id
left join told on told.payload -> 'message' ->> 'id' = given.id::text
`;

/** The message as readers see it, before its place and time are known. */
function viewOf(message: NewMessage): object {
  return {
    id: message.id,
    conversationId: message.conversationId,
    kind: message.kind,
    author: { kind: message.authorKind, id: message.authorId, name: message.authorName },
    parts: message.parts,
    mentions: message.mentions,
    clientKey: message.clientKey,
    retractedAt: null,
  };
}

function rowOf(message: NewMessage, ord: number): object {
  return {
    ord,
    id: message.id,
    conversation_id: message.conversationId,
    kind: message.kind,
    author_kind: message.authorKind,
    author_id: message.authorId,
    author_name: message.authorName,
    parts: message.parts,
    mentions: message.mentions,
    client_key: message.clientKey,
    preview: message.preview,
    view: viewOf(message),
  };
}

function outcomeOf(row: Row | undefined): Appended {
  if (!row?.known) return { outcome: 'missing' };
  if (row.closed) return { outcome: 'closed' };
  if (row.event_id === null || row.at === null) return { outcome: 'repeated' };
  return { outcome: 'stored', eventId: row.event_id, at: row.at, payload: row.payload };
}

/** How the statement is run: by the pool in a transaction of its own, or inside one that is under way. */
export type RunAppend = (text: string, json: string) => Promise<Row[]>;

export function onPool(pool: pg.Pool): RunAppend {
  return async (text, json) => {
    const { rows } = await pool.query<Row>({ name: 'append-messages', text, values: [json] });
    return rows;
  };
}

export function inTransaction(db: Kysely<DB>): RunAppend {
  return async (text, json) => {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [json]));
    return rows;
  };
}

/** Stores messages of different conversations at once; the answers are in the order of the messages. */
export async function appendMessages(run: RunAppend, messages: NewMessage[]): Promise<Appended[]> {
  const rows = await run(appendSql, JSON.stringify(messages.map(rowOf)));
  const byOrd = new Map(rows.map((row) => [row.ord, row]));
  return messages.map((_, ord) => outcomeOf(byOrd.get(ord)));
}
