import { listener } from '../../platform/events/index.ts';
import type { Tx } from '../../platform/ctx.ts';
import { contactRecorded, contactsOf } from '../contacts/index.ts';
import { conversationChanged } from '../conversations/index.ts';
import { customerChanged, customerMerged } from '../customers/index.ts';
import { organisationChanged, personChanged } from '../identity/index.ts';
import { everyQueue, presenceChanged, queueChanged } from '../routing/index.ts';
import { recountJob } from './jobs.ts';
import { countHappened } from './service/count.ts';
import { startRebuild } from './service/rebuild.ts';
import { renameMember } from './store/members.ts';

/** What of a conversation makes its contacts count otherwise: its first tag, its customer. */
const telling = new Set(['edited', 'merged']);

type Heard = { type: string; payload: unknown };

/** Payloads of one kind among the events of several. */
function payloadsOf<P>(events: Heard[], { type }: { type: string; schema: { _output: P } }): P[] {
  return events.filter((event) => event.type === type).map(({ payload }) => payload as P);
}

async function contactsTouched(tx: Tx, events: Heard[]): Promise<string[]> {
  const ids = payloadsOf(events, contactRecorded).flatMap(({ contactIds }) => contactIds);
  const subjectIds = payloadsOf(events, conversationChanged)
    .filter(({ change }) => telling.has(change))
    .map(({ conversationId }) => conversationId);
  const customerIds = [
    ...payloadsOf(events, customerChanged).map(({ customerId }) => customerId),
    ...payloadsOf(events, customerMerged).flatMap(({ into, other }) => [into, other]),
  ];
  for await (const more of contactsOf(tx, { subjectIds, customerIds })) ids.push(...more);
  return ids;
}

/** One listener for all that is counted, so that one count is over before the next one begins. */
const count = listener<unknown>(
  'kpi.count',
  [contactRecorded, presenceChanged, conversationChanged, customerChanged, customerMerged],
  async (tx, events) => {
    const contactIds = await contactsTouched(tx, events);
    const userIds = payloadsOf(events, presenceChanged).map(({ userId }) => userId);
    if (contactIds.length + userIds.length > 0) await countHappened(tx, { contactIds, userIds });
  },
);

const rename = listener<unknown>('kpi.names', [personChanged, queueChanged], async (tx, events) => {
  for (const { id, name } of payloadsOf(events, personChanged)) {
    await renameMember(tx.db, { kind: 'agent', ref: id, name });
  }
  const changed = new Set(payloadsOf(events, queueChanged).map(({ queueId }) => queueId));
  if (changed.size === 0) return;
  for (const { id, name } of await everyQueue(tx)) {
    if (changed.has(id)) await renameMember(tx.db, { kind: 'queue', ref: id, name });
  }
});

/** Half hours and days begin at other instants in another zone: everything is counted anew. */
const followZone = listener('kpi.zone', [organisationChanged], async (tx, events) => {
  const isOther = events.some(({ payload }) => payload.timeZone !== payload.previousTimeZone);
  if (isOther) await startRebuild(tx, recountJob);
});

export const listeners = [count, rename, followZone];
