import { z } from 'zod';
import type { Channel, ConversationSummary } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { cancelTimer, setTimer, timerKind } from '../../clocks/index.ts';
import { openContact, recordContactEvents } from '../../contacts/index.ts';
import { assignWork, endWork, enqueueWork } from '../../routing/index.ts';
import { priorityRank } from '../domain/rules.ts';
import { requireReply } from '../policy.ts';
import { findConversation, updateConversationRow } from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';
import { emitChange, lockForReply, summaryOf } from './changes.ts';
import { tellInline } from './messages.ts';

const wakeTimer = timerKind(
  'conversation.wake',
  z.object({ conversationId: z.string() }),
  async (tx, { conversationId }) => {
    const row = await findConversation(tx.db, conversationId, { lock: true });
    // The customer may have written, or somebody set another time, in the meantime.
    if (row?.status === 'snoozed') await wake(tx, row);
  },
);

async function wake(tx: Tx, before: ConversationRow): Promise<void> {
  const row = await updateConversationRow(tx.db, before.id, {
    status: 'open',
    snoozed_until: null,
    waiting_since: before.waiting_since ?? new Date(),
  });
  await tellInline(tx, row.id, { event: 'woken' });
  emitChange(tx, 'woken', { row, before });
}

async function stopWaking(tx: Tx, id: string): Promise<void> {
  await cancelTimer(tx, 'conversation.wake', id);
}

/** Puts a conversation aside until an instant, or until the customer writes. Problem: `conversation.snooze_in_past`. */
export async function snoozeConversation(
  ctx: Ctx,
  { id, until }: { id: string; until: Date | null },
): Promise<ConversationSummary> {
  if (until && until.getTime() <= Date.now()) throw new Problem('conversation.snooze_in_past');
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    if (before.status === 'resolved') throw new Problem('conversation.already_resolved');
    const row = await updateConversationRow(tx.db, id, { status: 'snoozed', snoozed_until: until });
    if (until)
      await setTimer(tx, wakeTimer, { key: id, dueAt: until, payload: { conversationId: id } });
    else await stopWaking(tx, id);
    await tellInline(tx, id, { event: 'snoozed', data: { until: until?.toISOString() ?? null } });
    emitChange(tx, 'snoozed', { row, before });
    return summaryOf(tx, id);
  });
}

/** The matter is solved: the contact ends and its agent has room again. Problem: `conversation.already_resolved`. */
export async function resolveConversation(
  ctx: Ctx,
  { id }: { id: string },
): Promise<ConversationSummary> {
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    if (before.status === 'resolved') throw new Problem('conversation.already_resolved');
    await stopWaking(tx, id);
    if (before.contact_id) await endWork(tx, { id: before.contact_id, outcome: 'solved' });
    const row = await updateConversationRow(tx.db, id, {
      status: 'resolved',
      resolved_at: new Date(),
      // How long the customer has waited stays, in case this is undone.
      snoozed_until: null,
      unread: 0,
    });
    await tellInline(tx, id, { event: 'resolved' });
    emitChange(tx, 'resolved', { row, before });
    return summaryOf(tx, id);
  });
}

/** A new contact of a closed conversation, in the hands of the agent who reopens it. */
async function takeUpAgain(
  tx: Tx,
  before: ConversationRow,
  userId: string,
): Promise<ConversationRow> {
  const contactId = newId();
  const channel = before.channel as Channel;
  if (!before.queue_id) throw new Problem('queue.not_found');
  await openContact(tx, {
    id: contactId,
    channel,
    customerId: before.customer_id,
    subjectId: before.id,
  });
  await recordContactEvents(tx, [
    {
      contactId,
      type: 'reopened',
      agentId: userId,
      data: { previousContactId: before.contact_id },
    },
  ]);
  await updateConversationRow(tx.db, before.id, {
    status: 'open',
    resolved_at: null,
    assignee_id: null,
    contact_id: contactId,
  });
  await enqueueWork(tx, {
    id: contactId,
    kind: 'conversation',
    subjectId: before.id,
    queueId: before.queue_id,
    channel,
    priority: priorityRank(before.priority),
    targetAgentId: userId,
  });
  await assignWork(tx, { id: contactId, agentId: userId, force: true });
  return updateConversationRow(tx.db, before.id, {});
}

/** Opens a resolved, snoozed or waiting conversation again. Problem: `conversation.not_resolved` when it is open. */
export async function reopenConversation(
  ctx: Ctx,
  { id }: { id: string },
): Promise<ConversationSummary> {
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    const user = requireReply(tx.actor, before);
    if (before.status === 'open') throw new Problem('conversation.not_resolved');
    await stopWaking(tx, id);
    const row =
      before.status === 'resolved'
        ? await takeUpAgain(tx, before, user.userId)
        : await updateConversationRow(tx.db, id, { status: 'open', snoozed_until: null });
    await tellInline(tx, id, { event: before.status === 'resolved' ? 'reopened' : 'woken' });
    emitChange(tx, 'reopened', { row, before });
    return summaryOf(tx, id);
  });
}

/** It is the customer's turn: out of the way until they write. Problem: `conversation.already_resolved`. */
export async function waitForCustomer(
  ctx: Ctx,
  { id }: { id: string },
): Promise<ConversationSummary> {
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    if (before.status === 'resolved') throw new Problem('conversation.already_resolved');
    await stopWaking(tx, id);
    const row = await updateConversationRow(tx.db, id, {
      status: 'waiting',
      waiting_since: null,
      snoozed_until: null,
    });
    emitChange(tx, 'waiting', { row, before });
    return summaryOf(tx, id);
  });
}

/** The customer ends the conversation or leaves the queue: waiting then counts as abandoned. */
export async function endByCustomer(ctx: Ctx, { id }: { id: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const before = await findConversation(tx.db, id, { lock: true });
    if (!before || before.status === 'resolved') return;
    await stopWaking(tx, id);
    await tellInline(tx, id, { event: 'customer_left' });
    if (before.assignee_id !== null) {
      emitChange(tx, 'edited', { row: await updateConversationRow(tx.db, id, {}), before });
      return;
    }
    if (before.contact_id) await endWork(tx, { id: before.contact_id, outcome: 'abandoned' });
    const row = await updateConversationRow(tx.db, id, {
      status: 'resolved',
      resolved_at: new Date(),
      waiting_since: null,
      snoozed_until: null,
      unread: 0,
    });
    emitChange(tx, 'resolved', { row, before });
  });
}
