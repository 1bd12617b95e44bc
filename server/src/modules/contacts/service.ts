import type { Channel, ContactEventType } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import type { Ctx, Tx } from '../../platform/ctx.ts';
import { contactRecorded } from './events.ts';
import * as store from './store.ts';
import type { EventInput, EventRow, HistoryRow } from './store.ts';

/** One step of a contact's life. Times without `at` are the database's now; the channel is the contact's. */
export type NewContactEvent = {
  contactId: string;
  type: ContactEventType;
  at?: Date;
  queueId?: string | null;
  teamId?: string | null;
  agentId?: string | null;
  /** Done by the bot: never counted as an agent's time. */
  byBot?: boolean;
  /** Figures of the step in milliseconds (`waitMs`, `ringMs`, `handleMs`), `rings`, and what led to it. */
  data?: Record<string, unknown>;
};

export type NewContact = {
  id?: string;
  channel: Channel;
  customerId?: string | null;
  /** What the contact is about, for example the conversation. */
  subjectId?: string | null;
  queueId?: string | null;
  teamId?: string | null;
  at?: Date;
  byBot?: boolean;
  data?: Record<string, unknown>;
};

const filled = (event: NewContactEvent): EventInput => ({
  id: newId(),
  contactId: event.contactId,
  type: event.type,
  at: event.at ?? null,
  queueId: event.queueId ?? null,
  teamId: event.teamId ?? null,
  agentId: event.agentId ?? null,
  byBot: event.byBot ?? false,
  data: event.data ?? {},
});

/** What each transaction under way will say; the list grows after it was handed over. */
const noted = new WeakMap<Tx['db'], { contactIds: string[] }>();

/** Has the transaction say which contacts have new events: one line for all of them, as this is near the hot path. */
function noteRecorded(tx: Tx, contactIds: string[]): void {
  let said = noted.get(tx.db);
  if (!said) {
    said = { contactIds: [] };
    noted.set(tx.db, said);
    tx.emit(contactRecorded, said);
  }
  for (const id of contactIds) if (!said.contactIds.includes(id)) said.contactIds.push(id);
}

/** Opens a contact and records that it `arrived`; gives its id, under which work on it is queued too. */
export async function openContact(tx: Tx, contact: NewContact): Promise<string> {
  const {
    id = newId(),
    channel,
    customerId = null,
    subjectId = null,
    at: openedAt = null,
  } = contact;
  const arrived = filled({ ...contact, contactId: id, type: 'arrived' });
  await store.insertContact(tx, { id, channel, customerId, subjectId, openedAt }, arrived);
  noteRecorded(tx, [id]);
  return id;
}

/** Types after which a contact is over, `solved` being the better end. */
const ENDINGS = new Set<ContactEventType>(['ended', 'abandoned', 'blocked', 'solved']);

/**
 * Appends events in the order given, by one statement, and closes the contacts they end. Throws when a contact is
 * unknown, as an event without its contact would be lost to every report.
 */
export async function recordContactEvents(tx: Tx, events: NewContactEvent[]): Promise<void> {
  if (events.length === 0) return;
  const inserted = await store.insertEvents(tx, events.map(filled));
  if (inserted !== events.length) {
    const ids = [...new Set(events.map(({ contactId }) => contactId))].join(', ');
    throw new Error(`events of an unknown contact among ${ids}`);
  }
  noteRecorded(
    tx,
    events.map(({ contactId }) => contactId),
  );
  const outcomes = new Map<string, string>();
  for (const { contactId, type } of events) if (ENDINGS.has(type)) outcomes.set(contactId, type);
  const ended = [...outcomes].map(([contactId, outcome]) => ({ contactId, outcome }));
  if (ended.length > 0) await store.endContacts(tx, ended);
}

/** The row of an event from the history: its id is the contact's with the place of the event in its last digits. */
function historyRows({ contactId, channel, arrivedAt, events }: HistoryRow): EventRow[] {
  return events.map(([type, afterMs, queue, agent, data], index) => ({
    id: `${contactId.slice(0, -4)}${index.toString(16).padStart(4, '0').slice(-4)}`,
    contact_id: contactId,
    type,
    at: new Date(arrivedAt + afterMs),
    channel,
    queue_id: null,
    team_id: null,
    agent_id: null,
    by_bot: false,
    data: { ...data, queueMember: queue, agentMember: agent },
  }));
}

/**
 * The events of some contacts, oldest first (5,000 at most), those of imported logs too. The caller has checked who
 * may see them.
 */
export async function listContactEvents(ctx: Ctx, contactIds: string[]): Promise<EventRow[]> {
  if (contactIds.length === 0) return [];
  const own = await store.selectEvents(ctx, contactIds);
  const told = new Set(own.map(({ contact_id }) => contact_id));
  const others = contactIds.filter((id) => !told.has(id));
  if (others.length === 0) return own;
  const history = (await store.selectHistory(ctx, others)).flatMap(historyRows);
  return [...own, ...history].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** One event of a contact as the counting reads it. */
export type RecordedEvent = {
  type: ContactEventType;
  at: Date;
  queueId: string | null;
  agentId: string | null;
  byBot: boolean;
  data: Record<string, unknown>;
};
/** A contact with its whole event line, oldest event first. */
export type RecordedContact = {
  id: string;
  channel: Channel;
  customerId: string | null;
  subjectId: string | null;
  openedAt: Date;
  events: RecordedEvent[];
};

/** Contacts by id with all their events; unknown ids are absent. For the product's own reading. */
export async function recordedContacts(ctx: Ctx, ids: string[]): Promise<RecordedContact[]> {
  if (ids.length === 0) return [];
  const lines = new Map<string, RecordedEvent[]>();
  for (const row of await store.selectAllEvents(ctx, ids)) {
    const line = lines.get(row.contact_id) ?? [];
    lines.set(row.contact_id, line);
    const { type, at, queue_id: queueId, agent_id: agentId, by_bot: byBot, data } = row;
    line.push({ type, at, queueId, agentId, byBot, data });
  }
  return (await store.selectContacts(ctx, ids)).map((row) => ({
    id: row.id,
    channel: row.channel,
    customerId: row.customer_id,
    subjectId: row.subject_id,
    openedAt: row.opened_at,
    events: lines.get(row.id) ?? [],
  }));
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PIECE = 500;

/** The ids of all contacts, in their order, piece by piece. */
export async function* scanContacts(ctx: Ctx, limit = PIECE): AsyncGenerator<string[]> {
  let after = FIRST_ID;
  for (;;) {
    const ids = await store.scanContactIds(ctx, after, limit);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

/** The ids of all contacts of some customers or about some things, piece by piece. */
export async function* contactsOf(
  ctx: Ctx,
  of: { customerIds?: string[]; subjectIds?: string[] },
): AsyncGenerator<string[]> {
  const { customerIds = [], subjectIds = [] } = of;
  if (customerIds.length + subjectIds.length === 0) return;
  let after = FIRST_ID;
  for (;;) {
    const which = { customerIds, subjectIds };
    const ids = await store.selectContactIdsOf(ctx, which, { after, limit: PIECE });
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}
