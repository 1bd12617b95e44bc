import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { recordedContacts } from '../../contacts/index.ts';
import type { RecordedContact } from '../../contacts/index.ts';
import { topicsOf } from '../../conversations/index.ts';
import { customerBriefs } from '../../customers/index.ts';
import { customerNumber } from './contact-id.ts';
import type { LogEvent } from '../domain/fact.ts';
import { factOf } from '../domain/facts.ts';
import { keptFact } from '../domain/stored-fact.ts';
import { agentMembers, memberIds, queueMembers } from './members.ts';
import { replaceFacts } from './recount.ts';
import type { Counted, Touched } from './recount.ts';
import type { Counting } from './zone.ts';

const present = <T>(values: (T | null)[]): T[] =>
  values.flatMap((value) => (value === null ? [] : [value]));

/** The numbers and attributes that the events of some contacts need. */
async function dimensionsOf(ctx: Ctx, contacts: RecordedContact[]) {
  const events = contacts.flatMap((contact) => contact.events);
  const subjects = present(contacts.map(({ subjectId }) => subjectId));
  const tags = await topicsOf(ctx, subjects);
  return {
    queues: await queueMembers(ctx, present(events.map(({ queueId }) => queueId))),
    agents: await agentMembers(ctx, present(events.map(({ agentId }) => agentId))),
    tags,
    topics: await memberIds(ctx, 'topic', [...tags.values()]),
    customers: await customerBriefs(ctx, present(contacts.map(({ customerId }) => customerId))),
  };
}
type Dimensions = Awaited<ReturnType<typeof dimensionsOf>>;

function countedOf(contact: RecordedContact, dimensions: Dimensions): Counted {
  const { id, channel, customerId, subjectId } = contact;
  const { queues, agents, tags, topics, customers } = dimensions;
  const events = contact.events.map(({ type, at, queueId, agentId, byBot, data }): LogEvent => ({
    type,
    at: at.getTime(),
    queue: (queueId && queues.get(queueId)) || 0,
    agent: (agentId && agents.get(agentId)) || 0,
    byBot,
    data,
  }));
  const customer = customerId === null ? undefined : customers.get(customerId);
  const tag = subjectId === null ? undefined : tags.get(subjectId);
  const fact = factOf(events, {
    channel,
    topic: topics.get(tag ?? '') ?? 0,
    type: 0,
    tier: customer?.tier ?? '',
    // Who was merged into another is that one now.
    customer: customerNumber(customer?.id ?? customerId ?? ''),
  });
  return { contactId: id, fact: keptFact(fact) };
}

/** What contacts of our own count for now, from all their events; unknown ids are left out. */
export async function countOwn(ctx: Ctx, contactIds: string[]): Promise<Counted[]> {
  const contacts = (await recordedContacts(ctx, contactIds)).filter(
    ({ events }) => events.length > 0,
  );
  const dimensions = await dimensionsOf(ctx, contacts);
  return contacts.map((contact) => countedOf(contact, dimensions));
}

/** Counts contacts of our own anew in a batch whose row the caller has locked. */
export async function recountOwn(
  tx: Tx,
  counting: Counting,
  contactIds: string[],
): Promise<Touched> {
  return replaceFacts(tx, counting, await countOwn(tx, [...new Set(contactIds)]));
}
