import type { Channel, MessageView, PartInput } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { openContact, recordContactEvents } from '../../contacts/index.ts';
import { enqueueWork, queueOf } from '../../routing/index.ts';
import { conversationChanged } from '../events.ts';
import { presentMessage } from '../present.ts';
import {
  insertConversation,
  latestOfSource,
  updateConversationRow,
} from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';
import { lockSource } from '../store/locks.ts';
import { findByKey } from '../store/message.ts';
import { priorityRank, reopensWithinMs } from '../domain/rules.ts';
import { append, appendIn } from './append.ts';
import { whereOf } from './changes.ts';
import { presentSource } from './source.ts';
import type { SourceConversation } from './source.ts';
import { newMessage, partsFrom, tellInline, viewOf } from './messages.ts';

/** A message of a customer on a channel. */
export type CustomerMessage = {
  channel: Channel;
  /** The channel's own address of the customer: one conversation at a time goes on there. */
  sourceId: string;
  customerId: string;
  customerName: string;
  queueId: string;
  clientKey: string;
  parts: PartInput[];
  subject?: string;
  page?: { url: string; title: string; userAgent: string | null };
  /** Asked only before a conversation begins or begins again: throws when none may now. */
  requireOpen?: () => Promise<void>;
};
export type CustomerMessageResult = {
  message: MessageView;
  conversationId: string;
  started: boolean;
  /** The conversation as it is after the message. */
  conversation: SourceConversation;
};

function messageOf(
  given: CustomerMessage,
  conversationId: string,
  parts: Awaited<ReturnType<typeof partsFrom>>,
) {
  return newMessage({
    conversationId,
    kind: 'message',
    authorKind: 'customer',
    authorId: given.customerId,
    authorName: given.customerName,
    parts,
    clientKey: given.clientKey,
  });
}

/** Opens a contact and puts it into the queue. */
async function arrive(
  tx: Tx,
  row: Pick<ConversationRow, 'id' | 'channel' | 'customer_id' | 'priority'>,
  queueId: string,
) {
  const contactId = newId();
  const channel = row.channel as Channel;
  await openContact(tx, { id: contactId, channel, customerId: row.customer_id, subjectId: row.id });
  return {
    contactId,
    enqueue: () =>
      enqueueWork(tx, {
        id: contactId,
        kind: 'conversation',
        subjectId: row.id,
        queueId,
        channel,
        priority: priorityRank(row.priority),
      }),
  };
}

async function startNew(tx: Tx, given: CustomerMessage): Promise<string> {
  const queue = await queueOf(tx, given.queueId);
  const id = newId();
  const born = { id, channel: given.channel, customer_id: given.customerId, priority: 'normal' };
  const { contactId, enqueue } = await arrive(tx, born, queue.id);
  await insertConversation(tx.db, {
    id,
    customerId: given.customerId,
    channel: given.channel,
    sourceId: given.sourceId,
    teamId: queue.teamId,
    queueId: queue.id,
    subject: given.subject ?? '',
    contactId,
    page: given.page ?? {},
  });
  await enqueue();
  return id;
}

/** The customer writes again after the matter was closed: a new contact of the same conversation, back in the queue. */
async function reopenByCustomer(tx: Tx, row: ConversationRow, queueId: string): Promise<void> {
  const queue = await queueOf(tx, row.queue_id ?? queueId);
  const { contactId, enqueue } = await arrive(tx, row, queue.id);
  await recordContactEvents(tx, [
    { contactId, type: 'reopened', data: { previousContactId: row.contact_id } },
  ]);
  await updateConversationRow(tx.db, row.id, {
    status: 'open',
    resolved_at: null,
    waiting_since: null,
    assignee_id: null,
    contact_id: contactId,
    team_id: queue.teamId,
    queue_id: queue.id,
  });
  await enqueue();
  await tellInline(tx, row.id, { event: 'reopened' });
}

/** The conversation this message belongs to: the one that is open, the one closed lately, or a new one. */
async function placeFor(
  tx: Tx,
  given: CustomerMessage,
  latest: ConversationRow | undefined,
): Promise<{ id: string; started: boolean }> {
  const closedAt = latest?.status === 'resolved' ? latest.resolved_at : null;
  const isOld = closedAt !== null && Date.now() - closedAt.getTime() > reopensWithinMs;
  if (!latest || isOld) return { id: await startNew(tx, given), started: true };
  if (closedAt) await reopenByCustomer(tx, latest, given.queueId);
  return { id: latest.id, started: false };
}

async function startOrReopen(ctx: Ctx, given: CustomerMessage): Promise<CustomerMessageResult> {
  await given.requireOpen?.();
  const parts = await partsFrom(ctx, given.parts);
  return transact(ctx, async (tx) => {
    // Two tabs may write first at the same moment: one conversation.
    await lockSource(tx.db, given.sourceId);
    const latest = await latestOfSource(tx.db, given.sourceId);
    const earlier = latest && (await findByKey(tx.db, latest.id, given.clientKey));
    if (latest && earlier)
      return {
        message: presentMessage(earlier),
        conversationId: latest.id,
        started: false,
        conversation: presentSource(latest),
      };

    const { id, started } = await placeFor(tx, given, latest);
    const message = messageOf(given, id, parts);
    const result = await appendIn(tx, message);
    const row = await latestOfSource(tx.db, given.sourceId);
    if (!row || result.outcome !== 'stored') throw new Problem('server.unexpected');
    tx.emit(conversationChanged, {
      ...whereOf(row),
      change: started ? 'started' : 'reopened',
      previousAssigneeId: null,
      previousTeamId: null,
    });
    return {
      message: await viewOf(tx, message, result),
      conversationId: id,
      started,
      conversation: presentSource(row),
    };
  });
}

/**
 * A customer writes: into the conversation that is open at this address, or the one closed lately, which reopens, or a
 * new one. The same clientKey again stores nothing and returns the stored message.
 */
export async function postCustomerMessage(
  ctx: Ctx,
  given: CustomerMessage,
): Promise<CustomerMessageResult> {
  const latest = await latestOfSource(ctx.db, given.sourceId);
  if (!latest || latest.status === 'resolved') return startOrReopen(ctx, given);
  const message = messageOf(given, latest.id, await partsFrom(ctx, given.parts));
  const result = await append(ctx.services, message);
  if (result.outcome === 'closed') return startOrReopen(ctx, given);
  const view = await viewOf(ctx, message, result);
  // What the message changed is known without asking again; of the rest, the row read before is young enough.
  const own =
    result.outcome === 'stored' ? { last_seq: view.seq, customer_read_seq: view.seq } : {};
  return {
    message: view,
    conversationId: latest.id,
    started: false,
    conversation: presentSource({ ...latest, ...own }),
  };
}
