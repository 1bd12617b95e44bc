import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Channel, ContactEventType } from '@yingda/contract';
import type { Ctx, Tx } from '../../platform/ctx.ts';

export type EventInput = {
  id: string;
  contactId: string;
  type: ContactEventType;
  at: Date | null;
  queueId: string | null;
  teamId: string | null;
  agentId: string | null;
  byBot: boolean;
  data: Record<string, unknown>;
};

/** Adds events in their order, with the channel of their contacts; how many contacts were known. */
export async function insertEvents(tx: Tx, events: EventInput[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into contact_event (id, contact_id, type, at, channel, queue_id, team_id, agent_id, by_bot, data)
    select given.id, contact.id, given.type, coalesce(given.at, clock_timestamp() + given.position * interval '1 microsecond'), contact.channel, given."queueId",
      given."teamId", given."agentId", given."byBot", given.data
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as (
        id uuid, "contactId" uuid, type text, at timestamptz, "queueId" uuid, "teamId" uuid, "agentId" uuid,
        "byBot" boolean, data jsonb
      )) with ordinality as given (id, "contactId", type, at, "queueId", "teamId", "agentId", "byBot", data, position)
    join contact on contact.id = given."contactId"
    order by given.position
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0);
}

export async function endContacts(
  tx: Tx,
  ended: { contactId: string; outcome: string }[],
): Promise<void> {
  await sql`
    update contact set ended_at = clock_timestamp(), outcome = given.outcome
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as given ("contactId" uuid, outcome text)
    where contact.id = given."contactId" and contact.ended_at is null
  `.execute(tx.db);
}

export type ContactInput = {
  id: string;
  channel: Channel;
  customerId: string | null;
  subjectId: string | null;
  openedAt: Date | null;
};

/** The contact and its `arrived` event in one statement. */
export async function insertContact(
  tx: Tx,
  contact: ContactInput,
  arrived: EventInput,
): Promise<void> {
  await sql`
    with opened as (
      insert into contact (id, channel, customer_id, subject_id, opened_at)
      values (${contact.id}, ${contact.channel}, ${contact.customerId}, ${contact.subjectId},
        coalesce(${contact.openedAt}::timestamptz, clock_timestamp()))
      returning opened_at
    )
    insert into contact_event (id, contact_id, type, at, channel, queue_id, team_id, by_bot, data)
    select ${arrived.id}, ${contact.id}, 'arrived', opened_at, ${contact.channel}, ${arrived.queueId}, ${arrived.teamId},
      ${arrived.byBot}, ${JSON.stringify(arrived.data)}::jsonb
    from opened
  `.execute(tx.db);
}

export type EventRow = {
  id: string;
  contact_id: string;
  type: ContactEventType;
  at: Date;
  channel: Channel;
  queue_id: string | null;
  team_id: string | null;
  agent_id: string | null;
  by_bot: boolean;
  data: Record<string, unknown>;
};

export async function selectEvents(ctx: Ctx, contactIds: string[]): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, contact_id, type, at, channel, queue_id, team_id, agent_id, by_bot, data
    from contact_event where contact_id = any(${contactIds}::uuid[]) order by at, id limit 5000
  `.execute(ctx.db);
  return rows;
}

const MONTHS_AHEAD = 4;

/** Makes the partitions of this month and the next ones; how many were new. */
export async function makePartitions(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ made: number }>`
    select create_month_partitions('contact_event', clock_timestamp(), ${MONTHS_AHEAD}) as made
  `.execute(ctx.db);
  return rows[0]?.made ?? 0;
}

/** The contacts about one thing, for example a conversation. */
export async function selectContactIdsAbout(ctx: Ctx, subjectId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('contact')
    .select('id')
    .where('subject_id', '=', subjectId)
    .orderBy('opened_at')
    .limit(500)
    .execute();
  return rows.map(({ id }) => id);
}

/** What these contacts are about; contacts about nothing, and those of other systems, are absent. */
export async function selectSubjects(ctx: Ctx, contactIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; subjectId: string }>`
    select id, subject_id as "subjectId" from contact
    where id = any(${contactIds}::uuid[]) and subject_id is not null
  `.execute(ctx.db);
  return new Map(rows.map(({ id, subjectId }) => [id, subjectId]));
}

/** What a contact is, beside its events. */
export type ContactRow = {
  id: string;
  channel: Channel;
  customer_id: string | null;
  subject_id: string | null;
  opened_at: Date;
};

export async function selectContacts(ctx: Ctx, ids: string[]): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select id, channel, customer_id, subject_id, opened_at from contact where id = any(${ids}::uuid[]) order by id
  `.execute(ctx.db);
  return rows;
}

