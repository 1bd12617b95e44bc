import type { MemberKind } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import {
  countedContactId,
  customerNumber,
  giveContacts,
  knownContacts,
  loadPresence,
  memberIds,
} from '../../kpi/index.ts';
import type { LoadedContact } from '../../kpi/index.ts';
import type { ForeignContact, ForeignPresence } from '../domain/model.ts';
import { seenTexts } from '../domain/seen.ts';
import { hasOtherSources } from '../store/followed.ts';

type Numbers = (name: string) => number;
const MAX_NAMES = 200_000;

/** Numbers of the names a log has for its queues, agents, topics and types; asked once for each. */
export function namedMembers(ctx: Ctx) {
  const known: Record<MemberKind, Map<string, number>> = {
    queue: new Map(),
    agent: new Map(),
    topic: new Map(),
    type: new Map(),
  };
  const learn = async (kind: MemberKind, names: Set<string>): Promise<Numbers> => {
    const map = known[kind];
    const unknown = [...names].filter((name) => name !== '' && !map.has(name));
    if (map.size > MAX_NAMES) map.clear();
    if (unknown.length > 0) {
      for (const [name, id] of await memberIds(ctx, kind, unknown)) map.set(name, id);
    }
    return (name) => (name === '' ? 0 : (map.get(name) ?? 0));
  };
  return {
    learn,
    /** The contacts as the counting takes them. */
    async translate(log: string, contacts: ForeignContact[]): Promise<LoadedContact[]> {
      const names = {
        queue: new Set<string>(),
        agent: new Set<string>(),
        topic: new Set<string>(),
        type: new Set<string>(),
      };
      for (const { topic, type, events } of contacts) {
        names.topic.add(topic);
        names.type.add(type);
        for (const { queue, agent } of events) {
          names.queue.add(queue);
          names.agent.add(agent);
        }
      }
      const queueOf = await learn('queue', names.queue);
      const agentOf = await learn('agent', names.agent);
      const topicOf = await learn('topic', names.topic);
      const typeOf = await learn('type', names.type);
      return contacts.map(
        ({ key, idAt, arrivedAt, channel, topic, type, tier, customer, events }) => ({
          contactId: countedContactId(log, key, idAt ?? arrivedAt),
          attributes: {
            channel,
            topic: topicOf(topic),
            type: typeOf(type),
            tier,
            customer: customerNumber(customer),
          },
          events: events.map((event) => ({
            ...event,
            queue: queueOf(event.queue),
            agent: agentOf(event.agent),
          })),
        }),
      );
    },
  };
}

/** Puts contacts of one log into one batch, each of them once. */
export async function batchLoader(ctx: Ctx, { log, batchId }: { log: string; batchId: number }) {
  const mayBeKnown = await hasOtherSources(ctx, log, batchId);
  const members = namedMembers(ctx);
  const seen = seenTexts();
  let stored: Promise<void> = Promise.resolve();
  return {
    /**
     * Which of them are new, by their place; they are being stored when this is told. One call after the other.
     */
    async give(contacts: ForeignContact[]): Promise<{ isNew: boolean[]; stored: Promise<void> }> {
      const loaded = await members.translate(log, contacts);
      const here = new Set<string>();
      const suspects: string[] = [];
      for (const { contactId } of loaded) {
        if (seen.perhaps(contactId) && !here.has(contactId)) suspects.push(contactId);
        here.add(contactId);
      }
      const known = mayBeKnown ? await knownContacts(ctx, [...here]) : new Set<string>();
      if (suspects.length > 0) {
        // They may be among those being stored.
        await stored;
        for (const id of await knownContacts(ctx, suspects, batchId)) known.add(id);
      }
      const isNew = loaded.map(({ contactId }) => {
        if (known.has(contactId)) return false;
        known.add(contactId);
        return true;
      });
      const given = await giveContacts(
        ctx,
        batchId,
        loaded.filter((_, index) => isNew[index]),
      );
      // Reported where it is awaited; without a handler meanwhile the process would end.
      given.stored.catch(() => {});
      stored = given.stored;
      return { isNew, stored };
    },
    async loadPresence(spans: ForeignPresence[]): Promise<void> {
      const agentOf = await members.learn('agent', new Set(spans.map(({ agent }) => agent)));
      await loadPresence(
        ctx,
        batchId,
        spans.map(({ agent, ...span }) => ({ ...span, agent: agentOf(agent) })),
      );
    },
  };
}
