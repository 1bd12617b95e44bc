import { sql } from 'kysely';
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
export async function selectSubjects(
  ctx: Ctx,
  contactIds: string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; subjectId: string }>`
    select id, subject_id as "subjectId" from contact
    where id = any(${contactIds}::uuid[]) and subject_id is not null
  `.execute(ctx.db);
  return new Map(rows.map(({ id, subjectId }) => [id, subjectId]));
}