/** All contacts by id, so many after one. */
export async function scanContactIds(ctx: Ctx, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contact where id > ${after}::uuid order by id limit ${limit}
  `.execute(ctx.db);
  return rows.map(({ id }) => id);
}

export async function countContacts(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from contact`.execute(ctx.db);
  return rows[0]?.n ?? 0;
}

export async function hasContacts(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql`select from contact limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Contacts of some customers or about some things, by id; so many after one. */
export async function selectContactIdsOf(
  ctx: Ctx,
  of: { customerIds: string[]; subjectIds: string[] },
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contact
    where (customer_id = any(${of.customerIds}::uuid[]) or subject_id = any(${of.subjectIds}::uuid[]))
      and id > ${after}::uuid
    order by id limit ${limit}
  `.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Every event of some contacts, in their order. */
export async function selectAllEvents(ctx: Ctx, contactIds: string[]): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, contact_id, type, at, channel, queue_id, team_id, agent_id, by_bot, data
    from contact_event where contact_id = any(${contactIds}::uuid[]) order by contact_id, at, id
  `.execute(ctx.db);
  return rows;
}

/** [type, milliseconds since the arrival, queue member or 0, agent member or 0, data or nothing] */
export type HistoryEvent = [
  type: ContactEventType,
  afterMs: number,
  queue: number,
  agent: number,
  data?: Record<string, unknown>,
];
export type HistoryRow = {
  contactId: string;
  channel: Channel;
  arrivedAt: number;
  events: HistoryEvent[];
};

/** Events as one field of COPY's text format; numbers and plain words need no escaping. */
function historyField(events: HistoryEvent[]): string {
  const text = JSON.stringify(events);
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

/** Writes event lines of contacts of another system through COPY, in the transaction that the client is in. */
export async function copyHistory(
  client: pg.ClientBase,
  batchId: number,
  rows: HistoryRow[],
): Promise<void> {
  let text = '';
  for (const { contactId, channel, arrivedAt, events } of rows) {
    text += `${contactId}\t${batchId}\t${channel}\t${new Date(arrivedAt).toISOString()}\t${historyField(events)}\n`;
  }
  const copy = client.query(
    copyFrom('copy contact_history (contact_id, batch_id, channel, arrived_at, events) from stdin'),
  );
  await pipeline([text], copy);
}

/** The same for a few contacts that may be there already. */
export async function replaceHistory(tx: Tx, batchId: number, rows: HistoryRow[]): Promise<void> {
  await sql`
    insert into contact_history (contact_id, batch_id, channel, arrived_at, events)
    select g."contactId", ${batchId}::integer, g.channel, to_timestamp(g."arrivedAt" / 1000.0), g.events
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g ("contactId" uuid, channel text, "arrivedAt" bigint, events jsonb)
    on conflict (contact_id, batch_id) do update set channel = excluded.channel, arrived_at = excluded.arrived_at,
      events = excluded.events
  `.execute(tx.db);
}

/** The event lines of contacts of other systems; of a contact in several batches the newest one. */
export async function selectHistory(ctx: Ctx, contactIds: string[]): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select distinct on (contact_id) contact_id as "contactId", channel,
      (extract(epoch from arrived_at) * 1000)::bigint as "arrivedAt", events
    from contact_history where contact_id = any(${contactIds}::uuid[]) order by contact_id, batch_id desc
  `.execute(ctx.db);
  return rows;
}

export async function deleteHistory(
  ctx: Ctx,
  batchId: number,
  contactIds: string[],
): Promise<void> {
  await sql`
    delete from contact_history where batch_id = ${batchId} and contact_id = any(${contactIds}::uuid[])
  `.execute(ctx.db);
}
