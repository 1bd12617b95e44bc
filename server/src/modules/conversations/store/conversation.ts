import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { ConversationStatus, Priority } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

export type ConversationRow = Selectable<DB['conversation']>;
/** A conversation with what lists show of its customer. */
export type SummaryRow = ConversationRow & {
  customer_name: string;
  customer_tier: string;
  customer_verified: boolean;
};

const summaryFrom = sql`
  select c.*, customer.name as customer_name, customer.tier as customer_tier, customer.verified as customer_verified
  from conversation c join customer on customer.id = c.customer_id
`;

export async function findConversation(
  db: Kysely<DB>,
  id: string,
  { lock = false } = {},
): Promise<ConversationRow | undefined> {
  const query = db.selectFrom('conversation').selectAll().where('id', '=', id);
  return (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
}

/** Team and assignee of some conversations: what decides who may see them. */
export async function selectSight(
  db: Kysely<DB>,
  ids: string[],
): Promise<Pick<ConversationRow, 'id' | 'team_id' | 'assignee_id'>[]> {
  if (ids.length === 0) return [];
  const query = db.selectFrom('conversation').select(['id', 'team_id', 'assignee_id']);
  return query.where('id', 'in', ids).execute();
}

export async function readSummaries(db: Kysely<DB>, ids: string[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<SummaryRow>`${summaryFrom} where c.id = any(${ids}::uuid[])`.execute(
    db,
  );
  return rows;
}

export type NewConversation = {
  id: string;
  customerId: string;
  channel: string;
  sourceId: string | null;
  teamId: string;
  queueId: string;
  subject: string;
  contactId: string;
  page: object;
};

export async function insertConversation(db: Kysely<DB>, given: NewConversation): Promise<void> {
  await db
    .insertInto('conversation')
    .values({
      id: given.id,
      customer_id: given.customerId,
      channel: given.channel,
      source_id: given.sourceId,
      team_id: given.teamId,
      queue_id: given.queueId,
      subject: given.subject,
      contact_id: given.contactId,
      page: JSON.stringify(given.page),
    })
    .execute();
}

export type ConversationChanges = Partial<{
  team_id: string;
  queue_id: string | null;
  assignee_id: string | null;
  status: ConversationStatus;
  priority: Priority;
  subject: string;
  tags: string[];
  waiting_since: Date | null;
  snoozed_until: Date | null;
  contact_id: string | null;
  resolved_at: Date | null;
  unread: number;
  preview: string;
  page: string;
}>;

/** Writes changed columns and moves the version on; the row as it is now. */
export async function updateConversationRow(
  db: Kysely<DB>,
  id: string,
  changes: ConversationChanges,
): Promise<ConversationRow> {
  return db
    .updateTable('conversation')
    .set({ ...changes, version: sql`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Moves a read mark forward (never back); undefined when nothing changed. */
export async function moveReadMark(
  db: Kysely<DB>,
  id: string,
  { by, seq }: { by: 'customer' | 'agent'; seq: number },
): Promise<ConversationRow | undefined> {
  const column = sql.ref(by === 'agent' ? 'agent_read_seq' : 'customer_read_seq');
  const { rows } = await sql<ConversationRow>`
    update conversation set ${column} = least(${seq}::int, last_seq), version = version + 1,
      unread = case when ${by} = 'agent' and ${seq}::int >= last_seq then 0 else unread end
    where id = ${id} and ${column} < least(${seq}::int, last_seq)
    returning *
  `.execute(db);
  return rows[0];
}

/** The newest conversation with this address of a channel. */
export async function latestOfSource(
  db: Kysely<DB>,
  sourceId: string,
): Promise<ConversationRow | undefined> {
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Gives the conversations of one customer to another; how many there were. */
export async function moveToCustomer(
  db: Kysely<DB>,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update conversation set customer_id = ${to}, version = version + 1 where customer_id = ${from} returning id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** How many conversations are looked at for their tags, whoever asks: a small team's own would be years of them. */
const TAGGED = 10_000;

/** Tags of recent conversations, most used first. */
export async function tagsInUse(
  db: Kysely<DB>,
  { q, teamIds }: { q: string; teamIds: string[] | null },
): Promise<{ tag: string; uses: number }[]> {
  const { rows } = await sql<{ tag: string; uses: number }>`
    select tag, count(*)::int as uses
    from (
      select tags, team_id from conversation order by last_message_at desc, id desc limit ${TAGGED}
    ) recent, unnest(tags) as tag
    where starts_with(lower(tag), lower(${q})) and (${teamIds === null} or team_id = any(${teamIds ?? []}::uuid[]))
    group by tag order by uses desc, tag limit 50
  `.execute(db);
  return rows;
}

/** Locks conversations in one order; with `skip`, only those nobody else holds. Gives the ids locked. */
export async function lockConversations(
  db: Kysely<DB>,
  ids: string[],
  how: 'wait' | 'skip',
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where id = any(${ids}::uuid[]) order by id
    for no key update ${how === 'skip' ? sql`skip locked` : sql``}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The first tag of conversations; those without any are absent. */
export async function selectFirstTags(
  db: Kysely<DB>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; tag: string }>`
    select id, tags[1] as tag from conversation where id = any(${ids}::uuid[]) and cardinality(tags) > 0
  `.execute(db);
  return new Map(rows.map(({ id, tag }) => [id, tag]));
}
