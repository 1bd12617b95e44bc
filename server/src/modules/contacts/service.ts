import type { Channel, ContactEventType } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import type { Ctx, Tx } from '../../platform/ctx.ts';
import * as store from './store.ts';
import type { EventInput, EventRow } from './store.ts';

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
  const outcomes = new Map<string, string>();
  for (const { contactId, type } of events) if (ENDINGS.has(type)) outcomes.set(contactId, type);
  const ended = [...outcomes].map(([contactId, outcome]) => ({ contactId, outcome }));
  if (ended.length > 0) await store.endContacts(tx, ended);
}

/** The events of some contacts, oldest first (5,000 at most). The caller has checked who may see them. */
export function listContactEvents(ctx: Ctx, contactIds: string[]): Promise<EventRow[]> {
  return contactIds.length === 0 ? Promise.resolve([]) : store.selectEvents(ctx, contactIds);
}
