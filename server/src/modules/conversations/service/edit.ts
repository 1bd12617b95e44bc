import type {
  bulkUpdate,
  ConversationSummary,
  InputOf,
  updateConversation as updateRoute,
} from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { setWorkPriority } from '../../routing/index.ts';
import { priorityRank } from '../domain/rules.ts';
import { conversationRead } from '../events.ts';
import { requireReply, requireSight } from '../policy.ts';
import { findConversation, moveReadMark, updateConversationRow } from '../store/conversation.ts';
import { deleteDraft, upsertDraft } from '../store/draft.ts';
import { seeMentions } from '../store/mention.ts';
import { assignConversation } from './assign.ts';
import { emitChange, lockForReply, summaryOf, whereOf } from './changes.ts';
import { resolveConversation } from './lifecycle.ts';

/** Changes subject, priority or tags. */
export async function updateConversation(
  ctx: Ctx,
  { id, changes }: { id: string; changes: InputOf<typeof updateRoute, 'body'> },
): Promise<ConversationSummary> {
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    const { tags, ...rest } = changes;
    const row = await updateConversationRow(tx.db, id, {
      ...rest,
      ...(tags && { tags: [...new Set(tags)] }),
    });
    if (row.contact_id !== null && row.priority !== before.priority) {
      await setWorkPriority(tx, { id: row.contact_id, priority: priorityRank(row.priority) });
    }
    emitChange(tx, 'edited', { row, before });
    return summaryOf(tx, id);
  });
}

async function markReadBy(
  ctx: Ctx,
  given: { id: string; by: 'customer' | 'agent'; seq: number },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await moveReadMark(tx.db, given.id, given);
    if (!row) return;
    tx.emit(conversationRead, {
      ...whereOf(row),
      by: given.by,
      agentReadSeq: row.agent_read_seq,
      customerReadSeq: row.customer_read_seq,
      unread: row.unread,
      version: row.version,
    });
  });
}

/** The person has read up to `seq`. Only the assignee's reading is the desk's; others just see their mentions off. */
export async function markRead(ctx: Ctx, { id, seq }: { id: string; seq: number }): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const row = requireSight(ctx.actor, await findConversation(ctx.db, id));
  await seeMentions(ctx.db, { conversationId: id, userId });
  if (row.assignee_id === userId) await markReadBy(ctx, { id, by: 'agent', seq });
}

/** The customer has read up to `seq`; the channel has checked whose conversation it is. */
export async function markCustomerRead(
  ctx: Ctx,
  { id, seq }: { id: string; seq: number },
): Promise<void> {
  await markReadBy(ctx, { id, by: 'customer', seq });
}

/** Keeps what a person is writing; an empty text removes it. */
export async function saveDraft(
  ctx: Ctx,
  given: { id: string; kind: 'message' | 'note'; text: string },
): Promise<void> {
  const row = requireSight(ctx.actor, await findConversation(ctx.db, given.id));
  const { userId } = requireReply(ctx.actor, row);
  const key = { conversationId: row.id, userId };
  if (given.text === '') await deleteDraft(ctx.db, key);
  else await upsertDraft(ctx.db, { ...key, kind: given.kind, text: given.text.toWellFormed() });
}

type Bulk = InputOf<typeof bulkUpdate, 'body'>;

async function applyOne(ctx: Ctx, id: string, action: Bulk['action']): Promise<void> {
  if (action.kind === 'resolve') await resolveConversation(ctx, { id });
  else if (action.kind === 'assign')
    await assignConversation(ctx, { id, assigneeId: action.assigneeId });
  else if (action.kind === 'priority')
    await updateConversation(ctx, { id, changes: { priority: action.priority } });
  else {
    const row = requireSight(ctx.actor, await findConversation(ctx.db, id));
    await updateConversation(ctx, { id, changes: { tags: [...row.tags, action.tag] } });
  }
}

/** Does one thing to many conversations, each for itself: those that cannot are named with the reason. */
export async function bulkUpdateConversations(ctx: Ctx, { ids, action }: Bulk) {
  const failed: { id: string; code: string }[] = [];
  for (const id of ids) {
    try {
      await applyOne(ctx, id, action);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.push({ id, code: error.code });
    }
  }
  return { done: ids.length - failed.length, failed };
}
